// SPDX-License-Identifier: Apache-2.0
// What the runtime costs: queue operations, a visit in steady state, and the memory of a cache of 10,000 small
// ConfigMaps.
//
// The objects of the memory scenarios have the sizes of those in kube-rs's memory benchmark
// (kube-runtime/benches/memory.rs), whose peaks of 2026-07-24 are 55.2 MB (list), 71.4 MB (then 5,000 updates and 1,000
// removals) and 99.8 MB (then a full relist); they hold the generator's own copies, so `as_peer` does the same here,
// while the others measure a cache that is fed from the wire.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <cstdlib>
#include <new>

#include "mizzen/async/scope.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/kube/client/object_codec.hpp"
#include "mizzen/kube/runtime/manager.hpp"
#include "mizzen/kube/runtime/testing/tiny_server.hpp"
#include "mizzen/kube/schema/kinds/config.hpp"

namespace {

struct Heap {
    std::size_t now = 0, peak = 0, count = 0;
    void took(void* p) {
        now += malloc_usable_size(p);
        peak = std::max(peak, now);
        ++count;
    }
    void gave(void* p) { now -= malloc_usable_size(p); }
} heap;

void* allocate(std::size_t size) {
    void* p = std::malloc(size);
    if (p == nullptr) throw std::bad_alloc();
    heap.took(p);
    return p;
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void operator delete(void* p) noexcept {
    if (p != nullptr) heap.gave(p);
    std::free(p);
}
void operator delete[](void* p) noexcept { operator delete(p); }
void operator delete(void* p, std::size_t) noexcept { operator delete(p); }
void operator delete[](void* p, std::size_t) noexcept { operator delete(p); }

namespace {

using namespace mizzen;
using namespace mizzen::kube;
using namespace std::chrono_literals;

constexpr int objects = 10'000;

ConfigMap config_map(int i, int version) {
    const std::string n = std::to_string(i), name = "cm-" + n;
    return {.data = {{"config.yaml", "setting: value-" + n + "\ncount: " + n}, {"extra", std::string(128, 'x')}},
            .metadata = {.annotations = {{"kubectl.kubernetes.io/last-applied-configuration",
                                          R"({"kind":"ConfigMap","metadata":{"name":")" + name + R"("},"data":{}})"}},
                         .labels = {{"app", "bench"}, {"instance", name}},
                         .name = name,
                         .namespace_ = "bench",
                         .resource_version = std::to_string(version),
                         .uid = "uid-" + n}};
}

struct Measure {
    std::size_t before = heap.now, count = heap.count;
    Measure() { heap.peak = heap.now; }
    void report(benchmark::State& state) const {
        state.counters["peak_MB"] = static_cast<double>(heap.peak - before) / 1e6;
        state.counters["left_MB"] = static_cast<double>(heap.now - before) / 1e6;
        state.counters["left_bytes_per_object"] = static_cast<double>(heap.now - before) / objects;
        state.counters["allocations"] = static_cast<double>(heap.count - count);
    }
};

// Generated, copied into a list of events, moved into the store: as the peer's benchmark does.
void as_peer(benchmark::State& state) {
    for (auto _ : state) {
        Measure measure;
        std::vector<ConfigMap> generated, events;
        for (int i = 0; i < objects; ++i) generated.push_back(config_map(i, 1000 + i));
        for (auto& one : generated) events.push_back(one);
        Store<ConfigMap> store;
        for (auto& event : events) store.put(std::move(event));
        measure.report(state);
    }
}
BENCHMARK(as_peer)->Unit(benchmark::kMillisecond)->Iterations(3);

std::string page_path(int i) { return "/api/v1/namespaces/bench/configmaps/cm-" + std::to_string(i); }

// A cache that lists and watches a server; `relist` makes it lose history and list again.
void cache_over_the_wire(benchmark::State& state, bool relist) {
    for (auto _ : state) {
        state.PauseTiming();
        SimulatedLoop loop(1);
        kube::testing::TinyServer server;
        server.streams_lists = false;
        for (int i = 0; i < objects; ++i) server.put(page_path(i), encode_object(config_map(i, 0)));
        Client client(loop, server);
        Scope scope(loop);
        Informer<ConfigMap> informer(client, {DynamicKind(ConfigMap::kind), {}}, {.stream_list = false});
        Measure measure;
        state.ResumeTiming();
        scope.spawn(informer.run());
        loop.run_for(1s);
        if (relist) {
            measure = Measure();
            server.cut_watches(true);
            loop.run_for(10s);
        }
        measure.report(state);
        if (informer.size() != objects || informer.numbers().lists != (relist ? 2u : 1u)) {
            state.SkipWithError("the cache is not complete");
            break;
        }
    }
}
BENCHMARK_CAPTURE(cache_over_the_wire, first_list, false)->Unit(benchmark::kMillisecond)->Iterations(3);
BENCHMARK_CAPTURE(cache_over_the_wire, relist, true)->Unit(benchmark::kMillisecond)->Iterations(3);

// Add, take, done, for keys of 1,000 objects.
void queue(benchmark::State& state) {
    SimulatedLoop loop(1);
    WorkQueue queue(loop, {});
    std::vector<ObjectKey> keys;
    for (int i = 0; i < 1000; ++i) keys.emplace_back("shop", "object-" + std::to_string(i));
    auto drain = [](WorkQueue& queue, std::size_t n) -> Task<> {
        for (std::size_t i = 0; i < n; ++i) {
            auto key = co_await queue.next();
            queue.done(*key);
        }
    };
    for (auto _ : state) {
        for (auto& key : keys) queue.add(key);
        loop.run(drain(queue, keys.size()));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(keys.size()));
}
BENCHMARK(queue);

// One object with two children, all as wanted: what looking again costs.
void steady_visit(benchmark::State& state) {
    SimulatedLoop loop(1);
    kube::testing::TinyServer server;
    server.put("/api/v1/namespaces/shop/secrets/s", json::parse(R"({"apiVersion":"v1","kind":"Secret"})"));
    Client client(loop, server);
    Manager manager(client);
    auto reconcile = [](Reconcile<kube::Secret>& r) -> Task<Outcome> {
        for (auto* suffix : {"a", "b"}) {
            ConfigMap map = config_map(1, 0);
            map.metadata = r.child(suffix);
            r.apply(map);
        }
        co_return Outcome::ready();
    };
    manager.add(Controller<kube::Secret>(reconcile).owns<ConfigMap>());
    Scope scope(loop);
    scope.spawn(manager.run());
    loop.run_for(1s);
    const int calls = server.calls();
    for (auto _ : state) {
        manager.controllers()[0]->poke({"shop", "s"});
        loop.run_until_idle();
    }
    if (server.calls() != calls) state.SkipWithError("a visit in steady state called the API");
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(steady_visit);

}  // namespace
