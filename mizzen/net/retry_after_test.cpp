// SPDX-License-Identifier: Apache-2.0
// Retry-After in all its forms.
#include "mizzen/net/retry_after.hpp"

#include <gtest/gtest.h>

namespace mizzen::net {
namespace {
using namespace std::chrono_literals;

TEST(RetryAfter, IsSecondsOrADate) {
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

}  // namespace
}  // namespace mizzen::net
