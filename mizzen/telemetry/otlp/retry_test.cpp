// SPDX-License-Identifier: Apache-2.0
// Which failures are retried, Retry-After in all its forms, and the pauses between attempts.
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

TEST(Retry, ReadsRetryAfter) {
    constexpr WallTime now = WallTime(784111777s - 10s);  // 1994-11-06T08:49:27Z
    constexpr Duration century = 24h * 365 * 100;
    struct Case {
        std::string_view text;
        std::optional<Duration> wanted;
    };
    const Case cases[] = {
        {"0", 0s},
        {"120", 120s},
        {" 3 ", 3s},
        {"99999999999999999999999999", century},
        {"18446744073709551615", century},
        {"Sun, 06 Nov 1994 08:49:37 GMT", 10s},
        {"Sunday, 06-Nov-94 08:49:37 GMT", 10s},
        {"Sun Nov  6 08:49:37 1994", 10s},
        {"Sun Nov 16 08:49:37 1994", 24h * 10 + 10s},
        {"Sun, 06 Nov 1994 08:49:27 GMT", 0s},
        {"Sun, 06 Nov 1993 08:49:37 GMT", 0s},
        {"Mon, 01 Jan 0001 00:00:00 GMT", 0s},
        {"Fri, 31 Dec 9999 23:59:60 GMT", century},
        {"Friday, 06-Nov-43 08:49:27 GMT", 24h * (365 * 49 + 12)},
        {"Sunday, 06-Nov-45 08:49:37 GMT", 0s},  // 51 years ahead: 1945 is meant
        {"", std::nullopt},
        {"-1", std::nullopt},
        {"+1", std::nullopt},
        {"1.5", std::nullopt},
        {"soon", std::nullopt},
        {"Sun, 06 Nov 1994 08:49:37", std::nullopt},
        {"Sun, 06 Nov 1994 08:49:37 CET", std::nullopt},
        {"Sun, 31 Feb 1994 08:49:37 GMT", std::nullopt},
        {"Sun, 06 Nov 1994 24:49:37 GMT", std::nullopt},
        {"Sun, 06 Nov 1994 8:49:37 GMT", std::nullopt},
        {"Sun, 06 Now 1994 08:49:37 GMT", std::nullopt},
        {"Day, 06 Nov 1994 08:49:37 GMT", std::nullopt},
        {"Sun Nov 6 08:49:37 1994", std::nullopt},
        {"Sun Nov  6 08:49:37 1994 GMT", std::nullopt},
    };
    for (const Case& c : cases) EXPECT_EQ(parse_retry_after(c.text, now), c.wanted) << c.text;
    EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now + 250ms), Duration(9750ms));
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
