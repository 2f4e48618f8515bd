// SPDX-License-Identifier: Apache-2.0
// Every format on the wire: what is read, what is refused, what is written.
#include <gtest/gtest.h>

#include "mizzen/telemetry/trace/http_headers.hpp"
#include "mizzen/telemetry/trace/propagator.hpp"

namespace mizzen::telemetry {
namespace {

constexpr std::string_view trace_hex = "4bf92f3577b34da6a3ce929d0e0e4736", span_hex = "00f067aa0ba902b7";

SpanContext a_span(bool sampled = true) {
    return {.trace = *TraceId::parse(trace_hex),
            .span = *SpanId::parse(span_hex),
            .flags = TraceFlags{}.with_sampled(sampled)};
}

Propagated extracted(const Propagator& propagator, const net::Headers& headers) {
    Propagated out;
    propagator.extract(HttpHeaderReader(headers), out);
    return out;
}

std::string injected(const Propagator& propagator, const Propagated& what) {
    net::Headers headers;
    HttpHeaderWriter writer(headers);
    propagator.inject(what, writer);
    std::string out;
    for (const auto& [name, value] : headers) out += name + ": " + value + "\n";
    return out;
}

// "trace-span-flags", in the digits of traceparent, with "d" for debug; "none" where there is no span.
std::string shown(const Propagated& what) {
    if (!what.span.is_valid()) return "none";
    return to_traceparent(what.span).substr(3) + (what.span.is_debug ? "d" : "");
}

TEST(TraceParent, Table) {
    const std::string ids = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7";
    struct Case {
        std::string value, expected;
    };
    for (const Case& c : std::vector<Case>{
             {"00-" + ids + "-01", ids + "-01"},
             {"00-" + ids + "-00", ids + "-00"},
             {"00-" + ids + "-03", ids + "-03"},
             {"00-" + ids + "-ff", ids + "-03"},
             {" \t00-" + ids + "-01 ", ids + "-01"},
             {"cc-" + ids + "-01", ids + "-01"},
             {"cc-" + ids + "-01-what-the-future-will-be-like", ids + "-01"},
             {"cc-" + ids + "-01-", ids + "-01"},
             {"cc-" + ids + "-01.what", "none"},
             {"cc-" + ids + "-011", "none"},
             {"00-" + ids + "-01-", "none"},
             {"00-" + ids + "-01-x", "none"},
             {"ff-" + ids + "-01", "none"},
             {".0-" + ids + "-01", "none"},
             {"0-" + ids + "-01", "none"},
             {"000-" + ids + "-01", "none"},
             {"00-00000000000000000000000000000000-00f067aa0ba902b7-01", "none"},
             {"00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", "none"},
             {"00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", "none"},
             {"00-4bf92f3577b34da6a3ce929d0e0e4736-00F067AA0BA902B7-01", "none"},
             {"00-.bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "none"},
             {"00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01", "none"},
             {"00-" + ids + "-0", "none"},
             {"00-" + ids + "-0g", "none"},
             {"00-" + ids + "-0A", "none"},
             {"00-" + ids, "none"},
             {"00_" + ids + "-01", "none"},
             {"", "none"},
         }) {
        EXPECT_EQ(shown(extracted(*trace_context_propagator(), {{"TraceParent", c.value}})), c.expected) << c.value;
    }
}

TEST(TraceContext, OneTraceParentAndWhatStateBelongsToIt) {
    const std::string good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const auto w3c = trace_context_propagator();
    EXPECT_FALSE(extracted(*w3c, {{"traceparent", good}, {"traceparent", good}}).span.is_valid());
    EXPECT_FALSE(extracted(*w3c, {{"tracestate", "a=1"}}).span.is_valid());
    EXPECT_TRUE(extracted(*w3c, {{"traceparent", "bad"}, {"tracestate", "a=1"}}).span.state.empty());
    const Propagated both = extracted(*w3c, {{"traceparent", good}, {"tracestate", "a=1"}, {"TraceState", "b=2"}});
    EXPECT_EQ(both.span.state.view(), "a=1,b=2");
    EXPECT_TRUE(both.span.is_remote);
    const Propagated bad_state = extracted(*w3c, {{"traceparent", good}, {"tracestate", "a=1,B"}});
    EXPECT_TRUE(bad_state.span.is_valid());
    EXPECT_TRUE(bad_state.span.state.empty());
    EXPECT_EQ(injected(*w3c, both), "traceparent: " + good + "\ntracestate: a=1,b=2\n");
    EXPECT_EQ(injected(*w3c, {}), "");
}

TEST(Propagators, WhatIsMalformedChangesNothing) {
    for (const char* name : {"tracecontext", "b3", "b3multi", "jaeger", "baggage"}) {
        const auto propagator = configure_propagator(name).propagator;
        const Propagated before{.span = a_span(), .baggage = Baggage().with("a", "1")};
        Propagated after = before;
        const net::Headers bad{
            {"traceparent", "x"}, {"b3", "x"}, {"x-b3-traceid", "x"}, {"uber-trace-id", "x"}, {"baggage", "x"}};
        propagator->extract(HttpHeaderReader(bad), after);
        EXPECT_EQ(after, before) << name;
    }
}

TEST(B3, SingleTable) {
    const std::string ids = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7";
    struct Case {
        std::string value, expected;
    };
    for (const Case& c : std::vector<Case>{
             {ids, ids + "-00"},
             {ids + "-1", ids + "-01"},
             {ids + "-0", ids + "-00"},
             {ids + "-d", ids + "-01d"},
             {ids + "-1-00000000000000aa", ids + "-01"},
             {"a3ce929d0e0e4736-00f067aa0ba902b7-1", "0000000000000000a3ce929d0e0e4736-00f067aa0ba902b7-01"},
             {"0", "none"},
             {"1", "none"},
             {"d", "none"},
             {"", "none"},
             {ids + "-", "none"},
             {ids + "-2", "none"},
             {ids + "-true", "none"},
             {ids + "-1-", "none"},
             {ids + "-1-aa", "none"},
             {ids + "-1-00000000000000aa-x", "none"},
             {"4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-1", "none"},
             {"4bf9-00f067aa0ba902b7-1", "none"},
             {"00000000000000000000000000000000-00f067aa0ba902b7-1", "none"},
             {"4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-1", "none"},
         }) {
        EXPECT_EQ(shown(extracted(*b3_propagator(B3Form::multi), {{"b3", c.value}})), c.expected) << c.value;
    }
}

TEST(B3, SeveralFields) {
    const std::string trace(trace_hex), span(span_hex), ids = trace + "-" + span;
    const auto read = [&](net::Headers more) {
        net::Headers headers{{"X-B3-TraceId", trace}, {"X-B3-SpanId", span}};
        for (const auto& [name, value] : more) headers.add(name, value);
        return shown(extracted(*b3_propagator(B3Form::single), headers));
    };
    EXPECT_EQ(read({}), ids + "-00");
    EXPECT_EQ(read({{"X-B3-Sampled", "1"}}), ids + "-01");
    EXPECT_EQ(read({{"X-B3-Sampled", "true"}}), ids + "-01");
    EXPECT_EQ(read({{"X-B3-Sampled", "false"}}), ids + "-00");
    EXPECT_EQ(read({{"X-B3-Flags", "1"}, {"X-B3-Sampled", "0"}}), ids + "-01d");
    EXPECT_EQ(read({{"X-B3-Flags", "0"}, {"X-B3-Sampled", "1"}}), ids + "-01");
    EXPECT_EQ(read({{"X-B3-Sampled", "d"}}), "none");
    EXPECT_EQ(read({{"X-B3-Sampled", "yes"}}), "none");
    EXPECT_EQ(read({{"X-B3-ParentSpanId", "nonsense"}}), ids + "-00");
    EXPECT_EQ(read({{"b3", "a3ce929d0e0e4736-00f067aa0ba902b7-1"}}),
              "0000000000000000a3ce929d0e0e4736-" + span + "-01");
    EXPECT_EQ(read({{"b3", "malformed"}}), ids + "-00");
    EXPECT_EQ(read({{"X-B3-TraceId", trace}}), "none") << "two of them";
}

TEST(B3, Writes) {
    const std::string ids = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7";
    SpanContext debug = a_span();
    debug.is_debug = true;
    const auto single = b3_propagator(B3Form::single), multi = b3_propagator(B3Form::multi);
    EXPECT_EQ(injected(*single, {.span = a_span()}), "b3: " + ids + "-1\n");
    EXPECT_EQ(injected(*single, {.span = a_span(false)}), "b3: " + ids + "-0\n");
    EXPECT_EQ(injected(*single, {.span = debug}), "b3: " + ids + "-d\n");
    EXPECT_EQ(injected(*single, {}), "");
    const std::string both =
        "x-b3-traceid: " + std::string(trace_hex) + "\nx-b3-spanid: " + std::string(span_hex) + "\n";
    EXPECT_EQ(injected(*multi, {.span = a_span()}), both + "x-b3-sampled: 1\n");
    EXPECT_EQ(injected(*multi, {.span = debug}), both + "x-b3-flags: 1\n");
}

TEST(Jaeger, Table) {
    const std::string ids = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7";
    struct Case {
        std::string value, expected;
    };
    for (const Case& c : std::vector<Case>{
             {"4bf92f3577b34da6a3ce929d0e0e4736:00f067aa0ba902b7:0:1", ids + "-01"},
             {"4bf92f3577b34da6a3ce929d0e0e4736%3Af067aa0ba902b7%3a0%3a01", ids + "-01"},
             {"4BF92F3577B34DA6A3CE929D0E0E4736:f067aa0ba902b7:0:0", ids + "-00"},
             {"a3ce:b7:12:3", "0000000000000000000000000000a3ce-00000000000000b7-01d"},
             {"a3ce:b7:0:2", "0000000000000000000000000000a3ce-00000000000000b7-00"},
             {"a3ce:b7:0:ff", "0000000000000000000000000000a3ce-00000000000000b7-01d"},
             {"a3ce:b7:0:100", "none"},
             {"a3ce:b7:0:", "none"},
             {"a3ce:b7::1", "none"},
             {"a3ce:b7:1", "none"},
             {"a3ce:b7:0:1:1", "none"},
             {"0:b7:0:1", "none"},
             {"a3ce:0:0:1", "none"},
             {":b7:0:1", "none"},
             {"04bf92f3577b34da6a3ce929d0e0e4736:b7:0:1", "none"},
             {"a3ce:100f067aa0ba902b7:0:1", "none"},
             {"xyz:b7:0:1", "none"},
             {"", "none"},
         }) {
        EXPECT_EQ(shown(extracted(*jaeger_propagator(), {{"uber-trace-id", c.value}})), c.expected) << c.value;
    }
}

TEST(Jaeger, CarriesBaggageInFieldsOfTheirOwn) {
    const auto jaeger = jaeger_propagator();
    const Propagated in =
        extracted(*jaeger, {{"uberctx-User", "a%20b"}, {"UberCtx-n", "1"}, {"uberctx-", "x"}, {"other", "y"}});
    EXPECT_EQ(in.baggage, Baggage().with("user", "a b").with("n", "1"));
    const Propagated out{.span = a_span(false), .baggage = Baggage().with("k", "a b\r\n").with("no name", "x")};
    EXPECT_EQ(injected(*jaeger, out), "uber-trace-id: " + std::string(trace_hex) + ":" + std::string(span_hex) +
                                          ":0:0\nuberctx-k: a%20b%0D%0A\n");
    std::size_t fields = 0;
    net::Headers many;
    for (int i = 0; i < 200; ++i) many.add("uberctx-k" + std::to_string(i), "v");
    fields = extracted(*jaeger, many).baggage.size();
    EXPECT_EQ(fields, Baggage::most_members);
}

TEST(Configuration, PropagatorsByName) {
    struct Case {
        std::string_view text;
        std::vector<std::string_view> fields;
        std::size_t warnings;
    };
    for (const Case& c : std::vector<Case>{
             {"", {"traceparent", "tracestate", "baggage"}, 0},
             {"  ", {"traceparent", "tracestate", "baggage"}, 0},
             {"tracecontext", {"traceparent", "tracestate"}, 0},
             {" b3 , jaeger,", {"b3", "uber-trace-id"}, 0},
             {"b3,b3", {"b3"}, 0},
             {"b3multi", {"x-b3-traceid", "x-b3-spanid", "x-b3-sampled", "x-b3-flags"}, 0},
             {"none", {}, 0},
             {"none,b3", {}, 1},
             {"xray,baggage", {"baggage"}, 1},
             {"B3", {}, 1},
         }) {
        const ConfiguredPropagator got = configure_propagator(c.text);
        EXPECT_EQ(got.propagator->fields(), c.fields) << c.text;
        EXPECT_EQ(got.warnings.size(), c.warnings) << c.text;
    }
    EXPECT_EQ(configure_propagator("xray").warnings.at(0),
              "OTEL_PROPAGATORS: unknown propagator \"xray\" is left out; use tracecontext, baggage, b3, b3multi, "
              "jaeger or none");
}

TEST(Composite, TheLastOneThatFindsASpanCounts) {
    const auto both = configure_propagator("tracecontext,b3").propagator;
    const std::string w3c = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    EXPECT_EQ(shown(extracted(*both, {{"traceparent", w3c}, {"b3", "a3ce929d0e0e4736-00000000000000b7-0"}})),
              "0000000000000000a3ce929d0e0e4736-00000000000000b7-00");
    EXPECT_EQ(shown(extracted(*both, {{"traceparent", w3c}, {"b3", "0"}})), w3c.substr(3));
}

// What any propagator writes, it reads as the same.
TEST(Propagators, ReadWhatTheyWrite) {
    Random random(11);
    for (const char* name : {"tracecontext,baggage", "b3", "b3multi", "jaeger"}) {
        const auto propagator = configure_propagator(name).propagator;
        for (int i = 0; i < 200; ++i) {
            Propagated what{.span = {.trace = TraceId::draw(random), .span = SpanId::draw(random)}};
            what.span.flags = what.span.flags.with_sampled(random.below(2) == 0);
            what.span.is_remote = true;
            net::Headers headers;
            HttpHeaderWriter writer(headers);
            propagator->inject(what, writer);
            EXPECT_EQ(extracted(*propagator, headers), what) << name;
        }
    }
}

}  // namespace
}  // namespace mizzen::telemetry
