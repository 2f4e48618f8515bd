// SPDX-License-Identifier: Apache-2.0
// Configuration: what the OTEL_* variables of the environment say, as one plain value.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/telemetry/logs/batch_log_processor.hpp"
#include "mizzen/telemetry/otlp/exporter.hpp"
#include "mizzen/telemetry/otlp/metric_reader.hpp"
#include "mizzen/telemetry/resource.hpp"
#include "mizzen/telemetry/trace/batch_queue.hpp"

namespace mizzen::telemetry {

// The value of a variable, or nothing if it is not set.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

enum class ExporterKind { otlp, file, console, prometheus };

// Where one signal goes by OTLP, and how. OTEL_EXPORTER_OTLP_* and OTEL_EXPORTER_OTLP_<SIGNAL>_*, which wins.
struct OtlpTarget {
    // _ENDPOINT. To the path of the general variable /v1/<signal> is added; that of a signal's own is taken as it is. A
    // URL without a port means 80 or 443. For gRPC its path does not count, and "collector:4317" will do: then
    // _INSECURE says whether there is TLS (there is, unless it is "true").
    bool tls = false;
    std::string host = "localhost";
    int port = 4318;  // 4317 for gRPC
    // _PROTOCOL, _COMPRESSION, _TIMEOUT, _HEADERS, and the path.
    otlp::ExporterOptions options = {};
    // Files in PEM; empty: the system's authorities, no client certificate.
    std::string certificate_file = {};         // _CERTIFICATE: of the authorities to trust
    std::string client_key_file = {};          // _CLIENT_KEY
    std::string client_certificate_file = {};  // _CLIENT_CERTIFICATE
};

// One exporter of a signal, and how it is fed.
struct Output {
    ExporterKind kind = ExporterKind::otlp;
    OtlpTarget otlp = {};                   // of otlp
    std::string file = {};                  // of file: where OTLP lines are appended; empty: standard output
    BatchLimits batches = {};               // of spans and log records, by otlp and file; console does not wait
    otlp::MetricReaderOptions reader = {};  // of metrics, but for prometheus
    std::string host = "localhost";         // of prometheus: where it listens
    int port = 9464;
};

struct Configuration {
    bool disabled = false;   // OTEL_SDK_DISABLED: nothing is recorded or sent; propagators work all the same
    Resource resource = {};  // OTEL_RESOURCE_ATTRIBUTES, OTEL_SERVICE_NAME; telemetry.sdk.*
    // For configure_propagator() and configure_sampler(); what they would warn of is among the warnings below.
    std::string propagators = {};       // OTEL_PROPAGATORS
    std::string sampler = {};           // OTEL_TRACES_SAMPLER
    std::string sampler_argument = {};  // OTEL_TRACES_SAMPLER_ARG
    // OTEL_{TRACES,METRICS,LOGS}_EXPORTER; empty: none. Their batches are those of OTEL_BSP_* and OTEL_BLRP_*, their
    // reader is that of OTEL_METRIC_EXPORT_*, host and port are those of OTEL_EXPORTER_PROMETHEUS_*.
    std::vector<Output> traces = {Output()};
    std::vector<Output> metrics = {Output()};
    std::vector<Output> logs = {Output{.batches = default_log_batches}};
    // OTEL_ATTRIBUTE_*_LIMIT, which those for spans and log records override; OTEL_SPAN_*_LIMIT, OTEL_EVENT_* and
    // OTEL_LINK_ATTRIBUTE_COUNT_LIMIT, OTEL_LOGRECORD_ATTRIBUTE_*_LIMIT.
    SpanLimits span_limits = {};
    AttributeLimits log_limits = {};
    ExemplarFilter exemplar_filter = ExemplarFilter::trace_based;  // OTEL_METRICS_EXEMPLAR_FILTER
    std::optional<Severity> log_level = Severity::info;            // OTEL_LOG_LEVEL: of our own log; nothing: off
    // For the log, one line each: what was not understood and what happens instead. Headers are never shown.
    std::vector<std::string> warnings = {};
};

// Never throws on what variables say. An empty value is as good as none, a boolean is true for "true" in any case of
// letters and false otherwise, times are whole milliseconds, of a timeout zero means a century. What is not understood
// is reported, and the default stays. Variables that ask for what is not there (OTEL_CONFIG_FILE, OTEL_ENTITIES,
// deltas) are reported as well. Source: OpenTelemetry specification, configuration/sdk-environment-variables and
// protocol/exporter.
Configuration read_environment(const Environment& environment);

}  // namespace mizzen::telemetry
