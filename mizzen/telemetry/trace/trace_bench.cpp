// SPDX-License-Identifier: Apache-2.0
// What a span costs: not sampled, sampled with three attributes, as a child; and what its context costs on the wire.
#include <benchmark/benchmark.h>

#include "mizzen/async/loop.hpp"
#include "mizzen/telemetry/trace/http_headers.hpp"
#include "mizzen/telemetry/trace/tracer.hpp"

namespace mizzen::telemetry {
namespace {

// The calendar of a real loop, without the rest of it.
class Clock final : public Loop {
  public:
    Clock() : Loop(Random(1)) {}
    Time now() const override { return {}; }
    WallTime wall() const override {
        timespec t{};
        clock_gettime(CLOCK_REALTIME, &t);
        return WallTime(std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec));
    }
    void enqueue(Waiter&) override {}
    void forget(Waiter&) override {}

  private:
    void run_until_done(std::coroutine_handle<>) override {}
};

struct Dropped final : SpanProcessor {
    void ended(std::unique_ptr<SpanData> span) override { benchmark::DoNotOptimize(span.get()); }
};

struct World {
    explicit World(std::unique_ptr<Sampler> sampler)
        : provider(clock, Random(1), std::move(sampler), dropped), tracer(provider, {.name = "bench"}) {}
    Clock clock;
    Dropped dropped;
    TracerProvider provider;
    Tracer tracer;
};

void span_with_attributes(const Tracer& tracer, const SpanStart& start) {
    Span span = tracer.start("GET /cart", start);
    span.set("http.request.method", "GET");
    span.set("http.response.status_code", 200);
    span.set("url.path", "/cart");
    benchmark::DoNotOptimize(&span);
}

void span_disabled(benchmark::State& state) {
    const Tracer off;
    for (auto _ : state) span_with_attributes(off, {});
}
BENCHMARK(span_disabled);

void span_unsampled(benchmark::State& state) {
    World world(parent_based(always_off()));
    for (auto _ : state) span_with_attributes(world.tracer, {});
}
BENCHMARK(span_unsampled)->Name("telemetry.span_unsampled_ns");

void span_unsampled_child(benchmark::State& state) {
    World world(parent_based(always_off()));
    const Span parent = world.tracer.start("parent");
    for (auto _ : state) span_with_attributes(world.tracer, {.parent = &parent});
}
BENCHMARK(span_unsampled_child);

void span_with_three_attributes(benchmark::State& state) {
    World world(parent_based(always_on()));
    for (auto _ : state) span_with_attributes(world.tracer, {});
}
BENCHMARK(span_with_three_attributes)->Name("telemetry.span_3attrs_ns");

void inject_and_extract(benchmark::State& state) {
    Random random(1);
    const auto propagator = configure_propagator("").propagator;
    const Propagated what{.span = {.trace = TraceId::draw(random), .span = SpanId::draw(random)}};
    for (auto _ : state) {
        net::Headers headers;
        HttpHeaderWriter writer(headers);
        propagator->inject(what, writer);
        Propagated back;
        propagator->extract(HttpHeaderReader(headers), back);
        benchmark::DoNotOptimize(&back);
    }
}
BENCHMARK(inject_and_extract);

}  // namespace
}  // namespace mizzen::telemetry
