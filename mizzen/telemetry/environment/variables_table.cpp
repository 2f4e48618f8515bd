// SPDX-License-Identifier: Apache-2.0
// One row for each variable.
#include "mizzen/telemetry/environment/variables.hpp"

namespace mizzen::telemetry {
namespace {

constexpr DescribedVariable all[] = {
    {"OTEL_CONFIG_FILE", "",
     "A [configuration file](../mizzen/telemetry/README.md#a-configuration-file). All other variables then count only "
     "where it names them; a file that is not right refuses the start."},
    {"OTEL_EXPERIMENTAL_CONFIG_FILE", "", "Its old name."},
    {"OTEL_SDK_DISABLED", "false", "`true`: nothing is recorded or sent; propagators work all the same."},
    {"OTEL_SERVICE_NAME", "unknown_service:&lt;program&gt;", "`service.name`. Wins over all below."},
    {"OTEL_RESOURCE_ATTRIBUTES", "",
     "`name=value,name=value`, values percent-encoded. One mistake and all of it is left out."},
    {"OTEL_ENTITIES", "",
     "`type{key=value}[key=value]@schema;…`: what identifies and what describes it. Attributes of the resource, and "
     "its "
     "entity references."},
    {"OTEL_EXPERIMENTAL_RESOURCE_DETECTORS", "all",
     "`process`, `host`, `os`, `container`, `kubernetes`, `all`, `none`. What is configured wins over what is "
     "detected. "
     "Not of the specification, but other languages read it."},
    {"OTEL_LOG_LEVEL", "info",
     "Of our own log, the module `mizzen.telemetry`: `trace`, `debug`, `info`, `warn`, `error`, `fatal`, `none`."},
    {"OTEL_PROPAGATORS", "tracecontext,baggage", "Of `tracecontext`, `baggage`, `b3`, `b3multi`, `jaeger`, `none`."},
    {"OTEL_TRACES_SAMPLER", "parentbased_always_on",
     "`always_on`, `always_off`, `traceidratio`, `parentbased_always_on`, `parentbased_always_off`, "
     "`parentbased_traceidratio`."},
    {"OTEL_TRACES_SAMPLER_ARG", "1", "The ratio, from 0 to 1."},
    {"OTEL_TRACES_EXPORTER", "otlp", "A list of `otlp`, `otlp/stdout`, `console`; or `none`."},
    {"OTEL_METRICS_EXPORTER", "otlp", "The same, and `prometheus`."},
    {"OTEL_LOGS_EXPORTER", "otlp", "A list of `otlp`, `otlp/stdout`, `console`; or `none`."},
    {"OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318",
     "The receiver. To the path of the general one `/v1/<signal>` is added, that of a signal is taken as it is. gRPC: "
     "port 4317, no path, and `collector:4317` will do.",
     true},
    {"OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", "`http/protobuf`, `http/json`, `grpc`.", true},
    {"OTEL_EXPORTER_OTLP_HEADERS", "",
     "`name=value,name=value`, values percent-encoded: keys, more often than not, so they are never shown.", true},
    {"OTEL_EXPORTER_OTLP_COMPRESSION", "none", "`none`, `gzip`, `zstd` (which is not of the specification).", true},
    {"OTEL_EXPORTER_OTLP_TIMEOUT", "10000", "Milliseconds for a batch with all its attempts; 0 is no limit.", true},
    {"OTEL_EXPORTER_OTLP_CERTIFICATE", "the system's", "A file in PEM: the authorities to trust.", true},
    {"OTEL_EXPORTER_OTLP_CLIENT_KEY", "", "A file in PEM: the client's key.", true},
    {"OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", "", "A file in PEM: the client's certificate.", true},
    {"OTEL_EXPORTER_OTLP_INSECURE", "false", "`true`: no TLS. For gRPC, where the endpoint has no scheme.", true},
    {"OTEL_EXPORTER_OTLP_SPAN_INSECURE", "false", "The old name of `OTEL_EXPORTER_OTLP_TRACES_INSECURE`."},
    {"OTEL_EXPORTER_OTLP_METRIC_INSECURE", "false", "The old name of `OTEL_EXPORTER_OTLP_METRICS_INSECURE`."},
    {"OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "cumulative",
     "`cumulative`; `delta`: counters and histograms tell what came since the last export; `lowmemory`: the same but "
     "for "
     "counters that are observed."},
    {"OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION", "explicit_bucket_histogram",
     "`base2_exponential_bucket_histogram`: all histograms are exponential, on pages that the program serves itself "
     "too, "
     "because all readers share them. Reported and left out where `prometheus` is among the exporters."},
    {"OTEL_BSP_SCHEDULE_DELAY", "5000", "Milliseconds that a span waits for others."},
    {"OTEL_BSP_EXPORT_TIMEOUT", "30000", "Milliseconds for the export of a batch; 0 is no limit."},
    {"OTEL_BSP_MAX_QUEUE_SIZE", "2048", "The most spans that wait."},
    {"OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "512", "The most spans in a batch."},
    {"OTEL_BLRP_SCHEDULE_DELAY", "1000", "The same for log records."},
    {"OTEL_BLRP_EXPORT_TIMEOUT", "30000", "The same for log records."},
    {"OTEL_BLRP_MAX_QUEUE_SIZE", "2048", "The same for log records."},
    {"OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", "512", "The same for log records."},
    {"OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "", "The most characters of a value, in spans and log records."},
    {"OTEL_ATTRIBUTE_COUNT_LIMIT", "128", "The most attributes of a span and of a log record."},
    {"OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "", "The same for spans alone; wins."},
    {"OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "128", "The same for spans alone; wins."},
    {"OTEL_SPAN_EVENT_COUNT_LIMIT", "128", "The most events of a span."},
    {"OTEL_SPAN_LINK_COUNT_LIMIT", "128", "The most links of a span."},
    {"OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "128", "The most attributes of an event."},
    {"OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "128", "The most attributes of a link."},
    {"OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT", "", "As above for log records alone; wins."},
    {"OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT", "128", "As above for log records alone; wins."},
    {"OTEL_METRIC_EXPORT_INTERVAL", "60000", "Milliseconds between two exports of metrics."},
    {"OTEL_METRIC_EXPORT_TIMEOUT", "30000", "Milliseconds for one of them; 0 is no limit."},
    {"OTEL_METRICS_EXEMPLAR_FILTER", "trace_based", "`trace_based`, `always_on`, `always_off`."},
    {"OTEL_EXPORTER_PROMETHEUS_HOST", "localhost", "Where `prometheus` listens."},
    {"OTEL_EXPORTER_PROMETHEUS_PORT", "9464", "Its port."},
    {"OTEL_EXPORTER_ZIPKIN_ENDPOINT", "", "There is no exporter for Zipkin; that is reported."},
    {"OTEL_EXPORTER_ZIPKIN_TIMEOUT", "", "The same."},
    {"OTEL_EXPORTER_ZIPKIN_PROTOCOL", "", "The same."},
};

}  // namespace

std::span<const DescribedVariable> environment_variables() { return all; }

}  // namespace mizzen::telemetry
