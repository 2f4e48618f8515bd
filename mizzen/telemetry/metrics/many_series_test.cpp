// SPDX-License-Identifier: Apache-2.0
// A million sets of labels: memory is capped, nothing is lost, and the work grows as their number does.
#include <gtest/gtest.h>

#include <array>
#include <charconv>
#include <ctime>

#include "mizzen/telemetry/metrics/registry.hpp"
#include "mizzen/telemetry/metrics/series_table.hpp"

namespace mizzen::telemetry {
namespace {

struct User {
    std::string_view user;
    int shop;
};
struct Visits {
    Counter<User> visits = counter("shop_visits_total", "Visits.");
};

std::string_view text_of(std::array<char, 16>& buffer, std::uint32_t number) {
    return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr};
}

TEST(AMillionLabelSets, AreCountedInAsManySeriesAsTheCapSays) {
    Registry registry{WallTime()};
    const auto metrics = registry.make<Visits>();
    std::array<char, 16> buffer;
    for (std::uint32_t i = 0; i < 1'000'000; ++i) metrics.visits[{text_of(buffer, i), static_cast<int>(i % 7)}].add();
    const Snapshot snapshot = registry.collect(WallTime());
    const Family& family = snapshot.families.at(0);
    ASSERT_EQ(family.size(), default_cap + 1);
    const auto& points = std::get<std::vector<Number>>(family.points);
    EXPECT_EQ(std::get<std::uint64_t>(points.back()), 1'000'000u - default_cap);
    EXPECT_EQ(family.label_names.back(), overflow_label);
    std::uint64_t all = 0;
    for (const Number& point : points) all += std::get<std::uint64_t>(point);
    EXPECT_EQ(all, 1'000'000u);
}

TEST(AMillionLabelSets, TakeMemoryUpToTheCapAndNoMore) {
    SeriesTable table(1, default_cap, 1, false);
    const auto touch = [&](std::uint32_t from, std::uint32_t to) {
        std::array<char, 16> buffer;
        for (std::uint32_t i = from; i < to; ++i) {
            const std::string_view value = text_of(buffer, i);
            table.at({&value, 1});
        }
    };
    touch(0, default_cap);
    const std::size_t full = table.bytes();
    touch(default_cap, 1'000'000);
    EXPECT_EQ(table.bytes(), full);
    EXPECT_LT(full, default_cap * 100u);

    // Values as long as may be: the bound is the cap times what one series takes.
    SeriesTable wide(2, 100, 1, false);
    for (std::uint32_t i = 0; i < 2000; ++i) {
        const std::string value = std::to_string(i) + std::string(100'000, 'x');
        const std::array<std::string_view, 2> values = {value, value};
        wide.at(values);
    }
    EXPECT_LT(wide.bytes(), 100u * 2 * most_value_bytes * 3 / 2);
}

// Processor time, so that what else runs on the machine does not count; the smaller of three.
double seconds_for(std::uint32_t sets, std::uint32_t cap) {
    double best = 1e9;
    for (int round = 0; round < 3; ++round) {
        SeriesTable table(1, cap, 1, false);
        std::array<char, 16> buffer;
        const std::clock_t begin = std::clock();
        for (std::uint32_t i = 0; i < sets; ++i) {
            const std::string_view value = text_of(buffer, i);
            table.at({&value, 1});
        }
        table.list();
        best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    }
    return best;
}

TEST(AMillionLabelSets, CostInProportionToTheirNumber) {
    // Were it quadratic, eight times as many would cost 64 times as much.
    for (const std::uint32_t cap : {default_cap, 1'000'000u})
        EXPECT_LT(seconds_for(160'000, cap), seconds_for(20'000, cap) * 32) << "cap " << cap;
}

}  // namespace
}  // namespace mizzen::telemetry
