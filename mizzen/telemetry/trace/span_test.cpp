// SPDX-License-Identifier: Apache-2.0
// What spans record, what they inherit, and how the current one follows a task.
#include "mizzen/telemetry/trace/span.hpp"

#include <gtest/gtest.h>

#include <map>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/trace/current_span.hpp"
#include "mizzen/telemetry/trace/tracer.hpp"

namespace mizzen::telemetry {
namespace {
using namespace std::chrono_literals;

struct Kept final : SpanProcessor {
    void ended(std::unique_ptr<SpanData> span) override { spans.push_back(std::move(span)); }
    std::vector<std::unique_ptr<SpanData>> spans;
};

struct World {
    explicit World(std::unique_ptr<Sampler> sampler = always_on(), SpanLimits limits = {})
        : provider(loop, Random(5), std::move(sampler), kept, limits),
          tracer(provider, {.name = "test", .version = "1"}) {}
    const SpanData& last() { return *kept.spans.back(); }

    SimulatedLoop loop{1};
    Kept kept;
    TracerProvider provider;
    Tracer tracer;
};

TEST(Span, RecordsWhatIsSaidAboutIt) {
    World world;
    const WallTime begin = world.loop.wall();
    const SpanContext other{.trace = {1, 2}, .span = {3}};
    {
        Span span = world.tracer.start("before", {.kind = SpanKind::client});
        ASSERT_TRUE(span.is_recording());
        span.set("text", "value");
        span.set("number", 7);
        span.set("number", 8);
        world.loop.run_for(1s);
        span.add_event("halfway", {{"n", 1}});
        span.add_link(other, {{"why", "batch"}});
        span.rename("after");
        span.set_status(StatusCode::error, "it broke");
        world.loop.run_for(1s);
        EXPECT_TRUE(world.kept.spans.empty());
    }
    ASSERT_EQ(world.kept.spans.size(), 1u);
    const SpanData& data = world.last();
    EXPECT_EQ(data.name.view(), "after");
    EXPECT_EQ(data.kind, SpanKind::client);
    EXPECT_EQ(data.attributes, (Attributes{{"text", "value"}, {"number", 8}}));
    EXPECT_EQ(data.start, begin);
    EXPECT_EQ(data.end, begin + 2s);
    ASSERT_EQ(data.events.size(), 1u);
    EXPECT_EQ(data.events[0].at, begin + 1s);
    EXPECT_EQ(data.events[0].attributes, (Attributes{{"n", 1}}));
    ASSERT_EQ(data.links.size(), 1u);
    EXPECT_EQ(data.links[0].span, other);
    EXPECT_EQ(data.status, (SpanStatus{StatusCode::error, "it broke"}));
    EXPECT_EQ(data.scope->name, "test");
    EXPECT_FALSE(data.parent.is_valid());
    EXPECT_TRUE(data.context.flags.is_sampled() && data.context.flags.is_random());
}

TEST(Span, EndsOnceAndIgnoresTheRest) {
    World world;
    Span span = world.tracer.start("a");
    span.end();
    span.set("late", 1);
    span.rename("late");
    span.add_event("late");
    span.set_status(StatusCode::ok);
    span.end();
    EXPECT_FALSE(span.is_recording());
    EXPECT_TRUE(span.context().is_valid());
    span = world.tracer.start("b");
    span = world.tracer.start("c");
    Span moved = std::move(span);
    moved.end();
    ASSERT_EQ(world.kept.spans.size(), 3u);
    EXPECT_EQ(world.kept.spans[0]->name.view(), "a");
    EXPECT_TRUE(world.kept.spans[0]->attributes.empty());
    EXPECT_EQ(world.kept.spans[1]->name.view(), "b");
    EXPECT_EQ(world.kept.spans[2]->name.view(), "c");
}

TEST(Span, DoesNotEndBeforeItStarts) {
    World world;
    Span span = world.tracer.start("a");
    span.end(world.loop.wall() - 1h);
    EXPECT_EQ(world.last().end, world.last().start);
}

TEST(Span, OkIsFinal) {
    using enum StatusCode;
    struct Case {
        std::vector<StatusCode> set;
        SpanStatus expected;
    };
    for (const Case& c : std::vector<Case>{{{}, {}},
                                           {{unset}, {}},
                                           {{error}, {error, "m"}},
                                           {{error, unset}, {error, "m"}},
                                           {{error, ok}, {ok, ""}},
                                           {{ok, error}, {ok, ""}},
                                           {{ok, unset}, {ok, ""}}}) {
        World world;
        Span span = world.tracer.start("a");
        for (const StatusCode code : c.set) span.set_status(code, "m");
        span.end();
        EXPECT_EQ(world.last().status, c.expected) << c.set.size();
    }
}

TEST(Span, WhatIsPastTheLimitsIsCounted) {
    World world(always_on(), {.attributes = {.count = 2, .value_length = 3},
                              .events = 1,
                              .links = 1,
                              .event_attributes = 1,
                              .link_attributes = 0});
    const Attribute given[] = {{"a", "long value"}};
    Span span = world.tracer.start("a", {.attributes = given});
    span.set("b", 1);
    span.set("c", 1);
    span.set("b", 2);
    for (int i = 0; i < 3; ++i) span.add_event("e", {{"x", "long value"}, {"y", 1}});
    for (int i = 0; i < 4; ++i) span.add_link({}, {{"x", 1}});
    span.end();
    const SpanData& data = world.last();
    EXPECT_EQ(data.attributes, (Attributes{{"a", "lon"}, {"b", 2}}));
    EXPECT_EQ(data.attributes.dropped(), 1u);
    ASSERT_EQ(data.events.size(), 1u);
    EXPECT_EQ(data.dropped_events, 2u);
    EXPECT_EQ(data.events[0].attributes, (Attributes{{"x", "lon"}}));
    EXPECT_EQ(data.events[0].attributes.dropped(), 1u);
    ASSERT_EQ(data.links.size(), 1u);
    EXPECT_EQ(data.dropped_links, 3u);
    EXPECT_EQ(data.links[0].attributes.dropped(), 1u);
}

TEST(Span, RecordsExceptions) {
    World world;
    Span span = world.tracer.start("a");
    span.record_exception(Error(ErrorKind::retry, "refused"));
    span.end();
    ASSERT_EQ(world.last().events.size(), 1u);
    EXPECT_EQ(world.last().events[0].name.view(), "exception");
    EXPECT_EQ(world.last().events[0].attributes,
              (Attributes{{"exception.type", "mizzen::Error"}, {"exception.message", "refused"}}));
}

TEST(Span, ChildrenInherit) {
    World world;
    const SpanContext elsewhere{.trace = {1, 2},
                                .span = {3},
                                .flags = {TraceFlags::sampled_bit},
                                .is_remote = true,
                                .state = TraceState().with("v", "1")};
    const Span remote({.span = elsewhere, .baggage = Baggage().with("user", "7")});
    EXPECT_FALSE(remote.is_recording());
    Span parent = world.tracer.start("parent", {.parent = &remote});
    EXPECT_EQ(parent.context().trace, elsewhere.trace);
    EXPECT_NE(parent.context().span, elsewhere.span);
    EXPECT_EQ(parent.context().state, elsewhere.state);
    EXPECT_EQ(parent.context().flags, elsewhere.flags) << "the random bit is copied, not made up";
    EXPECT_FALSE(parent.context().is_remote);
    EXPECT_EQ(parent.baggage().find("user")->value, "7");
    Span child = world.tracer.start("child", {.parent = &parent});
    child.end();
    EXPECT_EQ(world.last().parent, parent.context().span);
    EXPECT_FALSE(world.last().parent_is_remote);
    parent.end();
    EXPECT_EQ(world.last().parent, elsewhere.span);
    EXPECT_TRUE(world.last().parent_is_remote);
    const Span nothing;
    EXPECT_NE(world.tracer.start("root", {.parent = &nothing}).context().trace, elsewhere.trace);
}

TEST(Span, UnsampledOnesHaveAContextAndNoData) {
    World world(always_off());
    Span span = world.tracer.start("a");
    EXPECT_TRUE(span.context().is_valid());
    EXPECT_FALSE(span.context().flags.is_sampled());
    EXPECT_FALSE(span.is_recording());
    span.set("a", 1);
    span.end();
    EXPECT_TRUE(world.kept.spans.empty());
    SpanContext debug = span.context();
    debug.is_debug = true;
    const Span asked_for(Propagated{.span = debug});
    EXPECT_TRUE(world.tracer.start("b", {.parent = &asked_for}).is_recording());
}

// Adds what it saw, and records without sampling.
struct Curious final : Sampler {
    SamplingResult sample(const SamplingInput& in) override {
        std::vector<Attribute> seen{{"seen.name", in.name}, {"seen.attributes", in.attributes.size()}};
        seen.push_back({"seen.links", in.links.size()});
        return {Decision::record_only, in.parent.state.with("own", "1"), std::move(seen)};
    }
    std::string description() const override { return "Curious"; }
};

TEST(Span, SamplersSeeTheStartAndAddToIt) {
    World world(std::make_unique<Curious>());
    const Attribute attributes[] = {{"a", 1}, {"b", 2}};
    const SpanLink links[] = {{.span = {.trace = {1, 2}, .span = {3}}}};
    const WallTime at = world.loop.wall() - 1min;
    Span span = world.tracer.start("x", {.attributes = attributes, .links = links, .at = at});
    EXPECT_TRUE(span.is_recording());
    EXPECT_FALSE(span.context().flags.is_sampled());
    EXPECT_EQ(span.context().state.view(), "own=1");
    span.end();
    EXPECT_EQ(world.last().start, at);
    EXPECT_EQ(world.last().links.size(), 1u);
    EXPECT_EQ(world.last().attributes,
              (Attributes{{"a", 1}, {"b", 2}, {"seen.name", "x"}, {"seen.attributes", 2}, {"seen.links", 1}}));
}

TEST(TracerProvider, TheSeedDecidesTheIds) {
    World one, two;
    EXPECT_EQ(one.tracer.start("a").context(), two.tracer.start("a").context());
    two.provider.reseed(Random(6));
    EXPECT_NE(one.tracer.start("b").context().trace, two.tracer.start("b").context().trace);
}

TEST(Tracer, WithoutAProviderPassesTheParentOn) {
    World world;
    const Span parent = world.tracer.start("parent");
    const Tracer off;
    EXPECT_EQ(off.start("a", {.parent = &parent}).context(), parent.context());
    EXPECT_FALSE(off.start("a").context().is_valid());
}

// A small tree of work: each task opens a span below the current one and waits on the way.
Task<> work(World& world, std::string name, int depth) {
    Span span = world.tracer.start(name, {.parent = current_span(co_await context())});
    CurrentSpan current(co_await context(), span);
    co_await delay(Duration(world.loop.random().below(1000)));
    if (depth == 0) co_return;
    co_await work(world, name + "a", depth - 1);
    co_await yield();
    Scope scope(co_await context());
    scope.spawn(work(world, name + "b", depth - 1));
    scope.spawn(work(world, name + "c", depth - 1));
    co_await scope.join();
}

// Whatever the order of events, the parent of "xyz" is "xy".
TEST(CurrentSpan, FollowsTheTaskAcrossSuspension) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        World world;
        SimulatedLoop loop(seed);
        Scope scope(loop);
        for (const char* root : {"1", "2", "3"}) scope.spawn(work(world, root, 3));
        loop.run(scope.join());
        ASSERT_EQ(world.kept.spans.size(), 3u * 40);
        std::map<std::string, SpanId, std::less<>> ids;
        for (const auto& span : world.kept.spans) ids[std::string(span->name.view())] = span->context.span;
        for (const auto& span : world.kept.spans) {
            const std::string_view name = span->name.view();
            if (name.size() > 1) {
                ASSERT_EQ(span->parent, ids.find(name.substr(0, name.size() - 1))->second) << name << " " << seed;
            } else {
                ASSERT_FALSE(span->parent.is_valid());
            }
        }
    }
}

Task<> nested(World& world) {
    Context& here = co_await context();
    EXPECT_EQ(current_span(here), nullptr);
    Span outer = world.tracer.start("outer");
    {
        CurrentSpan in_outer(here, outer);
        Span inner = world.tracer.start("inner");
        {
            CurrentSpan in_inner(here, inner);
            co_await delay(1s);
            EXPECT_EQ(current_span(co_await context()), &inner);
        }
        EXPECT_EQ(current_span(here), &outer);
    }
    EXPECT_EQ(current_span(here), nullptr);
}

TEST(CurrentSpan, IsTheFormerOneAfterItsBlock) {
    World world;
    world.loop.run(nested(world));
}

}  // namespace
}  // namespace mizzen::telemetry
