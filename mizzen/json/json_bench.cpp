// SPDX-License-Identifier: Apache-2.0
// How fast documents are read and written: a list of Deployments as JSON and YAML, and one struct by its table.
#include <benchmark/benchmark.h>

#include "mizzen/json/json.hpp"
#include "mizzen/json/reflect.hpp"
#include "mizzen/json/yaml.hpp"

namespace {

using namespace mizzen::json;

Value deployment(int i) {
    const std::string name = "shop-" + std::to_string(i);
    return parse(
        R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"annotations":{"deployment.kubernetes.io/revision":"1"},
        "creationTimestamp":"2026-01-31T12:00:00Z","generation":1,"labels":{"app":")" +
        name + R"("},"name":")" + name + R"(","namespace":"default",
        "resourceVersion":"4711","uid":"5b1f7d6e-8b7a-4a36-9e1b-0f9d2c7f4a11"},"spec":{"progressDeadlineSeconds":600,"replicas":3,
        "selector":{"matchLabels":{"app":")" +
        name + R"("}},"strategy":{"rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"},"type":"RollingUpdate"},
        "template":{"metadata":{"labels":{"app":")" +
        name + R"("}},"spec":{"containers":[{"env":[{"name":"LOG","value":"info"}],"image":"shop:1.25",
        "name":"shop","ports":[{"containerPort":8080,"protocol":"TCP"}],"resources":{"limits":{"memory":"128Mi"},"requests":{"cpu":"100m"}}}],
        "restartPolicy":"Always","terminationGracePeriodSeconds":30}}},"status":{"availableReplicas":3,"observedGeneration":1,"readyReplicas":3,
        "conditions":[{"lastUpdateTime":"2026-01-31T12:00:00Z","message":"Deployment has minimum availability.","status":"True","type":"Available"}]}})");
}

Value deployments(int n) {
    Array items;
    for (int i = 0; i < n; ++i) items.push_back(deployment(i));
    return Object{{"items", std::move(items)}, {"kind", "List"}};
}

void count_bytes(benchmark::State& state, std::size_t bytes) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(bytes));
}

void read_json(benchmark::State& state) {
    const std::string text = to_json(deployments(static_cast<int>(state.range(0))));
    for (auto _ : state) benchmark::DoNotOptimize(parse(text));
    count_bytes(state, text.size());
}
BENCHMARK(read_json)->Arg(1)->Arg(1000);

void write_json(benchmark::State& state) {
    const Value v = deployments(static_cast<int>(state.range(0)));
    std::size_t bytes = 0;
    for (auto _ : state) benchmark::DoNotOptimize(bytes = to_json(v).size());
    count_bytes(state, bytes);
}
BENCHMARK(write_json)->Arg(1)->Arg(1000);

void read_yaml(benchmark::State& state) {
    const std::string text = to_yaml(deployments(static_cast<int>(state.range(0))));
    for (auto _ : state) benchmark::DoNotOptimize(parse_yaml(text));
    count_bytes(state, text.size());
}
BENCHMARK(read_yaml)->Arg(1)->Arg(100);

void write_yaml(benchmark::State& state) {
    const Value v = deployments(static_cast<int>(state.range(0)));
    std::size_t bytes = 0;
    for (auto _ : state) benchmark::DoNotOptimize(bytes = to_yaml(v).size());
    count_bytes(state, bytes);
}
BENCHMARK(write_yaml)->Arg(100);

void many_keys(benchmark::State& state) {
    std::string text = "{";
    for (int i = 300'000; i > 0; --i) text += "\"" + std::to_string(i) + "\":1,";
    text.back() = '}';
    for (auto _ : state) benchmark::DoNotOptimize(parse(text));
    count_bytes(state, text.size());
}
BENCHMARK(many_keys)->Unit(benchmark::kMillisecond);

struct Secret {
    std::string path = field("Where.").required();
    std::string env = field("As what.");
};
struct Scale {
    int min_replicas = field("Fewest.", 2).min(0);
    int max_replicas = field("Most.", 10).min(1);
};
enum class Delivery { rolling, canary };
struct Spec {
    std::string image = field("What.").required();
    int replicas = field("How many.", 1).min(0);
    int port = field("Where.", 8080).min(1).max(65535);
    std::map<std::string, std::string> env = field("With what.");
    std::optional<Scale> autoscale = maybe("On load.");
    std::vector<Secret> secrets = field("Fresh.");
    Delivery delivery = field("How.", Delivery::rolling);
};

constexpr std::string_view spec_text =
    R"({"image":"shop:1","replicas":3,"env":{"LOG":"info"},"autoscale":{"maxReplicas":20},"secrets":[{"path":"kv/data/db","env":"DB"}],"delivery":"canary"})";

void decode_struct(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(from_json<Spec>(spec_text));
    count_bytes(state, spec_text.size());
}
BENCHMARK(decode_struct);

void encode_struct(benchmark::State& state) {
    const auto spec = from_json<Spec>(spec_text);
    std::size_t bytes = 0;
    for (auto _ : state) benchmark::DoNotOptimize(bytes = to_json(spec).size());
    count_bytes(state, bytes);
}
BENCHMARK(encode_struct);

void construct_struct(benchmark::State& state) {
    for (auto _ : state) {
        Spec s;
        benchmark::DoNotOptimize(s);
    }
}
BENCHMARK(construct_struct);

}  // namespace

BENCHMARK_MAIN();
