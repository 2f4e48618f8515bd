// SPDX-License-Identifier: Apache-2.0
// What prometheus-cpp takes for the same work as mizzen/telemetry/metrics/metrics_bench.cpp. A name ends with the
// peer's.
#include <benchmark/benchmark.h>
#include <malloc.h>
#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <memory>
#include <string>
#include <vector>

namespace {

struct Metrics {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests =
        prometheus::BuildCounter().Name("bench_requests_total").Help("Requests.").Register(registry);
    prometheus::Counter& bound = requests.Add({});
    prometheus::Histogram& latency =
        prometheus::BuildHistogram()
            .Name("bench_latency_seconds")
            .Register(registry)
            .Add({}, prometheus::Histogram::BucketBoundaries{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10});
};

Metrics& metrics() {
    static auto* const made = new Metrics;
    return *made;
}

void counter_ns(benchmark::State& state) {
    auto& counter = metrics().bound;
    for (auto _ : state) counter.Increment();
}
BENCHMARK(counter_ns)->Name("telemetry.counter_ns@prometheus-cpp");
BENCHMARK(counter_ns)->Name("telemetry.counter_2threads_ns@prometheus-cpp")->Threads(2);

void labels_ns(benchmark::State& state) {
    auto& family = metrics().requests;
    std::string path = "/api/v1/items", method = "GET";
    int code = 200;
    for (auto _ : state) {
        benchmark::DoNotOptimize(code);
        family.Add({{"path", path}, {"method", method}, {"code", std::to_string(code)}}).Increment();
    }
}
BENCHMARK(labels_ns)->Name("telemetry.counter_3labels_ns@prometheus-cpp");

void histogram_ns(benchmark::State& state) {
    auto& latency = metrics().latency;
    double value = 0.0011;
    for (auto _ : state) {
        latency.Observe(value);
        value = value > 9 ? 0.0011 : value * 1.3;
    }
}
BENCHMARK(histogram_ns)->Name("telemetry.histogram_ns@prometheus-cpp");
BENCHMARK(histogram_ns)->Name("telemetry.histogram_2threads_ns@prometheus-cpp")->Threads(2);

void fill(prometheus::Family<prometheus::Counter>& family, int series) {
    for (int i = 0; i < series; ++i)
        family.Add({{"shard", std::to_string(i / 1000)}, {"item", std::to_string(i)}, {"method", "get"}})
            .Increment(i * 37.0);
}

void render(benchmark::State& state) {
    prometheus::Registry registry;
    fill(prometheus::BuildCounter().Name("bench_items_total").Help("Items.").Register(registry), 100'000);
    const auto families = registry.Collect();
    for (auto _ : state) benchmark::DoNotOptimize(prometheus::TextSerializer().Serialize(families));
}
BENCHMARK(render)->Name("telemetry.render_100k_ms@prometheus-cpp")->Unit(benchmark::kMillisecond);

void collect(benchmark::State& state) {
    prometheus::Registry registry;
    fill(prometheus::BuildCounter().Name("bench_items_total").Help("Items.").Register(registry), 100'000);
    for (auto _ : state) benchmark::DoNotOptimize(registry.Collect());
}
BENCHMARK(collect)->Name("telemetry.collect_100k_ms@prometheus-cpp")->Unit(benchmark::kMillisecond);

void series_bytes(benchmark::State& state) {
    constexpr int series = 100'000;
    for (auto _ : state) {
        const std::size_t before = mallinfo2().uordblks;
        prometheus::Registry registry;
        fill(prometheus::BuildCounter().Name("bench_items_total").Help("Items.").Register(registry), series);
        state.counters["value"] = static_cast<double>(mallinfo2().uordblks - before) / series;
    }
}
BENCHMARK(series_bytes)->Name("telemetry.series_bytes@prometheus-cpp")->Iterations(1);

}  // namespace
