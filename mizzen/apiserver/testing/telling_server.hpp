// SPDX-License-Identifier: Apache-2.0
// TellingServer: an API server that tells about itself as far as it is told to, for benchmarks of what that costs.
#pragma once
#include <fmt/format.h>

#include "mizzen/apiserver/testing/test_server.hpp"
#include "mizzen/telemetry/http/traced_handler.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"
#include "mizzen/telemetry/otlp/encode.hpp"
#include "mizzen/telemetry/trace/batch_queue.hpp"

namespace mizzen::apiserver {

enum class Tells { nothing, metrics, unsampled_spans, spans };

// Batches are encoded as an exporter does; the network is not the server's.
struct EncodedSpans final : telemetry::SpanProcessor {
    void ended(std::unique_ptr<telemetry::SpanData> span) override {
        batch.push_back(std::move(span));
        if (batch.size() < telemetry::BatchLimits().batch) return;
        bytes += telemetry::otlp::encode(telemetry::Resource(), batch, telemetry::otlp::Encoding::protobuf).size();
        batch.clear();
    }
    telemetry::SpanBatch batch;
    std::size_t bytes = 0;
};

// With 1000 ConfigMaps in it.
class TellingServer {
  public:
    TellingServer(Loop& loop, Tells tells)
        : loop_(loop), provider_(loop, Random(1), telemetry::parent_based(sampler(tells)), encoded_) {
        telemetry::Instrumentation telemetry;
        if (tells != Tells::nothing) telemetry.registry = &registry_;
        if (tells > Tells::metrics) {
            telemetry.tracer = telemetry::Tracer(provider_, {.name = "bench"});
            telemetry.causes = &causes_;
        }
        server_ = std::make_unique<ApiServer>(loop_, Options{.telemetry = telemetry});
        server_->start();
        if (tells > Tells::metrics)
            traced_ = std::make_unique<telemetry::TracedHandler>(loop_, *server_, telemetry.tracer, *propagator_);
        for (int i = 0; i < 1000; ++i) send("POST", config_maps, map(i, 0), "application/json");
    }

    net::Handler& handler() { return traced_ ? static_cast<net::Handler&>(*traced_) : *server_; }
    net::Response send(std::string method, std::string target, std::string body, std::string_view type) {
        net::Request request{.method = std::move(method), .target = std::move(target), .body = std::move(body)};
        request.peer = administrator();
        request.headers.set("content-type", std::string(type));
        request.headers.set("user-agent", "bench/1");
        return loop_.run(handler().handle(std::move(request)));
    }
    static net::Peer administrator() {
        return {
            .address = "bench", .has_certificate = true, .common_name = "admin", .organizations = {"system:masters"}};
    }
    static std::string map(int i, int value) {
        return fmt::format(
            R"({{"apiVersion":"v1","kind":"ConfigMap","metadata":{{"name":"map-{}","labels":{{"app":"bench","shard":"s{}"}}}},"data":{{"text":"{}{}"}}}})",
            i, i % 10, value, std::string(250, 'x'));
    }

  private:
    static std::unique_ptr<telemetry::Sampler> sampler(Tells tells) {
        return tells == Tells::spans ? telemetry::always_on() : telemetry::always_off();
    }

    Loop& loop_;
    telemetry::Registry registry_{WallTime()};
    EncodedSpans encoded_;
    telemetry::TracerProvider provider_;
    std::unique_ptr<telemetry::Propagator> propagator_ = telemetry::trace_context_propagator();
    telemetry::Causes causes_;
    std::unique_ptr<ApiServer> server_;
    std::unique_ptr<telemetry::TracedHandler> traced_;
};

}  // namespace mizzen::apiserver
