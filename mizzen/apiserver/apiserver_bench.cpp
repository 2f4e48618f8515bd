// SPDX-License-Identifier: Apache-2.0
// How many requests a second the machinery answers in process, on small ConfigMaps as the peer's benchmark has them
// (two labels, one annotation, 256 bytes of data). The network is measured elsewhere.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "mizzen/apiserver/testing/test_server.hpp"
#include "mizzen/async/simulated_loop.hpp"

namespace mizzen::apiserver {
namespace {

std::string small_map(int i, std::string_view value) {
    return fmt::format(
        R"({{"apiVersion":"v1","kind":"ConfigMap","metadata":{{"name":"map-{}","labels":{{"app":"bench","shard":"s{}"}},"annotations":{{"note":"bench"}}}},"data":{{"text":"{}{}"}}}})",
        i, i % 10, value, std::string(250, 'x'));
}

class Bench {
  public:
    Bench() { server_.start(); }

    net::Response send(std::string method, std::string target, std::string body,
                       std::string_view type = "application/json") {
        net::Request request{.method = std::move(method), .target = std::move(target), .body = std::move(body)};
        request.peer = {
            .address = "bench", .has_certificate = true, .common_name = "admin", .organizations = {"system:masters"}};
        request.headers.set("content-type", std::string(type));
        request.headers.set("user-agent", "bench/1");
        return loop_.run(server_.handle(std::move(request)));
    }
    void fill(int n) {
        for (int i = 0; i < n; ++i) send("POST", config_maps, small_map(i, "0"));
    }

  private:
    SimulatedLoop loop_{1};
    ApiServer server_{loop_, {}};
};

void check(benchmark::State& state, const net::Response& response) {
    if (response.status >= 300) state.SkipWithError("refused");
}

void create(benchmark::State& state) {
    Bench b;
    int i = 0;
    for (auto _ : state) check(state, b.send("POST", config_maps, small_map(i++, "0")));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(create)->Iterations(20000);

void get(benchmark::State& state) {
    Bench b;
    b.fill(1000);
    int i = 0;
    for (auto _ : state) check(state, b.send("GET", fmt::format("{}/map-{}", config_maps, i++ % 1000), ""));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(get);

void list_500(benchmark::State& state) {
    Bench b;
    b.fill(1000);
    for (auto _ : state) check(state, b.send("GET", config_maps + "?limit=500", ""));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(list_500);

void list_by_label(benchmark::State& state) {
    Bench b;
    b.fill(1000);
    for (auto _ : state) check(state, b.send("GET", config_maps + "?labelSelector=shard%3Ds3", ""));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(list_by_label);

void merge_patch(benchmark::State& state) {
    Bench b;
    b.fill(1000);
    int i = 0;
    for (auto _ : state) {
        int n = i++;
        check(state, b.send("PATCH", fmt::format("{}/map-{}", config_maps, n % 1000),
                            fmt::format(R"({{"data":{{"n":"{}"}}}})", n), "application/merge-patch+json"));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(merge_patch);

void apply(benchmark::State& state) {
    Bench b;
    int i = 0;
    for (auto _ : state) {
        int n = i++;
        check(state, b.send("PATCH", fmt::format("{}/map-{}?fieldManager=bench", config_maps, n % 1000),
                            small_map(n % 1000, std::to_string(n)), "application/apply-patch+yaml"));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(apply);

void remove(benchmark::State& state) {
    Bench b;
    b.fill(20000);
    int i = 0;
    for (auto _ : state) check(state, b.send("DELETE", fmt::format("{}/map-{}", config_maps, i++), ""));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(remove)->Iterations(20000);

void start(benchmark::State& state) {
    for (auto _ : state) {
        SimulatedLoop loop(1);
        ApiServer server(loop, {});
        server.start();
        benchmark::DoNotOptimize(server.revision());
    }
}
BENCHMARK(start);

}  // namespace
}  // namespace mizzen::apiserver
