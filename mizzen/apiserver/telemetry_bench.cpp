// SPDX-License-Identifier: Apache-2.0
// What telemetry costs the API server: the same requests to a server that tells nothing and to one that does, in turns,
// so that what else the machine does meets both. `loss_percent` is the throughput that is lost; the median of the
// turns.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "mizzen/apiserver/testing/test_server.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/telemetry/http/traced_handler.hpp"
#include "mizzen/telemetry/otlp/encode.hpp"
#include "mizzen/telemetry/trace/batch_queue.hpp"

namespace mizzen::apiserver {
namespace {

using namespace telemetry;

// Batches are encoded as an exporter does; the network is not the server's.
struct Encoded final : SpanProcessor {
    void ended(std::unique_ptr<SpanData> span) override {
        batch.push_back(std::move(span));
        if (batch.size() < BatchLimits().batch) return;
        const std::string bytes = otlp::encode(Resource(), batch, otlp::Encoding::protobuf);
        benchmark::DoNotOptimize(bytes.data());
        batch.clear();
    }
    SpanBatch batch;
};

enum class Tells { nothing, metrics, unsampled_spans, spans };

std::unique_ptr<Sampler> sampler_of(Tells tells) {
    return parent_based(tells == Tells::spans ? always_on() : always_off());
}

class Bench {
  public:
    explicit Bench(Tells tells) : provider_(loop_, Random(1), sampler_of(tells), encoded_) {
        Instrumentation telemetry;
        if (tells != Tells::nothing) telemetry.registry = &registry_;
        if (tells > Tells::metrics) {
            telemetry.tracer = Tracer(provider_, {.name = "bench"});
            telemetry.causes = &causes_;
        }
        server_ = std::make_unique<ApiServer>(loop_, Options{.telemetry = telemetry});
        server_->start();
        if (tells > Tells::metrics)
            traced_ = std::make_unique<TracedHandler>(loop_, *server_, telemetry.tracer, *propagator_);
        for (int i = 0; i < 1000; ++i) send("POST", config_maps, map(i, 0), "application/json");
    }

    net::Response send(std::string method, std::string target, std::string body, std::string_view type) {
        net::Request request{.method = std::move(method), .target = std::move(target), .body = std::move(body)};
        request.peer = {
            .address = "bench", .has_certificate = true, .common_name = "admin", .organizations = {"system:masters"}};
        request.headers.set("content-type", std::string(type));
        request.headers.set("user-agent", "bench/1");
        net::Handler& handler = traced_ ? static_cast<net::Handler&>(*traced_) : *server_;
        return loop_.run(handler.handle(std::move(request)));
    }
    static std::string map(int i, int value) {
        return fmt::format(
            R"({{"apiVersion":"v1","kind":"ConfigMap","metadata":{{"name":"map-{}","labels":{{"app":"bench","shard":"s{}"}}}},"data":{{"text":"{}{}"}}}})",
            i, i % 10, value, std::string(250, 'x'));
    }

  private:
    SimulatedLoop loop_{1};
    Registry registry_{WallTime()};
    Encoded encoded_;
    TracerProvider provider_;
    std::unique_ptr<Propagator> propagator_ = trace_context_propagator();
    Causes causes_;
    std::unique_ptr<ApiServer> server_;
    std::unique_ptr<TracedHandler> traced_;
};

using Send = net::Response (*)(Bench&, int);

net::Response get(Bench& b, int i) { return b.send("GET", fmt::format("{}/map-{}", config_maps, i % 1000), "", ""); }
net::Response list(Bench& b, int) { return b.send("GET", config_maps + "?limit=500", "", ""); }
net::Response patch(Bench& b, int i) {
    return b.send("PATCH", fmt::format("{}/map-{}", config_maps, i % 1000),
                  fmt::format(R"({{"data":{{"n":"{}"}}}})", i), "application/merge-patch+json");
}
net::Response apply(Bench& b, int i) {
    return b.send("PATCH", fmt::format("{}/map-{}?fieldManager=bench&force=true", config_maps, i % 1000),
                  Bench::map(i % 1000, i), "application/apply-patch+yaml");
}

double seconds_of(Bench& bench, Send send, int first, int n) {
    const auto began = std::chrono::steady_clock::now();
    for (int i = first; i < first + n; ++i)
        if (send(bench, i).status >= 300) return -1;
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

// Where a server's memory lies counts as well, so there are several pairs, made in either order.
constexpr int pairs = 10, turns = 40;

void measure_pair(std::vector<double>& ratios, Send send, Tells tells, int in_a_turn, bool off_is_made_first) {
    std::unique_ptr<Bench> off, on;
    if (off_is_made_first) off = std::make_unique<Bench>(Tells::nothing);
    on = std::make_unique<Bench>(tells);
    if (!off) off = std::make_unique<Bench>(Tells::nothing);
    for (int turn = 0; turn < turns; ++turn) {
        double of_off = turn % 2 == 0 ? seconds_of(*off, send, turn * in_a_turn, in_a_turn) : 0;
        const double of_on = seconds_of(*on, send, turn * in_a_turn, in_a_turn);
        if (turn % 2 != 0) of_off = seconds_of(*off, send, turn * in_a_turn, in_a_turn);
        if (turn >= 4) ratios.push_back(of_off / of_on);  // the first ones warm up
    }
}

void loss(benchmark::State& state, Send send, Tells tells, int in_a_turn) {
    std::vector<double> ratios;
    for (auto _ : state)
        for (int pair = 0; pair < pairs; ++pair) measure_pair(ratios, send, tells, in_a_turn, pair % 2 == 0);
    if (std::ranges::any_of(ratios, [](double ratio) { return ratio <= 0; })) return state.SkipWithError("refused");
    std::ranges::nth_element(ratios, ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2));
    state.counters["loss_percent"] = (1 - ratios[ratios.size() / 2]) * 100;
}

// "nothing" against nothing is what the measurement itself is worth.
#define MIZZEN_LOSS(name, turn)                                                                         \
    BENCHMARK_CAPTURE(loss, name##_nothing, name, Tells::nothing, turn)->Iterations(1);                 \
    BENCHMARK_CAPTURE(loss, name##_metrics, name, Tells::metrics, turn)->Iterations(1);                 \
    BENCHMARK_CAPTURE(loss, name##_unsampled_spans, name, Tells::unsampled_spans, turn)->Iterations(1); \
    BENCHMARK_CAPTURE(loss, name##_spans, name, Tells::spans, turn)->Iterations(1)
MIZZEN_LOSS(get, 500);
MIZZEN_LOSS(list, 20);
MIZZEN_LOSS(patch, 200);
MIZZEN_LOSS(apply, 100);
#undef MIZZEN_LOSS

}  // namespace
}  // namespace mizzen::apiserver
