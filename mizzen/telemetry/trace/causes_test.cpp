// SPDX-License-Identifier: Apache-2.0
#include "mizzen/telemetry/trace/causes.hpp"

#include <gtest/gtest.h>

namespace mizzen::telemetry {
namespace {

SpanContext span(std::uint64_t seed) {
    Random random(seed);
    SpanContext out;
    out.trace = TraceId::draw(random);
    out.span = SpanId::draw(random);
    return out;
}

TEST(Causes, FindsWhoWroteAVersion) {
    Causes causes;
    causes.record(7, span(1), Time{});
    causes.record(8, span(2), Time{});
    EXPECT_EQ(causes.find(7, Time{})->span, span(1).span);
    EXPECT_EQ(causes.find(8, Time{})->trace, span(2).trace);
    EXPECT_FALSE(causes.find(9, Time{}));
    EXPECT_FALSE(causes.find(0, Time{}));
}

TEST(Causes, TheFirstOfAVersionCounts) {
    Causes causes;
    causes.record(7, span(1), Time{});
    causes.record(7, span(2), Time{});
    EXPECT_EQ(causes.find(7, Time{})->span, span(1).span);
}

TEST(Causes, ASpanThatIsNoneIsNobodysCause) {
    Causes causes;
    causes.record(7, SpanContext(), Time{});
    EXPECT_FALSE(causes.find(7, Time{}));
}

TEST(Causes, RemembersTheNewestVersionsOnly) {
    Causes causes(4);
    for (std::uint64_t version = 1; version <= 6; ++version) causes.record(version, span(version), Time{});
    EXPECT_FALSE(causes.find(2, Time{}));
    for (std::uint64_t version = 3; version <= 6; ++version)
        EXPECT_EQ(causes.find(version, Time{})->span, span(version).span);
}

TEST(Causes, ForgetsWhatIsLongAgo) {
    Causes causes(4, std::chrono::seconds(10));
    causes.record(1, span(1), Time{});
    EXPECT_TRUE(causes.find(1, Time{} + std::chrono::seconds(10)));
    EXPECT_FALSE(causes.find(1, Time{} + std::chrono::seconds(11)));
}

}  // namespace
}  // namespace mizzen::telemetry
