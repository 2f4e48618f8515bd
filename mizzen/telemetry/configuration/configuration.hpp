// SPDX-License-Identifier: Apache-2.0
// Configuration: all that can be chosen about telemetry, as one plain value.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "mizzen/telemetry/configuration/sampler_choice.hpp"
#include "mizzen/telemetry/logs/batch_log_processor.hpp"
#include "mizzen/telemetry/metrics/registry_options.hpp"
#include "mizzen/telemetry/otlp/exporter.hpp"
#include "mizzen/telemetry/otlp/metric_reader.hpp"
#include "mizzen/telemetry/resource.hpp"
#include "mizzen/telemetry/trace/batch_queue.hpp"

// Behind each field stands the variable that sets it. A configuration file sets the same fields; what it can say
// besides is said there.
namespace mizzen::telemetry {

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
    bool disabled = false;  // OTEL_SDK_DISABLED: nothing is recorded or sent; propagators work all the same
    // OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES, OTEL_ENTITIES, what detectors found, telemetry.sdk.*; in this order
    // of importance.
    Resource resource = {};
    // For configure_propagator() and configure_sampler(); what they would warn of is among the warnings below.
    std::string propagators = {};       // OTEL_PROPAGATORS
    std::string sampler = {};           // OTEL_TRACES_SAMPLER
    std::string sampler_argument = {};  // OTEL_TRACES_SAMPLER_ARG
    // Of a configuration file, which can say more; then the two above do not count.
    std::optional<SamplerChoice> sampler_choice = {};
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
    // For the registry: OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION, and those of a configuration file.
    // All readers share one registry, so they are of no exporter alone.
    std::vector<View> views = {};
    std::optional<Severity> log_level = Severity::info;  // OTEL_LOG_LEVEL: of our own log; nothing: off
    // For the log, one line each: what was not understood and what happens instead. Headers are never shown.
    std::vector<std::string> warnings = {};
};

// Every histogram with buckets of its own becomes an exponential one.
inline View exponential_histograms() { return {.type = MetricType::histogram, .exponential = true}; }

}  // namespace mizzen::telemetry
