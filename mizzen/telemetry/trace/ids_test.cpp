// SPDX-License-Identifier: Apache-2.0
// Identifiers are read strictly and written as they were read.
#include "mizzen/telemetry/trace/ids.hpp"

#include <gtest/gtest.h>

namespace mizzen::telemetry {
namespace {

TEST(Hex, Table) {
    struct Case {
        std::string_view text;
        std::optional<std::uint64_t> strict, any_case;
    };
    for (const Case& c : {Case{"0", 0, 0},
                          {"ff", 255, 255},
                          {"FF", std::nullopt, 255},
                          {"ffffffffffffffff", ~0ull, ~0ull},
                          {"", std::nullopt, std::nullopt},
                          {"0ffffffffffffffff", std::nullopt, std::nullopt},
                          {"g", std::nullopt, std::nullopt},
                          {" 1", std::nullopt, std::nullopt},
                          {"-1", std::nullopt, std::nullopt},
                          {"0x1", std::nullopt, std::nullopt},
                          {std::string_view("1\0", 2), std::nullopt, std::nullopt}}) {
        EXPECT_EQ(parse_hex(c.text), c.strict) << c.text;
        EXPECT_EQ(parse_hex(c.text, true), c.any_case) << c.text;
    }
}

TEST(Ids, AreNeverZero) {
    EXPECT_FALSE(TraceId{}.is_valid());
    EXPECT_FALSE(SpanId{}.is_valid());
    EXPECT_FALSE(TraceId::parse(std::string(32, '0')));
    EXPECT_FALSE(SpanId::parse(std::string(16, '0')));
    EXPECT_TRUE(TraceId::parse(std::string(31, '0') + "1"));
}

TEST(Ids, ReadWhatTheyWrite) {
    Random random(2);
    for (int i = 0; i < 1000; ++i) {
        const TraceId trace = TraceId::draw(random);
        const SpanId span = SpanId::draw(random);
        ASSERT_TRUE(trace.is_valid() && span.is_valid());
        EXPECT_EQ(TraceId::parse(trace.to_hex()), trace);
        EXPECT_EQ(SpanId::parse(span.to_hex()), span);
    }
}

TEST(TraceFlags, OnlySampledChanges) {
    const TraceFlags both{TraceFlags::known};
    EXPECT_EQ(both.with_sampled(false).bits, TraceFlags::random_bit);
    EXPECT_TRUE(both.with_sampled(false).is_random());
    EXPECT_EQ(TraceFlags{}.with_sampled(true).bits, TraceFlags::sampled_bit);
}

}  // namespace
}  // namespace mizzen::telemetry
