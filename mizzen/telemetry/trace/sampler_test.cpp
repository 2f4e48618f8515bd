// SPDX-License-Identifier: Apache-2.0
// Who is sampled: by constants, by ratio, by the parent, consistently, by rate; and how the environment names it.
#include "mizzen/telemetry/trace/sampler.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/trace/threshold.hpp"

namespace mizzen::telemetry {
namespace {
using namespace std::chrono_literals;

SpanContext a_parent(bool sampled, bool remote, std::string_view ot = "") {
    SpanContext out{.trace = {1, 2}, .span = {3}, .flags = TraceFlags{}.with_sampled(sampled), .is_remote = remote};
    if (!ot.empty()) out.state = TraceState().with("ot", ot);
    return out;
}

SamplingResult asked(Sampler& sampler, const SpanContext& parent = {}, TraceId trace = {1, 2}) {
    return sampler.sample({.parent = parent, .trace = trace, .name = "x"});
}
bool keeps(Sampler& sampler, const SpanContext& parent = {}, TraceId trace = {1, 2}) {
    return asked(sampler, parent, trace).decision == Decision::record_and_sample;
}

TEST(Threshold, OfRatios) {
    struct Case {
        double ratio;
        std::string_view th;
    };
    for (const Case& c : {Case{1, "th:0"},
                          {2, "th:0"},
                          {0.5, "th:8"},
                          {0.25, "th:c"},
                          {0.75, "th:4"},
                          {1.0 / 3, "th:aaab"},
                          {0.1, "th:e666"},
                          {0.01, "th:fd70a"},
                          {0x1p-56, "th:ffffffffffffff"},
                          {0, ""},
                          {-1, ""},
                          {0x1p-57, ""},
                          {std::nan(""), ""}}) {
        const OtelTraceState state{.threshold = threshold_of(c.ratio)};
        EXPECT_EQ(state.to_string(), c.th) << c.ratio;
    }
    Random random(4);
    for (int i = 0; i < 2000; ++i) {
        const double ratio = std::pow(random.unit(), 12);
        if (ratio < 0x1p-40) continue;
        EXPECT_NEAR(ratio_of(threshold_of(ratio)) / ratio, 1, 0x1p-11) << ratio;
    }
}

TEST(OtelTraceState, Table) {
    struct Case {
        std::string_view text, canonical;
    };
    for (const Case& c : {Case{"th:8", "th:8"},
                          {"th:0", "th:0"},
                          {"th:c000", "th:c"},
                          {"rv:0123456789abcd", "rv:0123456789abcd"},
                          {"rv:6e6d1a75832a2f;th:ff;a:b;c:d", "th:ff;rv:6e6d1a75832a2f;a:b;c:d"},
                          {"th:", ""},
                          {"th:G", ""},
                          {"th:AB", ""},
                          {"th:123456789abcdef", ""},
                          {"rv:12", ""},
                          {"rv:0123456789abcde", ""},
                          {"", ""},
                          {"x:1", "x:1"},
                          {";;", ""}}) {
        EXPECT_EQ(OtelTraceState::parse(c.text).to_string(), c.canonical) << c.text;
    }
    const std::string full = "a:" + std::string(254, 'x');
    const TraceState state = TraceState::parse({"v=1,ot=" + full}).value();
    EXPECT_EQ((OtelTraceState{.threshold = 0, .others = full}.in(state).view()), "ot=th:0,v=1");
    EXPECT_EQ(OtelTraceState{}.in(state).view(), "v=1");
}

TEST(Sampler, ConstantsKeepTheParentsState) {
    const SpanContext parent = a_parent(true, true, "th:8");
    EXPECT_EQ(asked(*always_on(), parent).state, parent.state);
    EXPECT_TRUE(keeps(*always_on(), a_parent(false, true)));
    EXPECT_FALSE(keeps(*always_off(), parent));
    EXPECT_EQ(asked(*always_off(), parent).state, parent.state);
}

TEST(Sampler, ASmallerRatioKeepsASubset) {
    Random random(9);
    const auto tenth = trace_id_ratio(0.1), half = trace_id_ratio(0.5), all = trace_id_ratio(1),
               none = trace_id_ratio(0);
    int by_tenth = 0, by_half = 0;
    for (int i = 0; i < 20'000; ++i) {
        const TraceId trace = TraceId::draw(random);
        const bool in_tenth = keeps(*tenth, {}, trace), in_half = keeps(*half, {}, trace);
        EXPECT_TRUE(in_half || !in_tenth);
        EXPECT_TRUE(keeps(*all, {}, trace));
        EXPECT_FALSE(keeps(*none, {}, trace));
        by_tenth += in_tenth;
        by_half += in_half;
    }
    EXPECT_NEAR(by_tenth, 2'000, 200);
    EXPECT_NEAR(by_half, 10'000, 300);
    EXPECT_EQ(tenth->description(), "TraceIdRatioBased{0.100000}");
}

TEST(Sampler, TheParentDecides) {
    const auto follows = parent_based(always_off());
    EXPECT_FALSE(keeps(*follows));
    for (const bool remote : {false, true}) {
        EXPECT_TRUE(keeps(*follows, a_parent(true, remote)));
        EXPECT_FALSE(keeps(*follows, a_parent(false, remote)));
    }
    ParentSamplers samplers;
    samplers.root = always_on();
    samplers.remote_sampled = always_off();
    samplers.local_not_sampled = always_on();
    const auto odd = parent_based(std::move(samplers));
    EXPECT_TRUE(keeps(*odd));
    EXPECT_FALSE(keeps(*odd, a_parent(true, true)));
    EXPECT_FALSE(keeps(*odd, a_parent(false, true)));
    EXPECT_TRUE(keeps(*odd, a_parent(true, false)));
    EXPECT_TRUE(keeps(*odd, a_parent(false, false)));
    EXPECT_THROW(parent_based(std::unique_ptr<Sampler>()), Error);
}

TEST(ConsistentSampler, ComparesTheThresholdWithTheRandomnessOfTheTrace) {
    const auto half = consistent_probability(0.5);
    const TraceId high{1, 0x80000000000000}, low{1, 0xff7fffffffffffff};
    EXPECT_TRUE(keeps(*half, {}, high));
    EXPECT_EQ(asked(*half, {}, high).state.view(), "ot=th:8");
    EXPECT_FALSE(keeps(*half, {}, low));
    EXPECT_TRUE(asked(*half, {}, low).state.empty());
    EXPECT_FALSE(keeps(*half, a_parent(true, true, "rv:7fffffffffffff"), high)) << "rv goes before the id";
    EXPECT_TRUE(keeps(*half, a_parent(true, true, "rv:80000000000000"), low));
    EXPECT_EQ(asked(*half, a_parent(true, true, "th:c;rv:90000000000000"), low).state.view(),
              "ot=th:8;rv:90000000000000");
    EXPECT_EQ(asked(*half, a_parent(true, true, "th:1;a:b"), low).state.view(), "ot=a:b") << "dropped: no threshold";
    EXPECT_FALSE(keeps(*consistent_probability(0), {}, high));
}

TEST(ConsistentSampler, FollowsTheParentsThreshold) {
    const auto follows = consistent_parent(0);
    const TraceId high{1, 0x90000000000000}, low{1, 0x70000000000000};
    EXPECT_FALSE(keeps(*follows, {}, high));
    EXPECT_TRUE(keeps(*consistent_parent(1), {}, low));
    EXPECT_EQ(asked(*consistent_parent(1), {}, low).state.view(), "ot=th:0");
    EXPECT_TRUE(keeps(*follows, a_parent(true, true, "th:8"), high));
    EXPECT_EQ(asked(*follows, a_parent(true, true, "th:8"), high).state.view(), "ot=th:8");
    EXPECT_FALSE(keeps(*follows, a_parent(true, true, "th:8"), low)) << "the flag was not true";
    EXPECT_TRUE(keeps(*follows, a_parent(true, true), low));
    EXPECT_TRUE(asked(*follows, a_parent(true, true), low).state.empty()) << "nobody knows its probability";
    EXPECT_FALSE(keeps(*follows, a_parent(false, true), high));
}

TEST(RateLimit, AdmitsABurstAndThenTheRate) {
    RateLimit limit(10);
    Time now{};
    int first = 0;
    while (limit.admit(now)) ++first;
    EXPECT_EQ(first, 10);
    EXPECT_FALSE(limit.admit(now + 99ms));
    EXPECT_TRUE(limit.admit(now + 101ms));
    EXPECT_FALSE(limit.admit(now + 50ms)) << "time went back";
    int later = 0;
    for (int ms = 0; ms < 100'000; ++ms) later += limit.admit(now + 200ms + ms * 1ms);
    EXPECT_NEAR(later, 1000, 2);
    RateLimit slow(0.1), none(0), nonsense(std::nan(""));
    EXPECT_TRUE(slow.admit(now));
    EXPECT_FALSE(slow.admit(now + 9s));
    EXPECT_TRUE(slow.admit(now + 11s));
    EXPECT_FALSE(none.admit(now + 1h));
    EXPECT_FALSE(nonsense.admit(now + 1h));
    RateLimit far(1);
    EXPECT_TRUE(far.admit(Time::min()));
    EXPECT_TRUE(far.admit(Time::max()));
}

Task<int> kept_per_second(Sampler& sampler, int seconds) {
    int kept = 0;
    for (int i = 0; i < 100 * seconds; ++i) {
        kept += keeps(sampler);
        co_await delay(10ms);
    }
    co_return kept;
}

TEST(RateLimit, AsASamplerOnALoop) {
    SimulatedLoop loop(1);
    const auto sampler = rate_limited(5, loop);
    EXPECT_NEAR(loop.run(kept_per_second(*sampler, 10)), 5 + 50, 2);
}

TEST(Configuration, SamplersByName) {
    struct Case {
        std::string_view name, argument, description;
        std::string_view warning;
    };
    constexpr std::string_view on = "ParentBased{root:AlwaysOnSampler,", half = "TraceIdRatioBased{0.500000}";
    constexpr std::string_view bad_ratio = "OTEL_TRACES_SAMPLER_ARG: expected a number from 0 to 1 such as 0.25, got ";
    for (const Case& c : std::vector<Case>{
             {"", "", on, ""},
             {"", "7", on, ""},
             {"always_on", "", "AlwaysOnSampler", ""},
             {" always_off ", "", "AlwaysOffSampler", ""},
             {"traceidratio", "0.5", half, ""},
             {"traceidratio", " 0.5 ", half, ""},
             {"traceidratio", "", "TraceIdRatioBased{1.000000}", ""},
             {"traceidratio", "1.5", "TraceIdRatioBased{1.000000}", bad_ratio},
             {"traceidratio", "-0.1", "TraceIdRatioBased{1.000000}", bad_ratio},
             {"traceidratio", "nan", "TraceIdRatioBased{1.000000}", bad_ratio},
             {"traceidratio", "0.5x", "TraceIdRatioBased{1.000000}", bad_ratio},
             {"parentbased_always_on", "", on, ""},
             {"parentbased_always_off", "", "ParentBased{root:AlwaysOffSampler,", ""},
             {"parentbased_traceidratio", "0.5", "ParentBased{root:TraceIdRatioBased{0.500000},", ""},
             {"jaeger_remote", "", on,
              "OTEL_TRACES_SAMPLER: unknown sampler \"jaeger_remote\"; parentbased_always_on is used"},
             {"ALWAYS_OFF", "", on, "OTEL_TRACES_SAMPLER: unknown sampler"},
         }) {
        const ConfiguredSampler got = configure_sampler(c.name, c.argument);
        EXPECT_TRUE(got.sampler->description().starts_with(c.description))
            << c.name << " " << got.sampler->description();
        ASSERT_EQ(got.warnings.empty(), c.warning.empty()) << c.name << " " << c.argument;
        if (!c.warning.empty()) EXPECT_TRUE(got.warnings[0].starts_with(c.warning)) << got.warnings[0];
    }
}

}  // namespace
}  // namespace mizzen::telemetry
