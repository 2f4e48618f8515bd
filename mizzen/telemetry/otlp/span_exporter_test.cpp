// SPDX-License-Identifier: Apache-2.0
// Spans from a full queue to a receiver: over a simulated network, with receivers that are absent, busy or silent.
#include "mizzen/telemetry/otlp/span_exporter.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/net/client.hpp"
#include "mizzen/net/server.hpp"
#include "mizzen/net/simulated_network.hpp"

namespace mizzen::telemetry::otlp {
namespace {
using namespace std::chrono_literals;

std::unique_ptr<SpanData> a_span(std::uint64_t id) {
    auto span = std::make_unique<SpanData>();
    span->context.trace = TraceId{1, id + 1};
    span->context.span = SpanId{id + 1};
    span->context.flags.bits = TraceFlags::sampled_bit;
    span->name = "work";
    return span;
}

struct Collector final : net::Handler {
    enum class Mood { takes, is_busy, is_silent, refuses } mood = Mood::takes;
    std::size_t spans = 0;
    int requests = 0;

    Task<net::Response> handle(net::Request request) override {
        ++requests;
        EXPECT_EQ(request.target, "/v1/traces");
        const json::Value body = json::parse(co_await request.body.read_all());
        if (mood == Mood::is_silent) co_await delay(1000h);
        if (mood == Mood::is_busy) co_return net::Response{.status = 503, .headers = {{"retry-after", "2"}}};
        if (mood == Mood::refuses) co_return net::Response{.status = 400};
        for (const auto& resource : body.find("resourceSpans")->as_array())
            for (const auto& scope : resource.find("scopeSpans")->as_array())
                spans += scope.find("spans")->as_array().size();
        co_return net::Response{.status = 200, .headers = {{"content-type", "application/json"}}, .body = "{}"};
    }
};

struct World {
    explicit World(std::uint64_t seed = 1, BatchLimits limits = {})
        : loop(seed),
          network(loop),
          client(loop, network, {.host = "collector", .port = 4318}),
          exporter(loop, client, Signal::traces, {.protocol = Protocol::http_json}, Random(seed)),
          spans(exporter, {.attributes = {{"service.name", "shop"}}}),
          processor(loop, spans, limits) {}
    void listen() { server.emplace(loop, loop.run(network.listen("collector", 4318)), collector); }
    void fill(std::uint64_t count) {
        for (std::uint64_t id = 0; id < count; ++id) processor.ended(a_span(id));
    }
    // What was taken went one way, and what was tried went one way.
    void expect_sums() {
        const BatchCounts& b = processor.counts();
        EXPECT_EQ(b.taken, b.exported + b.failed + b.abandoned);
        const ExporterCounts& e = exporter.counts();
        EXPECT_EQ(e.delivered + e.rejected, b.exported);
        EXPECT_GE(e.given_up, b.failed);
        EXPECT_LE(e.given_up, b.failed + b.abandoned);
        EXPECT_EQ(e.delivered, collector.spans);
    }
    SimulatedLoop loop;
    net::SimulatedNetwork network;
    Collector collector;
    std::optional<net::Server> server;
    net::HttpClient client;
    Exporter exporter;
    OtlpSpanExporter spans;
    BatchProcessor processor;
};

TEST(OtlpSpanExporter, DeliversAFullQueueAtShutdown) {
    World w;
    w.listen();
    w.fill(3000);
    const BatchCounts counts = w.loop.run(w.processor.shut_down(5s));
    EXPECT_EQ(counts.exported, 2048u);
    EXPECT_EQ(counts.refused, 952u);
    EXPECT_EQ(w.collector.requests, 4);
    EXPECT_EQ(w.exporter.problem(), "");
    w.expect_sums();
}

TEST(OtlpSpanExporter, ShutdownKeepsItsDeadlineWhateverTheReceiverDoes) {
    using enum Collector::Mood;
    for (const bool listens : {true, false}) {
        for (const auto mood : {is_busy, is_silent, refuses}) {
            for (const Duration limit : {0s, 1s, 5s, 60s}) {
                World w;
                if (listens) w.listen();
                w.collector.mood = mood;
                w.fill(3000);
                const Time before = w.loop.now();
                const BatchCounts counts = w.loop.run(w.processor.shut_down(limit));
                EXPECT_LE(w.loop.now() - before, limit);
                EXPECT_EQ(counts.exported, 0u);
                EXPECT_EQ(counts.taken, counts.failed + counts.abandoned);
                if (limit == 60s) EXPECT_EQ(counts.failed, 2048u) << "each batch has its ten seconds";
                w.loop.run_until_idle();
                w.expect_sums();
            }
        }
    }
}

TEST(OtlpSpanExporter, AnAbsentReceiverIsWaitedForAsDocumented) {
    World w(1, {.batch = 512, .delay = 1s});
    w.fill(10);
    w.loop.run_for(3s);
    EXPECT_GE(w.exporter.counts().requests, 2u);
    EXPECT_NE(w.exporter.problem(), "");
    w.listen();
    w.loop.run_for(8s);
    EXPECT_EQ(w.collector.spans, 10u);
    EXPECT_EQ(w.exporter.problem(), "");
    w.loop.run(w.processor.shut_down(1s));
    w.expect_sums();
}

TEST(OtlpSpanExporter, ABusyReceiverIsAskedAgainWhenItSaid) {
    World w;
    w.listen();
    w.collector.mood = Collector::Mood::is_busy;
    w.fill(512);
    w.loop.run_for(11s);
    // At 0, 2, 4, 6 and 8 s and a little: the sixth would be too late.
    EXPECT_EQ(w.collector.requests, 5);
    EXPECT_EQ(w.processor.counts().failed, 512u);
}

TEST(OtlpSpanExporter, ConnectionsThatBreakLoseNothingThatWasTaken) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        World w(seed, {.batch = 20, .delay = 1s});
        w.listen();
        for (std::size_t n = 0; n < 10; n += 2) w.network.cut_after(n, 200 + seed * 150);
        w.fill(100);
        const BatchCounts counts = w.loop.run(w.processor.shut_down(60s));
        EXPECT_EQ(counts.exported, 100u) << seed << ": " << w.exporter.problem();
        EXPECT_GE(w.collector.spans, 100u) << "an answer that was lost makes a batch come twice, never not at all";
    }
}

// A silent receiver must not make the program grow: one batch as bytes, one queue of spans, nothing else.
TEST(OtlpSpanExporter, ASilentReceiverCostsABoundedQueue) {
    World w;
    w.listen();
    w.collector.mood = Collector::Mood::is_silent;
    for (int round = 0; round < 50; ++round) {
        w.fill(1000);
        w.loop.run_for(1s);
        EXPECT_LE(w.processor.waiting(), 2048u);
        EXPECT_LE(w.client.connections(), 2u);
    }
    const BatchCounts& b = w.processor.counts();
    EXPECT_EQ(b.taken + b.refused, 50'000u);
    EXPECT_EQ(b.failed, 5 * 512u) << "one batch in ten seconds";
}

}  // namespace
}  // namespace mizzen::telemetry::otlp
