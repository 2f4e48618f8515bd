// SPDX-License-Identifier: Apache-2.0
// The rules of W3C Trace Context for tracestate, one line per case.
#include "mizzen/telemetry/trace/trace_state.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/random.hpp"

namespace mizzen::telemetry {
namespace {

std::string read(const std::vector<std::string_view>& fields) {
    const auto state = TraceState::parse(fields);
    return state ? std::string(state->view()) : "refused";
}

std::string members(int n) {
    std::string out;
    for (int i = 0; i < n; ++i) out += (i ? ",k" : "k") + std::to_string(i) + "=v";
    return out;
}

TEST(TraceState, Table) {
    const std::string z256(256, 'z'), z257(257, 'z');
    const std::string longest = z256 + "=" + z256, key_too_long = z257 + "=1", value_too_long = "a=" + z257;
    struct Case {
        std::vector<std::string_view> fields;
        std::string_view expected;
    };
    for (const Case& c : std::vector<Case>{
             {{}, ""},
             {{""}, ""},
             {{"foo=1"}, "foo=1"},
             {{"foo=1,bar=2"}, "foo=1,bar=2"},
             {{"foo=1", "bar=2"}, "foo=1,bar=2"},
             {{"foo=1", "", "bar=2"}, "foo=1,bar=2"},
             {{"foo=1 \t , \t bar=2, \t baz=3"}, "foo=1,bar=2,baz=3"},
             {{"foo=1,,bar=2,"}, "foo=1,bar=2"},
             {{"foo=1,foo=2"}, "foo=1"},
             {{"foo=1,bar=2", "foo=3"}, "foo=1,bar=2"},
             {{"foo= 1"}, "foo= 1"},
             {{"foo=a b"}, "foo=a b"},
             {{"foo@bar=1"}, "foo@bar=1"},
             {{"0foo_-*/@=1"}, "0foo_-*/@=1"},
             {{longest}, longest},
             {{key_too_long}, "refused"},
             {{value_too_long}, "refused"},
             {{"foo =1"}, "refused"},
             {{"FOO=1"}, "refused"},
             {{"foo.bar=1"}, "refused"},
             {{"@foo=1"}, "refused"},
             {{"_foo=1"}, "refused"},
             {{"foo"}, "refused"},
             {{"foo="}, "refused"},
             {{"=1"}, "refused"},
             {{"foo=1=2"}, "refused"},
             {{"foo=\x7f"}, "refused"},
             {{"foo=\xc3\xa4"}, "refused"},
             {{"foo=1", "bar"}, "refused"},
         }) {
        EXPECT_EQ(read(c.fields), c.expected) << (c.fields.empty() ? "" : c.fields[0]);
    }
    EXPECT_EQ(read({members(32)}), members(32));
    EXPECT_EQ(read({members(33)}), "refused");
}

TEST(TraceState, OwnMembersGoToTheFront) {
    const TraceState state = TraceState::parse({"a=1,b=2,c=3"}).value();
    EXPECT_EQ(state.with("b", "9").view(), "b=9,a=1,c=3");
    EXPECT_EQ(state.with("new", "x y").view(), "new=x y,a=1,b=2,c=3");
    EXPECT_EQ(state.with("Bad", "1"), state);
    EXPECT_EQ(state.with("a", "1,2"), state);
    EXPECT_EQ(state.without("a").view(), "b=2,c=3");
    EXPECT_TRUE(state.without("a").without("b").without("c").empty());
    EXPECT_EQ(state.find("b"), "2");
    EXPECT_EQ(state.find("d"), std::nullopt);
    EXPECT_EQ(TraceState().with("a", "1").view(), "a=1");
    const TraceState full = TraceState::parse({members(32)}).value().with("own", "1");
    EXPECT_EQ(full.find("own"), "1");
    EXPECT_EQ(full.find("k31"), std::nullopt);
    EXPECT_EQ(full.find("k30"), "v");
}

TEST(TraceState, LongMembersGoFirst) {
    const std::string large = "large=" + std::string(130, 'x');
    const TraceState state = TraceState::parse({"a=1," + large + ",b=2,c=3"}).value();
    EXPECT_EQ(state.to_header(), state.view());
    EXPECT_EQ(state.to_header(50), "a=1,b=2,c=3");
    EXPECT_EQ(state.to_header(8), "a=1,b=2");
    EXPECT_EQ(state.to_header(7), "a=1,b=2");
    EXPECT_EQ(state.to_header(2), "");
}

// Whatever is set, the list keeps its grammar, its limit and its last values.
TEST(TraceState, StaysValidUnderRandomChanges) {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        Random random(seed);
        TraceState state;
        for (int step = 0; step < 100; ++step) {
            const std::string key = "k" + std::to_string(random.below(40)), value(1 + random.below(200), 'v');
            state = random.below(4) ? state.with(key, value) : state.without(key);
            const auto read_back = TraceState::parse({state.view()});
            ASSERT_TRUE(read_back) << seed;
            ASSERT_EQ(*read_back, state) << seed;
            ASSERT_LE(state.to_header(512).size(), 512u) << seed;
            ASSERT_TRUE(TraceState::parse({state.to_header(512)})) << seed;
        }
    }
}

}  // namespace
}  // namespace mizzen::telemetry
