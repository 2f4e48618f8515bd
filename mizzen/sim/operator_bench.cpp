// SPDX-License-Identifier: Apache-2.0
// What telemetry costs the operator with everything it works on: 100 WebApps to Ready, told about and not, in turns.
// `loss_percent` is the throughput that is lost; the median of the turns. Simulated time: nothing waits.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>

#include "mizzen/json/yaml.hpp"
#include "mizzen/operator/operator.hpp"
#include "mizzen/sim/world.hpp"
#include "mizzen/telemetry/otlp/encode.hpp"
#include "mizzen/telemetry/trace/batch_queue.hpp"

namespace mizzen::sim {
namespace {

enum class Tells { nothing, metrics, unsampled_spans, spans };

// Batches are encoded as an exporter does.
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

constexpr int apps = 100;

// How long that takes in real seconds; less than zero if they do not get there.
double seconds_to_ready(Tells tells) {
    SimulatedLoop clock(1);
    EncodedSpans encoded;
    telemetry::Registry registry{WallTime()};
    telemetry::TracerProvider provider(
        clock, Random(1),
        telemetry::parent_based(tells == Tells::spans ? telemetry::always_on() : telemetry::always_off()), encoded);
    const auto propagator = telemetry::trace_context_propagator();
    telemetry::Causes causes;
    telemetry::Instrumentation telemetry;
    if (tells != Tells::nothing) telemetry.registry = &registry;
    if (tells > Tells::metrics)
        telemetry = {telemetry::Tracer(provider, {.name = "bench"}), &registry, propagator.get(), &causes};
    World world(1, ClusterOptions{.telemetry = telemetry});
    world.run(install_crd(world.cluster().client()));
    world.cache<WebApp>();
    world.start({}, [](kube::Manager& manager) { manager.add(web_app_controller()); });
    world.run_for(std::chrono::seconds(1));
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < apps; ++i)
        world.apply(
            fmt::format("apiVersion: mizzen.dev/v1\nkind: WebApp\nmetadata: {{name: shop-{}, namespace: "
                        "default}}\nspec: {{image: \"shop:1\", replicas: 2, port: 8080}}\n",
                        i));
    const bool is_done = world.runs_until([&] {
        const auto all = world.cache<WebApp>().list();
        return all.size() == apps &&
               std::ranges::all_of(all, [](const auto& app) { return app->status.phase == Phase::Ready; });
    });
    if (!is_done) return -1;
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

void loss(benchmark::State& state, Tells tells) {
    std::vector<double> ratios;
    for (auto _ : state) {
        const bool off_first = ratios.size() % 2 == 0;
        double off = off_first ? seconds_to_ready(Tells::nothing) : 0;
        const double on = seconds_to_ready(tells);
        if (!off_first) off = seconds_to_ready(Tells::nothing);
        if (off <= 0 || on <= 0) return state.SkipWithError("the apps did not get Ready");
        ratios.push_back(off / on);
    }
    std::ranges::nth_element(ratios, ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2));
    state.counters["loss_percent"] = (1 - ratios[ratios.size() / 2]) * 100;
}
BENCHMARK_CAPTURE(loss, webapps_nothing, Tells::nothing)->Iterations(15)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(loss, webapps_metrics, Tells::metrics)->Iterations(15)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(loss, webapps_unsampled_spans, Tells::unsampled_spans)->Iterations(15)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(loss, webapps_spans, Tells::spans)->Iterations(15)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace mizzen::sim
