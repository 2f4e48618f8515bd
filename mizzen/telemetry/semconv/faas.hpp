// SPDX-License-Identifier: Apache-2.0
// Functions as a service: names as OpenTelemetry's semantic conventions 1.44 have them.
#pragma once
#include "mizzen/telemetry/semconv/convention.hpp"

namespace mizzen::telemetry::semconv {

namespace faas {

inline constexpr std::string_view coldstart = "faas.coldstart";
inline constexpr std::string_view cron = "faas.cron";
inline constexpr std::string_view document_collection = "faas.document.collection";
inline constexpr std::string_view document_name = "faas.document.name";
inline constexpr std::string_view document_operation = "faas.document.operation";
inline constexpr std::string_view document_time = "faas.document.time";
inline constexpr std::string_view instance = "faas.instance";
inline constexpr std::string_view invocation_id = "faas.invocation_id";
inline constexpr std::string_view invoked_name = "faas.invoked_name";
inline constexpr std::string_view invoked_provider = "faas.invoked_provider";
inline constexpr std::string_view invoked_region = "faas.invoked_region";
inline constexpr std::string_view max_memory = "faas.max_memory";
inline constexpr std::string_view name = "faas.name";
inline constexpr std::string_view time = "faas.time";
inline constexpr std::string_view trigger = "faas.trigger";
inline constexpr std::string_view version = "faas.version";

inline constexpr Attribute attributes[] = {
    {coldstart, Type::boolean, Stability::development, "Whether this was the first invocation of an instance."},
    {cron, Type::text, Stability::development, "The schedule, as a cron expression."},
    {document_collection, Type::text, Stability::development, "The bucket or database that the change was in."},
    {document_name, Type::text, Stability::development, "The object or table that changed."},
    {document_operation, Type::text, Stability::development, "insert, edit or delete."},
    {document_time, Type::text, Stability::development, "When it changed, ISO 8601 in UTC."},
    {instance, Type::text, Stability::development, "Names the environment that runs the function."},
    {invocation_id, Type::text, Stability::development, "Names this invocation."},
    {invoked_name, Type::text, Stability::development, "The function that is called."},
    {invoked_provider, Type::text, Stability::development, "The cloud that the called function is in."},
    {invoked_region, Type::text, Stability::development, "The region that the called function is in."},
    {max_memory, Type::integer, Stability::development, "Bytes of memory that the function may use."},
    {name, Type::text, Stability::development, "The function that this instance runs."},
    {time, Type::text, Stability::development, "When the function was called, ISO 8601 in UTC."},
    {trigger, Type::text, Stability::development, "datasource, http, pubsub, timer or other."},
    {version, Type::text, Stability::development, "The version that is run."},
};

inline constexpr MetricAttribute by_trigger[] = {
    {trigger, Requirement::recommended},
};

inline constexpr Metric metrics[] = {
    {"faas.coldstarts", MetricType::counter, "{coldstart}", Stability::development, by_trigger},
    {"faas.cpu_usage", MetricType::histogram, "s", Stability::development, by_trigger, latency_buckets},
    {"faas.errors", MetricType::counter, "{error}", Stability::development, by_trigger},
    {"faas.init_duration", MetricType::histogram, "s", Stability::development, by_trigger, latency_buckets},
    {"faas.invocations", MetricType::counter, "{invocation}", Stability::development, by_trigger},
    {"faas.invoke_duration", MetricType::histogram, "s", Stability::development, by_trigger, latency_buckets},
    {"faas.mem_usage", MetricType::histogram, "By", Stability::development, by_trigger},
    {"faas.net_io", MetricType::histogram, "By", Stability::development, by_trigger},
    {"faas.timeouts", MetricType::counter, "{timeout}", Stability::development, by_trigger},
};

}  // namespace faas

}  // namespace mizzen::telemetry::semconv
