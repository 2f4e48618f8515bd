// SPDX-License-Identifier: Apache-2.0
// What telemetry costs the API server: the same requests to a server that tells nothing and to one that does, in turns,
// so that what else the machine does meets both. `loss_percent` is the throughput that is lost; the median of the
// turns.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "mizzen/apiserver/testing/telling_server.hpp"
#include "mizzen/async/simulated_loop.hpp"

namespace mizzen::apiserver {
namespace {

// A server in this process, and its time.
struct Bench {
    explicit Bench(Tells tells) : server(loop, tells) {}
    net::Response send(std::string method, std::string target, std::string body, std::string_view type) {
        return server.send(std::move(method), std::move(target), std::move(body), type);
    }
    static std::string map(int i, int value) { return TellingServer::map(i, value); }

    SimulatedLoop loop{1};
    TellingServer server;
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
