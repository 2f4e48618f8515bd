// SPDX-License-Identifier: Apache-2.0
// Queues and topics: names as OpenTelemetry's semantic conventions 1.44 have them.
#pragma once
#include "mizzen/telemetry/semconv/convention.hpp"
#include "mizzen/telemetry/semconv/error.hpp"
#include "mizzen/telemetry/semconv/network.hpp"

namespace mizzen::telemetry::semconv {

namespace messaging {

inline constexpr std::string_view batch_message_count = "messaging.batch.message_count";
inline constexpr std::string_view client_id = "messaging.client.id";
inline constexpr std::string_view consumer_group_name = "messaging.consumer.group.name";
inline constexpr std::string_view destination_anonymous = "messaging.destination.anonymous";
inline constexpr std::string_view destination_name = "messaging.destination.name";
inline constexpr std::string_view destination_partition_id = "messaging.destination.partition.id";
inline constexpr std::string_view destination_subscription_name = "messaging.destination.subscription.name";
inline constexpr std::string_view destination_template = "messaging.destination.template";
inline constexpr std::string_view destination_temporary = "messaging.destination.temporary";
inline constexpr std::string_view eventhubs_message_enqueued_time = "messaging.eventhubs.message.enqueued_time";
inline constexpr std::string_view gcp_pubsub_message_ack_deadline = "messaging.gcp_pubsub.message.ack_deadline";
inline constexpr std::string_view gcp_pubsub_message_ack_id = "messaging.gcp_pubsub.message.ack_id";
inline constexpr std::string_view gcp_pubsub_message_delivery_attempt = "messaging.gcp_pubsub.message.delivery_attempt";
inline constexpr std::string_view gcp_pubsub_message_ordering_key = "messaging.gcp_pubsub.message.ordering_key";
inline constexpr std::string_view kafka_cluster_id = "messaging.kafka.cluster.id";
inline constexpr std::string_view kafka_message_key = "messaging.kafka.message.key";
inline constexpr std::string_view kafka_message_tombstone = "messaging.kafka.message.tombstone";
inline constexpr std::string_view kafka_offset = "messaging.kafka.offset";
inline constexpr std::string_view message_body_size = "messaging.message.body.size";
inline constexpr std::string_view message_conversation_id = "messaging.message.conversation_id";
inline constexpr std::string_view message_envelope_size = "messaging.message.envelope.size";
inline constexpr std::string_view message_id = "messaging.message.id";
inline constexpr std::string_view operation_name = "messaging.operation.name";
inline constexpr std::string_view operation_type = "messaging.operation.type";
inline constexpr std::string_view rabbitmq_destination_routing_key = "messaging.rabbitmq.destination.routing_key";
inline constexpr std::string_view rabbitmq_message_delivery_tag = "messaging.rabbitmq.message.delivery_tag";
inline constexpr std::string_view rocketmq_consumption_model = "messaging.rocketmq.consumption_model";
inline constexpr std::string_view rocketmq_message_delay_time_level = "messaging.rocketmq.message.delay_time_level";
inline constexpr std::string_view rocketmq_message_delivery_timestamp = "messaging.rocketmq.message.delivery_timestamp";
inline constexpr std::string_view rocketmq_message_group = "messaging.rocketmq.message.group";
inline constexpr std::string_view rocketmq_message_keys = "messaging.rocketmq.message.keys";
inline constexpr std::string_view rocketmq_message_tag = "messaging.rocketmq.message.tag";
inline constexpr std::string_view rocketmq_message_type = "messaging.rocketmq.message.type";
inline constexpr std::string_view rocketmq_namespace = "messaging.rocketmq.namespace";
inline constexpr std::string_view servicebus_disposition_status = "messaging.servicebus.disposition_status";
inline constexpr std::string_view servicebus_message_delivery_count = "messaging.servicebus.message.delivery_count";
inline constexpr std::string_view servicebus_message_enqueued_time = "messaging.servicebus.message.enqueued_time";
inline constexpr std::string_view system = "messaging.system";

inline constexpr Attribute attributes[] = {
    {batch_message_count, Type::integer, Stability::development, "Messages in the batch."},
    {client_id, Type::text, Stability::development, "Names the client at the broker."},
    {consumer_group_name, Type::text, Stability::development, "The group that shares the messages."},
    {destination_anonymous, Type::boolean, Stability::development,
     "Whether the destination has no name, or a made one."},
    {destination_name, Type::text, Stability::development, "The queue or topic."},
    {destination_partition_id, Type::text, Stability::development, "The partition of the destination."},
    {destination_subscription_name, Type::text, Stability::development, "The subscription that is read from."},
    {destination_template, Type::text, Stability::development,
     "The pattern of the destination's name: /customers/{id}."},
    {destination_temporary, Type::boolean, Stability::development, "Whether the destination goes when its user goes."},
    {eventhubs_message_enqueued_time, Type::integer, Stability::development,
     "When the hub took the message, in seconds since 1970."},
    {gcp_pubsub_message_ack_deadline, Type::integer, Stability::development,
     "The deadline to acknowledge, in seconds."},
    {gcp_pubsub_message_ack_id, Type::text, Stability::development, "What the acknowledgement names."},
    {gcp_pubsub_message_delivery_attempt, Type::integer, Stability::development,
     "How often the message was delivered."},
    {gcp_pubsub_message_ordering_key, Type::text, Stability::development, "Messages of one key keep their order."},
    {kafka_cluster_id, Type::text, Stability::development, "The cluster, as its brokers call it."},
    {kafka_message_key, Type::text, Stability::development, "The key of the record."},
    {kafka_message_tombstone, Type::boolean, Stability::development, "Whether the record deletes its key."},
    {kafka_offset, Type::integer, Stability::development, "Position of the record in its partition."},
    {message_body_size, Type::integer, Stability::development, "Bytes of the message's body."},
    {message_conversation_id, Type::text, Stability::development,
     "Names the conversation that the message is part of."},
    {message_envelope_size, Type::integer, Stability::development, "Bytes of the message with its metadata."},
    {message_id, Type::text, Stability::development, "The system's id of the message."},
    {operation_name, Type::text, Stability::development, "What the system calls the operation: ack, nack, send."},
    {operation_type, Type::text, Stability::development, "create, send, receive, process or settle."},
    {rabbitmq_destination_routing_key, Type::text, Stability::development, "The routing key."},
    {rabbitmq_message_delivery_tag, Type::integer, Stability::development, "The delivery tag."},
    {rocketmq_consumption_model, Type::text, Stability::development, "clustering or broadcasting."},
    {rocketmq_message_delay_time_level, Type::integer, Stability::development,
     "How long a delayed message waits, as a level."},
    {rocketmq_message_delivery_timestamp, Type::integer, Stability::development,
     "When a delayed message is due, in milliseconds since 1970."},
    {rocketmq_message_group, Type::text, Stability::development, "Messages of one group come in order."},
    {rocketmq_message_keys, Type::texts, Stability::development, "Keys by which the message can be found."},
    {rocketmq_message_tag, Type::text, Stability::development, "What divides the messages of a topic."},
    {rocketmq_message_type, Type::text, Stability::development, "normal, fifo, delay or transaction."},
    {rocketmq_namespace, Type::text, Stability::development, "The namespace of topics and groups."},
    {servicebus_disposition_status, Type::text, Stability::development, "complete, abandon, dead_letter or defer."},
    {servicebus_message_delivery_count, Type::integer, Stability::development, "How often the message was delivered."},
    {servicebus_message_enqueued_time, Type::integer, Stability::development,
     "When the bus took the message, in seconds since 1970."},
    {system, Type::text, Stability::development, "The product: kafka, rabbitmq, servicebus."},
};

inline constexpr MetricAttribute of_consumed[] = {
    {error::type, Requirement::conditional},
    {consumer_group_name, Requirement::conditional},
    {destination_name, Requirement::conditional},
    {destination_partition_id, Requirement::recommended},
    {destination_subscription_name, Requirement::conditional},
    {destination_template, Requirement::conditional},
    {operation_name, Requirement::required},
    {system, Requirement::required},
    {server::address, Requirement::conditional},
    {server::port, Requirement::recommended},
};
inline constexpr MetricAttribute of_operations[] = {
    {error::type, Requirement::conditional},
    {consumer_group_name, Requirement::conditional},
    {destination_name, Requirement::conditional},
    {destination_partition_id, Requirement::recommended},
    {destination_subscription_name, Requirement::conditional},
    {destination_template, Requirement::conditional},
    {operation_name, Requirement::required},
    {operation_type, Requirement::conditional},
    {system, Requirement::required},
    {server::address, Requirement::conditional},
    {server::port, Requirement::recommended},
};
inline constexpr MetricAttribute of_sent[] = {
    {error::type, Requirement::conditional},
    {destination_name, Requirement::conditional},
    {destination_partition_id, Requirement::recommended},
    {destination_template, Requirement::conditional},
    {operation_name, Requirement::required},
    {system, Requirement::required},
    {server::address, Requirement::conditional},
    {server::port, Requirement::recommended},
};

inline constexpr Metric metrics[] = {
    {"messaging.client.consumed.messages", MetricType::counter, "{message}", Stability::development, of_consumed},
    {"messaging.client.operation.duration", MetricType::histogram, "s", Stability::development, of_operations,
     latency_buckets},
    {"messaging.client.sent.messages", MetricType::counter, "{message}", Stability::development, of_sent},
    {"messaging.process.duration", MetricType::histogram, "s", Stability::development, of_consumed, latency_buckets},
};

}  // namespace messaging

}  // namespace mizzen::telemetry::semconv
