// SPDX-License-Identifier: Apache-2.0
// From an output as it is configured to the objects that do the work.
#include "mizzen/telemetry/detail/way.hpp"

#include "mizzen/base/files.hpp"
#include "mizzen/telemetry/environment/environment.hpp"
#include "mizzen/telemetry/file/file_transport.hpp"

namespace mizzen::telemetry {
namespace {

net::HttpClientOptions client_options(const OtlpTarget& target) {
    net::HttpClientOptions options{.host = target.host, .port = target.port};
    options.http2 = !target.tls && target.options.protocol == otlp::Protocol::grpc;
    if (!target.tls) return options;
    options.tls.emplace();
    const auto read = [](const std::string& file) { return file.empty() ? std::string() : read_file(file); };
    options.tls->ca_pem = read(target.certificate_file);
    options.tls->certificate_pem = read(target.client_certificate_file);
    options.tls->key_pem = read(target.client_key_file);
    return options;
}

std::unique_ptr<net::Transport> transport_of(Surroundings& around, const Output& output) {
    if (output.kind == ExporterKind::otlp)
        return std::make_unique<net::HttpClient>(around.loop, around.network, client_options(output.otlp));
    if (output.file.empty()) return std::make_unique<StreamTransport>(around.output);
    return std::make_unique<FileTransport>(output.file);
}

otlp::ExporterOptions options_of(const Output& output) {
    if (output.kind == ExporterKind::otlp) return output.otlp.options;
    return {.protocol = otlp::Protocol::http_json};
}

std::string url_of(const OtlpTarget& target) {
    const bool is_ipv6 = target.host.find(':') != std::string::npos;
    return (target.tls ? "https://" : "http://") + (is_ipv6 ? "[" + target.host + "]" : target.host) + ":" +
           std::to_string(target.port);
}

// Source of the types: OpenTelemetry semantic conventions, otel.component.type.
std::string type_of(otlp::Signal signal, const Output& output) {
    const std::string what = signal == otlp::Signal::traces    ? "span_exporter"
                             : signal == otlp::Signal::metrics ? "metric_exporter"
                                                               : "log_exporter";
    if (output.kind != ExporterKind::otlp) return "otlp_file_" + what;
    switch (output.otlp.options.protocol) {
        case otlp::Protocol::grpc:
            return "otlp_grpc_" + what;
        case otlp::Protocol::http_json:
            return "otlp_http_json_" + what;
        case otlp::Protocol::http_protobuf:
            break;
    }
    return "otlp_http_" + what;
}

WatchedExporter watched(otlp::Signal signal, const Output& output, std::size_t number) {
    WatchedExporter out{.signal = signal, .type = type_of(signal, output), .number = number};
    if (output.kind == ExporterKind::otlp) {
        out.to = url_of(output.otlp);
        out.address = output.otlp.host;
        out.port = std::to_string(output.otlp.port);
        out.is_grpc = output.otlp.options.protocol == otlp::Protocol::grpc;
    } else {
        out.to = output.file.empty() ? "standard output" : output.file;
    }
    return out;
}

otlp::PeriodicMetricReader::Collected counted(const SdkMetrics& metrics, std::size_t number) {
    return [&metrics, name = "periodic_metric_reader/" + std::to_string(number)](Duration took, bool is_whole) {
        const ComponentErrorLabels labels{.otel_component_name = name,
                                          .otel_component_type = "periodic_metric_reader",
                                          .error_type = is_whole ? "" : "callback_failed"};
        metrics.collection_duration[labels].observe(std::chrono::duration<double>(took).count());
    };
}

}  // namespace

Way::Way(Surroundings& around, otlp::Signal signal, const Output& output, std::size_t number)
    : transport_(transport_of(around, output)),
      watch_(around.loop, around.metrics, watched(signal, output, number), around.log),
      exporter_(around.loop, *transport_, signal, options_of(output), Random(around.random()), &watch_) {}

SpanWay::SpanWay(Surroundings& around, const Output& output, std::size_t number)
    : way(around, otlp::Signal::traces, output, number),
      exporter(way.exporter(), around.resource),
      watch(around.metrics, otlp::Signal::traces, "batching_span_processor", number,
            BatchQueue(output.batches).limits().queue, around.log),
      processor(around.loop, exporter, output.batches, watch) {}

LogWay::LogWay(Surroundings& around, const Output& output, std::size_t number)
    : way(around, otlp::Signal::logs, output, number),
      exporter(way.exporter(), around.resource),
      watch(around.metrics, otlp::Signal::logs, "batching_log_processor", number,
            BatchQueue(output.batches).limits().queue, around.log),
      processor(around.loop, exporter, output.batches, watch) {}

MetricWay::MetricWay(Surroundings& around, const Registry& registry, const Output& output, std::size_t number)
    : way(around, otlp::Signal::metrics, output, number),
      reader(around.loop, registry, way.exporter(), around.resource, {.name = "mizzen.telemetry"}, output.reader,
             counted(around.metrics, number)) {}

}  // namespace mizzen::telemetry
