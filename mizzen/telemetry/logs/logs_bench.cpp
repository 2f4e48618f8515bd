// SPDX-License-Identifier: Apache-2.0
// What a log call costs its thread: the median of calls, a level that is off; and what the drain costs.
#include <benchmark/benchmark.h>
#include <time.h>

#include <algorithm>
#include <string>
#include <vector>

#include "mizzen/telemetry/logs/console.hpp"
#include "mizzen/telemetry/logs/json_lines.hpp"
#include "mizzen/telemetry/logs/log_drain.hpp"
#include "mizzen/telemetry/logs/logger.hpp"

namespace mizzen::telemetry {
namespace {

WallTime wall() {
    timespec t{};
    clock_gettime(CLOCK_REALTIME, &t);
    return WallTime(std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec));
}

struct World {
    LoggerProvider provider;
    LogDrain drain{provider, wall(), {.grace = {}, .repeats = 0}};
    Logger log{provider, "bench.client"};
    std::string pod = "shop-7d4b9c6f5-x2x8q";
};

void say(const Logger& log, const std::string& pod, int i) {
    log.info("pod {} is ready after {} of {} probes", pod, i, 3);
}

// Medians of batches of calls, because a clock is slower than a call; drained in between, untimed, as another thread
// would. The ring (256 KiB) holds ten batches.
template <class Call>
void median_ns(benchmark::State& state, World& world, Call call) {
    constexpr int batches = 20'000, calls = 200;
    std::vector<double> each(batches);
    for (auto _ : state) {
        for (double& ns : each) {
            const std::uint64_t start = monotonic_ticks();
            for (int i = 0; i < calls; ++i) call(i);
            ns = static_cast<double>(monotonic_ticks() - start) / calls;
            benchmark::DoNotOptimize(world.drain.flush(wall()));
        }
        std::nth_element(each.begin(), each.begin() + batches / 2, each.end());
        state.SetIterationTime(each[batches / 2] * 1e-9);
    }
    if (world.drain.counts().dropped != 0)
        state.SkipWithError("messages were dropped, which is cheaper than to keep them");
}

void log_p50(benchmark::State& state) {
    World world;
    median_ns(state, world, [&](int i) { say(world.log, world.pod, i); });
}
BENCHMARK(log_p50)->Name("telemetry.log_p50_ns")->UseManualTime()->Iterations(1);

void log_in_trace(benchmark::State& state) {
    World world;
    const Logger log = world.log.with(SpanContext{.trace = {.high = 1, .low = 2}, .span = {3}});
    median_ns(state, world, [&](int i) { say(log, world.pod, i); });
}
BENCHMARK(log_in_trace)->Name("telemetry.log_in_trace_p50_ns")->UseManualTime()->Iterations(1);

void log_with_field(benchmark::State& state) {
    World world;
    median_ns(state, world,
              [&](int i) { world.log.info("pod is ready", field("k8s.pod.name", world.pod), field("n", i)); });
}
BENCHMARK(log_with_field)->Name("telemetry.log_2fields_p50_ns")->UseManualTime()->Iterations(1);

void disabled(benchmark::State& state) {
    World world;
    int i = 0;
    for (auto _ : state) {
        world.log.debug("pod {} is ready after {} of {} probes", world.pod, ++i, 3);
        benchmark::ClobberMemory();
    }
}
BENCHMARK(disabled)->Name("telemetry.log_disabled_ns");

// What the other side does for one message: a record, and its line.
template <class Write>
void drain(benchmark::State& state, Write write) {
    constexpr int messages = 1000;
    World world;
    std::string out;
    for (auto _ : state) {
        state.PauseTiming();
        for (int i = 0; i < messages; ++i) say(world.log, world.pod, i);
        out.clear();
        state.ResumeTiming();
        for (const auto& record : world.drain.flush(wall())) write(out, *record);
        benchmark::DoNotOptimize(out.data());
    }
    state.counters["messages_per_second"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * messages, benchmark::Counter::kIsRate);
}
void drain_json(benchmark::State& state) { drain(state, append_json_line); }
BENCHMARK(drain_json)->Name("telemetry.log_drain_json_1000_us");
void drain_console(benchmark::State& state) {
    drain(state, [](std::string& out, const LogRecord& record) { append_console_line(out, record); });
}
BENCHMARK(drain_console)->Name("telemetry.log_drain_console_1000_us");
void drain_records(benchmark::State& state) {
    drain(state, [](std::string&, const LogRecord&) {});
}
BENCHMARK(drain_records)->Name("telemetry.log_drain_records_1000_us");

}  // namespace
}  // namespace mizzen::telemetry
