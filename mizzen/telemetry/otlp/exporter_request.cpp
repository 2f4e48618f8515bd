// SPDX-License-Identifier: Apache-2.0
// The head and the body of an export request.
#include "mizzen/telemetry/otlp/detail/exporter_request.hpp"

#include "mizzen/net/gzip.hpp"
#include "mizzen/net/zstd.hpp"
#include "mizzen/telemetry/otlp/detail/grpc.hpp"

namespace mizzen::telemetry::otlp {
namespace {

std::string_view media_type(Protocol protocol) {
    switch (protocol) {
        case Protocol::http_json:
            return "application/json";
        case Protocol::grpc:
            return "application/grpc";
        case Protocol::http_protobuf:
            break;
    }
    return "application/x-protobuf";
}

// As content-encoding and grpc-encoding name it; "" if bodies stay as they are.
std::string_view name_of(Compression compression) {
    switch (compression) {
        case Compression::gzip:
            return "gzip";
        case Compression::zstd:
            return "zstd";
        case Compression::none:
            break;
    }
    return "";
}

net::Headers head(const ExporterOptions& options) {
    net::Headers headers;
    for (const auto& [name, value] : options.headers) headers.add(name, value);
    const auto theirs = headers.find("user-agent");
    headers.set("user-agent", theirs && !theirs->empty() ? std::string(*theirs) + " " + std::string(user_agent)
                                                         : std::string(user_agent));
    headers.set("content-type", std::string(media_type(options.protocol)));
    headers.remove("content-length");
    headers.remove("content-encoding");
    // Answers are small, and one that is not shall not unpack to more.
    headers.set("accept-encoding", "identity");
    const std::string_view packing = name_of(options.compression);
    if (options.protocol == Protocol::grpc) {
        headers.set("te", "trailers");
        headers.set("grpc-accept-encoding", "identity");
        headers.remove("grpc-encoding");
        if (!packing.empty()) headers.set("grpc-encoding", std::string(packing));
    } else if (!packing.empty()) {
        headers.set("content-encoding", std::string(packing));
    }
    return headers;
}

std::string packed(std::string body, const ExporterOptions& options) {
    if (options.compression == Compression::gzip) body = net::gzip(body);
    if (options.compression == Compression::zstd) body = net::zstd(body);
    const bool is_packed = options.compression != Compression::none;
    return options.protocol == Protocol::grpc ? grpc_frame(body, is_packed) : std::move(body);
}

}  // namespace

std::string_view default_path(Signal signal, Protocol protocol) {
    const bool is_grpc = protocol == Protocol::grpc;
    switch (signal) {
        case Signal::metrics:
            return is_grpc ? "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export" : "/v1/metrics";
        case Signal::logs:
            return is_grpc ? "/opentelemetry.proto.collector.logs.v1.LogsService/Export" : "/v1/logs";
        case Signal::traces:
            break;
    }
    return is_grpc ? "/opentelemetry.proto.collector.trace.v1.TraceService/Export" : "/v1/traces";
}

ExportRequest::ExportRequest(Signal signal, const ExporterOptions& options, std::string body)
    : target_(options.path.empty() ? default_path(signal, options.protocol) : options.path),
      headers_(head(options)),
      body_(packed(std::move(body), options)),
      is_grpc_(options.protocol == Protocol::grpc) {}

net::Request ExportRequest::attempt(Duration left) const {
    net::Request request{.method = "POST", .target = target_, .headers = headers_, .body = body_};
    if (is_grpc_) request.headers.set("grpc-timeout", grpc_timeout(left));
    return request;
}

}  // namespace mizzen::telemetry::otlp
