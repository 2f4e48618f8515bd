// SPDX-License-Identifier: Apache-2.0
// Which failures are retried, and the pauses between attempts.
#include "mizzen/telemetry/otlp/detail/retry.hpp"

#include <gtest/gtest.h>

#include <set>

namespace mizzen::telemetry::otlp {
namespace {
using namespace std::chrono_literals;

TEST(Retry, OverHttpOnlyFourStatuses) {
    std::set<int> retried;
    for (int status = 0; status < 1000; ++status)
        if (is_retryable(status)) retried.insert(status);
    EXPECT_EQ(retried, (std::set<int>{429, 502, 503, 504}));
}

TEST(Retry, OverGrpcTheCodesOfTheSpecification) {
    using enum GrpcCode;
    const std::set<GrpcCode> retried = {cancelled, deadline_exceeded, aborted, out_of_range, unavailable, data_loss};
    for (int n = 0; n <= 16; ++n) {
        const auto code = static_cast<GrpcCode>(n);
        EXPECT_EQ(is_retryable(code, false), retried.contains(code)) << to_string(code);
        EXPECT_EQ(is_retryable(code, true), retried.contains(code) || code == resource_exhausted) << to_string(code);
    }
    EXPECT_FALSE(is_retryable(static_cast<GrpcCode>(200), true));
    EXPECT_EQ(to_string(unavailable), "UNAVAILABLE");
    EXPECT_EQ(to_string(unauthenticated), "UNAUTHENTICATED");
    EXPECT_EQ(to_string(static_cast<GrpcCode>(200)), "UNKNOWN");
}

TEST(RetrySchedule, PausesGrowAndAreBlurred) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        Random random(seed);
        RetrySchedule schedule(Time(1h));
        for (const Duration most : {1s, 2s, 4s, 5s, 5s, 5s}) {
            const auto pause = schedule.pause(Time(0s), std::nullopt, random);
            ASSERT_TRUE(pause);
            EXPECT_GE(*pause, most / 2);
            EXPECT_LE(*pause, most);
        }
    }
    Random a(1), b(2);
    EXPECT_NE(RetrySchedule(Time(1h)).pause({}, {}, a), RetrySchedule(Time(1h)).pause({}, {}, b));
}

TEST(RetrySchedule, KeepsToWhatTheReceiverAsksFor) {
    Random random(1);
    RetrySchedule schedule(Time(60s));
    EXPECT_EQ(schedule.pause(Time(0s), 7s, random), Duration(7s));
    EXPECT_EQ(schedule.pause(Time(7s), 100ms, random), Duration(100ms));
    EXPECT_GE(schedule.pause(Time(8s), 0s, random), Duration(2s))
        << "nobody spins; and the pauses have grown meanwhile";
    EXPECT_GE(schedule.pause(Time(8s), 99ms, random), Duration(2500ms));
    EXPECT_GE(schedule.pause(Time(8s), -5s, random), Duration(2500ms));
}

TEST(RetrySchedule, WaitsForNothingThatComesTooLate) {
    Random random(1);
    RetrySchedule schedule(Time(10s));
    EXPECT_EQ(schedule.pause(Time(0s), 10s, random), std::nullopt);
    EXPECT_EQ(schedule.pause(Time(0s), Duration::max(), random), std::nullopt);
    EXPECT_EQ(schedule.pause(Time(0s), 9999ms, random), Duration(9999ms));
    EXPECT_EQ(schedule.pause(Time(9900ms), std::nullopt, random), std::nullopt);
    EXPECT_EQ(schedule.pause(Time(11s), 100ms, random), std::nullopt);
}

}  // namespace
}  // namespace mizzen::telemetry::otlp
