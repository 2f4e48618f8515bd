// SPDX-License-Identifier: Apache-2.0
// Ticks as times: rates that have to be learnt, calendars that are set, rings that wrap around.
#include "mizzen/telemetry/logs/log_ticks.hpp"

#include <gtest/gtest.h>

#include "mizzen/telemetry/logs/log_ring.hpp"

namespace mizzen::telemetry {
namespace {

using namespace std::chrono_literals;

const WallTime noon = *parse_rfc3339("2026-01-31T12:00:00Z");

TEST(TickCalendar, LearnsTheRate) {
    TickCalendar calendar(1'000, noon);
    EXPECT_EQ(calendar.at(5'000), noon) << "nothing is known yet";
    calendar.show(1'000 + 3'000'000, noon + 1ms);  // 3 GHz
    EXPECT_EQ(calendar.at(1'000), noon);
    EXPECT_EQ(calendar.at(1'000 + 1'500'000), noon + 500us);
    EXPECT_EQ(calendar.at(1'000 + 3'000), noon + 1us);
    EXPECT_EQ(calendar.at(1'000 + 6'000'000), noon + 2ms) << "ahead of what was shown";
    EXPECT_EQ(calendar.at(1'000 - 300), noon - 100ns) << "and before it";
}

TEST(TickCalendar, IsExactForLongTimes) {
    TickCalendar calendar(0, noon);
    for (int day = 1; day <= 400; ++day) {
        const std::uint64_t ticks = std::uint64_t(day) * 86'400 * 2'000'000'000;
        calendar.show(ticks, noon + day * 24h);
        EXPECT_EQ(calendar.at(ticks - 2), noon + day * 24h - 1ns);
    }
}

TEST(TickCalendar, APoorFirstRateIsCorrected) {
    TickCalendar calendar(0, noon);
    calendar.show(100, noon + 1us);  // looks ten times slower than the 1 GHz that it is
    calendar.show(1'000'000'000, noon + 1s);
    EXPECT_EQ(calendar.at(500'000'000), noon + 500ms);
}

TEST(TickCalendar, GoesOnAtItsRateWhereTheCalendarIsSet) {
    for (const Duration step : {-1h, 1h}) {
        TickCalendar calendar(0, noon);
        calendar.show(2'000'000'000, noon + 1s);
        calendar.show(4'000'000'000, noon + 2s + step);
        EXPECT_EQ(calendar.at(4'000'000'000), noon + 2s + step);
        EXPECT_EQ(calendar.at(3'000'000'000), noon + 1500ms + step);
        calendar.show(6'000'000'000, noon + 3s + step);
        EXPECT_EQ(calendar.at(5'000'000'000), noon + 2500ms + step);
    }
}

TEST(TickCalendar, BearsAStandingAndARunningBackClock) {
    TickCalendar calendar(1'000, noon);
    calendar.show(1'000, noon);
    EXPECT_EQ(calendar.at(1'000), noon);
    calendar.show(2'000, noon + 1us);
    calendar.show(2'000, noon + 1us);
    calendar.show(1'500, noon + 2us);
    EXPECT_EQ(calendar.at(1'500), noon + 2us);
    EXPECT_EQ(calendar.at(1'600), noon + 2us + 100ns);
}

TEST(Ticks, OfTheProcessorGoForward) {
    const std::uint64_t before = hardware_ticks();
    const std::uint64_t mono = monotonic_ticks();
    while (monotonic_ticks() == mono) {
    }
    EXPECT_GT(hardware_ticks(), before);
}

void put(LogRing& ring, std::uint32_t size, char fill) {
    std::byte* entry = ring.reserve(size);
    ASSERT_NE(entry, nullptr);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(entry) % 8, 0u);
    std::memset(entry, fill, size);
    std::memcpy(entry, &size, sizeof size);
    ring.commit();
}

TEST(LogRing, CarriesEntriesOfAnySizeAroundItsEnd) {
    LogRing ring(1);
    ASSERT_EQ(ring.capacity(), 4096u);
    for (int i = 0; i < 5000; ++i) {
        const auto size = static_cast<std::uint32_t>(8 + 8 * (i * 7 % 255));
        put(ring, size, static_cast<char>(i));
        const std::byte* entry = ring.front(ring.written());
        ASSERT_NE(entry, nullptr);
        EXPECT_EQ(std::memcmp(entry, &size, sizeof size), 0);
        EXPECT_EQ(static_cast<char>(entry[size - 1]), size > 4 ? static_cast<char>(i) : 0);
        ring.pop();
        EXPECT_TRUE(ring.is_empty());
    }
    EXPECT_EQ(ring.take_dropped(), 0u);
}

TEST(LogRing, DropsWhatDoesNotFitAndGoesOn) {
    LogRing ring(4096);
    for (int i = 0; i < 4; ++i) put(ring, 1024, 'a');
    EXPECT_EQ(ring.reserve(8), nullptr);
    EXPECT_EQ(ring.reserve(8192), nullptr);
    EXPECT_EQ(ring.take_dropped(), 2u);
    EXPECT_EQ(ring.take_dropped(), 0u);
    const std::uint64_t mark = ring.written();
    ASSERT_NE(ring.front(mark), nullptr);
    ring.pop();
    put(ring, 1024, 'b');
    int left = 0;
    for (; ring.front(mark); ring.pop()) ++left;
    EXPECT_EQ(left, 3) << "not past the mark";
    EXPECT_NE(ring.front(ring.written()), nullptr);
}

}  // namespace
}  // namespace mizzen::telemetry
