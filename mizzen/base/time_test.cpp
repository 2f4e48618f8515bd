// SPDX-License-Identifier: Apache-2.0
// Times and durations as text, held against what Go makes of the same.
#include "mizzen/base/time.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace mizzen {
namespace {

using namespace std::chrono_literals;

constexpr WallTime at(std::int64_t seconds, std::int64_t nanos = 0) {
    return WallTime(std::chrono::seconds(seconds) + std::chrono::nanoseconds(nanos));
}

TEST(Rfc3339, IsWrittenInUtc) {
    EXPECT_EQ(to_rfc3339(at(0)), "1970-01-01T00:00:00Z");
    EXPECT_EQ(to_rfc3339(at(1769860800, 999'999'999)), "2026-01-31T12:00:00Z");
    EXPECT_EQ(to_rfc3339(at(-1, 500'000'000)), "1969-12-31T23:59:59Z");
    EXPECT_EQ(to_rfc3339_micro(at(1769860800, 1'234'567)), "2026-01-31T12:00:00.001234Z");
    EXPECT_EQ(to_rfc3339_micro(at(-1)), "1969-12-31T23:59:59.000000Z");
}

TEST(Rfc3339, IsRead) {
    struct Case {
        std::string_view text;
        WallTime time;
    };
    const Case cases[] = {
        {"1970-01-01T00:00:00Z", at(0)},
        {"2026-01-31T12:00:00Z", at(1769860800)},
        {"2026-01-31t12:00:00z", at(1769860800)},
        {"2026-01-31T13:30:00+01:30", at(1769860800)},
        {"2026-01-31T04:00:00-08:00", at(1769860800)},
        {"2026-01-31T12:00:00.5Z", at(1769860800, 500'000'000)},
        {"2026-01-31T12:00:00.123456789987Z", at(1769860800, 123'456'789)},
        {"2024-02-29T00:00:00Z", at(1709164800)},
        {"1969-12-31T23:59:59.9Z", at(-1, 900'000'000)},
        {"1678-01-01T00:00:00Z", at(-9214560000)},
    };
    for (const Case& c : cases) EXPECT_EQ(parse_rfc3339(c.text), c.time) << c.text;
}

TEST(Rfc3339, RefusesOtherTexts) {
    for (const std::string_view bad : {"",
                                       "2026",
                                       "2026-01-31",
                                       "2026-01-31T12:00:00",
                                       "2026-01-31 12:00:00Z",
                                       "2026-13-01T00:00:00Z",
                                       "2026-00-01T00:00:00Z",
                                       "2025-02-29T00:00:00Z",
                                       "2026-01-32T00:00:00Z",
                                       "2026-01-31T24:00:00Z",
                                       "2026-01-31T12:60:00Z",
                                       "2026-01-31T12:00:60Z",
                                       "2026-01-31T12:00:00.Z",
                                       "2026-01-31T12:00:00,5Z",
                                       "2026-01-31T12:00:00+24:00",
                                       "2026-01-31T12:00:00+01:60",
                                       "2026-01-31T12:00:00+0100",
                                       "2026-01-31T12:00:00Zx",
                                       "2026-1-31T12:00:00Z",
                                       "20260131T120000Z",
                                       "0001-01-01T00:00:00Z",
                                       "9999-12-31T23:59:59Z"})
        EXPECT_FALSE(parse_rfc3339(bad)) << bad;
}

TEST(Duration, IsRead) {
    struct Case {
        std::string_view text;
        Duration duration;
    };
    const Case cases[] = {
        {"0", 0s},
        {"+0", 0s},
        {"-0", 0s},
        {"0s", 0s},
        {"5s", 5s},
        {"-5s", -5s},
        {"+5s", 5s},
        {"1h30m", 90min},
        {"1.5h", 90min},
        {"-1.5s", -1500ms},
        {"250ms", 250ms},
        {".5s", 500ms},
        {"5.s", 5s},
        {"1us", 1us},
        {"1µs", 1us},
        {"1μs", 1us},
        {"1ns", 1ns},
        {"1m1s1ms1us1ns", 1min + 1s + 1ms + 1us + 1ns},
        {"3s3s", 6s},
        {"0.3333333333333333333h", 20min},
        {"0.100000000000000000000h", 6min},
        {"9223372036854775807ns", Duration::max()},
        {"-9223372036854775808ns", Duration::min()},
        {"0.9223372036854775807h", Duration(3320413933267)},
        {"2562047h47m16.854775807s", Duration::max()},
    };
    for (const Case& c : cases) EXPECT_EQ(parse_duration(c.text), c.duration) << c.text;
}

TEST(Duration, RefusesOtherTexts) {
    for (const std::string_view bad : {"",
                                       "5",
                                       "-",
                                       "+",
                                       "s",
                                       ".",
                                       ".s",
                                       "-.s",
                                       "1x",
                                       "1d",
                                       " 1s",
                                       "1s ",
                                       "1 s",
                                       "1s-1s",
                                       "--1s",
                                       "1.2.3s",
                                       "1e3s",
                                       "9223372036854775808ns",
                                       "-9223372036854775809ns",
                                       "9223372036855s1000000h",
                                       "2562048h",
                                       "99999999999999999999s"})
        EXPECT_FALSE(parse_duration(bad)) << bad;
}

TEST(Duration, IsWrittenAsGoDoes) {
    struct Case {
        Duration duration;
        std::string_view text;
    };
    const Case cases[] = {
        {0s, "0s"},
        {1ns, "1ns"},
        {1100ns, "1.1µs"},
        {2200us, "2.2ms"},
        {3300ms, "3.3s"},
        {5min, "5m0s"},
        {90min, "1h30m0s"},
        {5min + 1ms, "5m0.001s"},
        {25h, "25h0m0s"},
        {-1500ms, "-1.5s"},
        {Duration::max(), "2562047h47m16.854775807s"},
        {Duration::min(), "-2562047h47m16.854775808s"},
        {999ns, "999ns"},
        {1s, "1s"},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(to_string(c.duration), c.text);
        EXPECT_EQ(parse_duration(c.text), c.duration) << c.text;
    }
}

TEST(Age, ReadsAsKubectlShowsIt) {
    struct Case {
        Duration age;
        std::string_view text;
    };
    const Case cases[] = {
        {0s, "0s"},
        {999ms, "0s"},
        {5s, "5s"},
        {119s, "119s"},
        {120s, "2m"},
        {200s, "3m20s"},
        {599s, "9m59s"},
        {600s, "10m"},
        {659s, "10m"},
        {179min, "179m"},
        {180min, "3h"},
        {4h, "4h"},
        {7h + 59min, "7h59m"},
        {8h + 10min, "8h"},
        {47h, "47h"},
        {48h, "2d"},
        {49h, "2d1h"},
        {191h, "7d23h"},
        {192h, "8d"},
        {24h * 729, "729d"},
        {24h * 730, "2y"},
        {24h * 740, "2y10d"},
        {24h * 365 * 8, "8y"},
        {24h * 366 * 9, "9y"},
        {-1s, "0s"},
        {-1999ms, "0s"},
        {-2s, "<invalid>"},
        {-1h, "<invalid>"},
    };
    for (const Case& c : cases) EXPECT_EQ(to_age(c.age), c.text) << c.age.count();
}

}  // namespace
}  // namespace mizzen
