// SPDX-License-Identifier: Apache-2.0
// Database clients: names as OpenTelemetry's semantic conventions 1.44 have them.
#pragma once
#include "mizzen/telemetry/semconv/convention.hpp"
#include "mizzen/telemetry/semconv/error.hpp"
#include "mizzen/telemetry/semconv/network.hpp"

namespace mizzen::telemetry::semconv {

namespace db {

inline constexpr std::string_view client_connection_pool_name = "db.client.connection.pool.name";
inline constexpr std::string_view client_connection_state = "db.client.connection.state";
inline constexpr std::string_view collection_name = "db.collection.name";
inline constexpr std::string_view namespace_ = "db.namespace";
inline constexpr std::string_view operation_batch_size = "db.operation.batch.size";
inline constexpr std::string_view operation_name = "db.operation.name";
inline constexpr std::string_view operation_parameter = "db.operation.parameter";
inline constexpr std::string_view query_parameter = "db.query.parameter";
inline constexpr std::string_view query_summary = "db.query.summary";
inline constexpr std::string_view query_text = "db.query.text";
inline constexpr std::string_view response_returned_rows = "db.response.returned_rows";
inline constexpr std::string_view response_status_code = "db.response.status_code";
inline constexpr std::string_view stored_procedure_name = "db.stored_procedure.name";
inline constexpr std::string_view system_name = "db.system.name";

inline constexpr Attribute attributes[] = {
    {client_connection_pool_name, Type::text, Stability::development, "The pool, unique in the program."},
    {client_connection_state, Type::text, Stability::development, "idle or used."},
    {collection_name, Type::text, Stability::stable, "The table, container or collection."},
    {namespace_, Type::text, Stability::stable, "The database, with what qualifies it on that server."},
    {operation_batch_size, Type::integer, Stability::stable,
     "How many operations went together, if there were at least two."},
    {operation_name, Type::text, Stability::stable, "The command: SELECT, findAndModify."},
    {operation_parameter, Type::text_by_key, Stability::development, "Value of one of the operation's parameters."},
    {query_parameter, Type::text_by_key, Stability::development, "Value of one of the query's parameters."},
    {query_summary, Type::text, Stability::stable, "The query in few words: SELECT orders."},
    {query_text, Type::text, Stability::stable, "The query, literals replaced."},
    {response_returned_rows, Type::integer, Stability::development, "Rows that came back."},
    {response_status_code, Type::text, Stability::stable, "The database's own code: ORA-17002."},
    {stored_procedure_name, Type::text, Stability::stable, "The stored procedure."},
    {system_name, Type::text, Stability::stable, "The product: postgresql, mysql, redis."},
};

inline constexpr MetricAttribute of_connections[] = {
    {client_connection_pool_name, Requirement::required},
    {client_connection_state, Requirement::required},
};
inline constexpr MetricAttribute of_pools[] = {
    {client_connection_pool_name, Requirement::required},
};
inline constexpr MetricAttribute of_operations[] = {
    {collection_name, Requirement::conditional},
    {namespace_, Requirement::conditional},
    {operation_name, Requirement::conditional},
    {query_summary, Requirement::recommended},
    {query_text, Requirement::opt_in},
    {response_status_code, Requirement::conditional},
    {stored_procedure_name, Requirement::recommended},
    {system_name, Requirement::required},
    {error::type, Requirement::conditional},
    {network::peer_address, Requirement::recommended},
    {network::peer_port, Requirement::recommended},
    {server::address, Requirement::recommended},
    {server::port, Requirement::conditional},
};
inline constexpr MetricAttribute of_rows[] = {
    {collection_name, Requirement::conditional},
    {namespace_, Requirement::conditional},
    {operation_name, Requirement::conditional},
    {query_summary, Requirement::recommended},
    {query_text, Requirement::opt_in},
    {response_status_code, Requirement::conditional},
    {system_name, Requirement::required},
    {error::type, Requirement::conditional},
    {network::peer_address, Requirement::recommended},
    {network::peer_port, Requirement::recommended},
    {server::address, Requirement::recommended},
    {server::port, Requirement::conditional},
};
inline constexpr double duration_buckets[] = {.001, .005, .01, .05, .1, .5, 1, 5, 10};
inline constexpr double row_buckets[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000};

inline constexpr Metric metrics[] = {
    {"db.client.connection.count", MetricType::up_down_counter, "{connection}", Stability::development, of_connections},
    {"db.client.connection.create_time", MetricType::histogram, "s", Stability::development, of_pools},
    {"db.client.connection.idle.max", MetricType::up_down_counter, "{connection}", Stability::development, of_pools},
    {"db.client.connection.idle.min", MetricType::up_down_counter, "{connection}", Stability::development, of_pools},
    {"db.client.connection.max", MetricType::up_down_counter, "{connection}", Stability::development, of_pools},
    {"db.client.connection.pending_requests", MetricType::up_down_counter, "{request}", Stability::development,
     of_pools},
    {"db.client.connection.timeouts", MetricType::counter, "{timeout}", Stability::development, of_pools},
    {"db.client.connection.use_time", MetricType::histogram, "s", Stability::development, of_pools},
    {"db.client.connection.wait_time", MetricType::histogram, "s", Stability::development, of_pools},
    {"db.client.operation.duration", MetricType::histogram, "s", Stability::stable, of_operations, duration_buckets},
    {"db.client.response.returned_rows", MetricType::histogram, "{row}", Stability::development, of_rows, row_buckets},
};

}  // namespace db

}  // namespace mizzen::telemetry::semconv
