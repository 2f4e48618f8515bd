// SPDX-License-Identifier: Apache-2.0
// What a hop between two tasks costs, and the parts it is made of.
#include <benchmark/benchmark.h>

#include "mizzen/async/channel.hpp"
#include "mizzen/async/delay.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/async/timeout.hpp"

namespace mizzen {
namespace {
using namespace std::chrono_literals;

Task<> ping(Channel<int>& out, Channel<int>& in, benchmark::State& state) {
    for (auto _ : state) {
        co_await out.send(1);
        benchmark::DoNotOptimize(co_await in.receive());
    }
    out.close();
}

Task<> pong(Channel<int>& in, Channel<int>& out) {
    while (auto value = co_await in.receive()) co_await out.send(*value);
}

// Two hops, four channel calls.
void channel_round_trip(benchmark::State& state) {
    SimulatedLoop loop(7);
    Channel<int> there(1), back(1);
    Scope scope(loop);
    scope.spawn(ping(there, back, state));
    scope.spawn(pong(there, back));
    loop.run(scope.join());
}
BENCHMARK(channel_round_trip);

Task<> nothing() { co_return; }
Task<> nested(int depth) {
    if (depth > 0) co_await nested(depth - 1);
}

void await_task(benchmark::State& state) {
    SimulatedLoop(7).run([](benchmark::State& state) -> Task<> {
        for (auto _ : state) co_await nothing();
    }(state));
}
BENCHMARK(await_task);

void await_five_deep(benchmark::State& state) {
    SimulatedLoop(7).run([](benchmark::State& state) -> Task<> {
        for (auto _ : state) co_await nested(4);
    }(state));
}
BENCHMARK(await_five_deep);

void yield_hop(benchmark::State& state) {
    SimulatedLoop(7).run([](benchmark::State& state) -> Task<> {
        for (auto _ : state) co_await yield();
    }(state));
}
BENCHMARK(yield_hop);

void timer_hop(benchmark::State& state) {
    SimulatedLoop(7).run([](benchmark::State& state) -> Task<> {
        for (auto _ : state) co_await delay(1ms);
    }(state));
}
BENCHMARK(timer_hop);

void timeout_of_nothing(benchmark::State& state) {
    SimulatedLoop(7).run([](benchmark::State& state) -> Task<> {
        for (auto _ : state) co_await timeout(1s, nothing());
    }(state));
}
BENCHMARK(timeout_of_nothing);

}  // namespace
}  // namespace mizzen

BENCHMARK_MAIN();
