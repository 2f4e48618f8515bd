// SPDX-License-Identifier: Apache-2.0
// What a validation rule costs: compiling it once, evaluating it on every write.
#include <benchmark/benchmark.h>

#include "mizzen/cel/estimate.hpp"
#include "mizzen/cel/program.hpp"
#include "mizzen/json/json.hpp"

namespace {

using namespace mizzen;
using namespace mizzen::cel;

std::shared_ptr<const Shape> scalar(Shape::Kind kind) {
    auto out = std::make_shared<Shape>();
    out->kind = kind;
    out->most = 64;
    return out;
}

const Shape& shape() {
    static const Shape self = [] {
        auto tags = std::make_shared<Shape>();
        tags->kind = Shape::Kind::list;
        tags->element = scalar(Shape::Kind::string);
        tags->most = 10;
        Shape out;
        out.kind = Shape::Kind::object;
        out.has_properties = true;
        out.fields = {{"limit", "limit", scalar(Shape::Kind::integer)},
                      {"name", "name", scalar(Shape::Kind::string)},
                      {"replicas", "replicas", scalar(Shape::Kind::integer)},
                      {"tags", "tags", tags}};
        return out;
    }();
    return self;
}

Environment environment() {
    Environment out;
    out.add_variable("self", type_of(shape(), "self"));
    return out;
}

void evaluate(benchmark::State& state, std::string_view rule) {
    auto compiled = compile(rule, environment());
    auto data = json::parse(R"({"limit":5,"name":"shop-1","replicas":3,"tags":["a","b","c"]})");
    for (auto _ : state) {
        std::array<Value, 1> variables{read(data, shape())};
        benchmark::DoNotOptimize(compiled.program->run(variables, 1'000'000));
    }
}

void BM_Compare(benchmark::State& state) { evaluate(state, "self.replicas <= self.limit"); }
void BM_HasAndIn(benchmark::State& state) { evaluate(state, "!has(self.name) || self.name in ['shop-1', 'shop-2']"); }
void BM_AllStartWith(benchmark::State& state) {
    evaluate(state, "self.tags.all(t, t.startsWith('a') || size(t) == 1)");
}
void BM_Matches(benchmark::State& state) { evaluate(state, "self.name.matches('^[a-z0-9-]+$')"); }

void BM_Compile(benchmark::State& state) {
    auto env = environment();
    for (auto _ : state) {
        auto compiled = compile("self.tags.all(t, t.startsWith('a')) && self.replicas <= self.limit", env);
        benchmark::DoNotOptimize(estimate_cost(compiled.checked, shape()));
    }
}

BENCHMARK(BM_Compare);
BENCHMARK(BM_HasAndIn);
BENCHMARK(BM_AllStartWith);
BENCHMARK(BM_Matches);
BENCHMARK(BM_Compile);

}  // namespace
