// SPDX-License-Identifier: Apache-2.0
// What counting costs, what a series takes, and how fast 100,000 series are rendered. Names are those of the project's
// bars.
#include <benchmark/benchmark.h>

#include "mizzen/telemetry/exposition/exposition.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"

namespace {

using namespace mizzen;
using namespace mizzen::telemetry;

enum class HttpMethod { get, post };
struct Route {
    std::string_view path;
    std::string_view method;
    int code;
};
struct Item {
    int shard, item;
    HttpMethod method;
};

struct BenchMetrics {
    Counter<> requests = counter("bench_requests_total", "Requests.");
    Counter<HttpMethod> methods = counter("bench_methods_total", "Requests by method.");
    Counter<Route> routes = counter("bench_routes_total", "Requests by route.");
    Gauge<> level = gauge("bench_level", "Level.");
    Histogram<> latency = histogram("bench_latency_seconds", "Latency.", "seconds");
    ExponentialHistogram<> wait = exponential_histogram("bench_wait_seconds", "Waits.", "seconds");
};
struct ManySeries {
    Counter<Item> items = counter("bench_items_total", "Items.").cap(100'000);
};

// One for all threads of a benchmark; kept for the life of the process.
const BenchMetrics& metrics() {
    static auto* const registry = new Registry(WallTime{});
    static const auto made = registry->make<BenchMetrics>();
    return made;
}

void counter_ns(benchmark::State& state) {
    const auto& c = metrics().requests;
    for (auto _ : state) {
        c.add();
        benchmark::ClobberMemory();
    }
}
BENCHMARK(counter_ns)->Name("telemetry.counter_ns");
BENCHMARK(counter_ns)->Name("telemetry.counter_2threads_ns")->Threads(2);

void closed_label_ns(benchmark::State& state) {
    const auto& c = metrics().methods;
    auto method = HttpMethod::post;
    for (auto _ : state) {
        benchmark::DoNotOptimize(method);
        c[method].add();
    }
}
BENCHMARK(closed_label_ns)->Name("telemetry.counter_1closed_label_ns");

void labels_ns(benchmark::State& state) {
    const auto& c = metrics().routes;
    Route route{"/api/v1/items", "GET", 200};
    for (auto _ : state) {
        benchmark::DoNotOptimize(route);
        c[route].add();
    }
}
BENCHMARK(labels_ns)->Name("telemetry.counter_3labels_ns");

template <class Instrument>
void observe(benchmark::State& state, const Instrument& instrument) {
    double value = 0.0011;
    for (auto _ : state) {
        instrument.observe(value);
        value = value > 9 ? 0.0011 : value * 1.3;
    }
}
void histogram_ns(benchmark::State& state) { observe(state, metrics().latency); }
BENCHMARK(histogram_ns)->Name("telemetry.histogram_ns");
BENCHMARK(histogram_ns)->Name("telemetry.histogram_2threads_ns")->Threads(2);
void exponential_histogram_ns(benchmark::State& state) { observe(state, metrics().wait); }
BENCHMARK(exponential_histogram_ns)->Name("telemetry.exponential_histogram_ns");

void gauge_ns(benchmark::State& state) {
    for (auto _ : state) metrics().level.set(1.5);
}
BENCHMARK(gauge_ns)->Name("telemetry.gauge_ns");

void disabled_ns(benchmark::State& state) {
    const BenchMetrics none;
    for (auto _ : state) {
        none.requests.add();
        benchmark::ClobberMemory();
    }
}
BENCHMARK(disabled_ns)->Name("telemetry.disabled_ns");

Snapshot hundred_thousand() {
    Registry registry(WallTime{});
    const auto m = registry.make<ManySeries>();
    for (int i = 0; i < 100'000; ++i) m.items[{i / 1000, i, HttpMethod::get}].add(static_cast<std::uint64_t>(i) * 37);
    return registry.collect(WallTime{});
}

template <class Render>
void render(benchmark::State& state, Render fn) {
    const Snapshot snapshot = hundred_thousand();
    std::size_t bytes = 0;
    for (auto _ : state) bytes += fn(snapshot).size();
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
void render_text(benchmark::State& state) {
    render(state, [](const Snapshot& s) { return to_prometheus_text(s); });
}
BENCHMARK(render_text)->Name("telemetry.render_100k_ms")->Unit(benchmark::kMillisecond);
void render_openmetrics(benchmark::State& state) {
    render(state, [](const Snapshot& s) { return to_openmetrics(s); });
}
BENCHMARK(render_openmetrics)->Name("telemetry.render_100k_openmetrics_ms")->Unit(benchmark::kMillisecond);
void render_protobuf(benchmark::State& state) {
    render(state, [](const Snapshot& s) { return to_prometheus_protobuf(s); });
}
BENCHMARK(render_protobuf)->Name("telemetry.render_100k_protobuf_ms")->Unit(benchmark::kMillisecond);

void collect_100k(benchmark::State& state) {
    Registry registry(WallTime{});
    const auto m = registry.make<ManySeries>();
    for (int i = 0; i < 100'000; ++i) m.items[{i / 1000, i, HttpMethod::get}].add();
    for (auto _ : state) benchmark::DoNotOptimize(registry.collect(WallTime{}));
}
BENCHMARK(collect_100k)->Name("telemetry.collect_100k_ms")->Unit(benchmark::kMillisecond);

// Not a time: memory of 100,000 counters with three labels, their cells of one thread included.
void series_bytes(benchmark::State& state) {
    constexpr std::uint32_t series = 100'000;
    double bytes = 0;
    for (auto _ : state) {
        SeriesTable table(3, series, 1, false);
        for (std::uint32_t i = 0; i < series; ++i) {
            const std::string path = "/api/v1/items/" + std::to_string(i);
            const std::string_view values[] = {"GET", path, "200"};
            table.at(values);
        }
        bytes = static_cast<double>(table.bytes()) / series + sizeof(Cell);
    }
    state.counters["value"] = bytes;
}
BENCHMARK(series_bytes)->Name("telemetry.series_bytes")->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
