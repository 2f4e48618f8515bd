// SPDX-License-Identifier: Apache-2.0
// Label values of every kind, the cap, and how much memory a series takes.
#include "mizzen/telemetry/metrics/series_table.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "mizzen/base/utf8.hpp"

namespace mizzen::telemetry {
namespace {

using Values = std::vector<std::string_view>;

TEST(SeriesTable, FindsTheSameSeriesAgain) {
    SeriesTable table(2, 10, 1, false);
    const Slot ab = table.at(Values{"a", "b"});
    EXPECT_NE(ab, 0u);
    EXPECT_EQ(table.at(Values{"a", "b"}), ab);
    // What is written one after the other must not be confused.
    std::set<Slot> slots = {ab};
    for (const Values& other :
         {Values{"ab", ""}, Values{"", "ab"}, Values{"b", "a"}, Values{"a", "b "}, Values{"", ""}})
        EXPECT_TRUE(slots.insert(table.at(other)).second) << other[0] << '|' << other[1];
    EXPECT_EQ(table.list().slots.size(), 6u);
    EXPECT_EQ(table.list().overflow, 0u);
}

TEST(SeriesTable, TakesEveryCharacterAndMendsWhatIsNoUtf8) {
    SeriesTable table(1, 100, 1, false);
    const std::vector<std::string> good = {"é",      "花火", "😱",    std::string("\0", 1), "\u200f\u202e",
                                           "\"\\\n", "\x7f", "\ufffe"};
    for (const std::string& text : good) table.at(Values{text});
    const std::vector<std::string> bad = {"\xff", "\xfe", "\xed\xa0\x80", "\xc0\xaf", "\xf5\x80\x80\x80", "a\xe7\x81"};
    for (const std::string& text : bad) table.at(Values{text});
    EXPECT_EQ(table.at(Values{"\xff"}), table.at(Values{"\xfe"}));  // both are one U+FFFD
    EXPECT_EQ(table.at(Values{"\xff"}), table.at(Values{"\xef\xbf\xbd"}));

    const SeriesTable::Series all = table.list();
    std::set<std::string> seen;
    for (std::size_t row = 0; row < all.slots.size(); ++row) {
        EXPECT_TRUE(is_utf8(all.labels.at(row, 0)));
        EXPECT_TRUE(seen.insert(std::string(all.labels.at(row, 0))).second) << "twice: " << all.labels.at(row, 0);
    }
    for (const std::string& text : good) EXPECT_TRUE(seen.contains(text)) << text;
}

TEST(SeriesTable, CutsLongValuesBetweenCharacters) {
    SeriesTable table(1, 100, 1, false);
    const std::string huge(100u << 20, 'x');
    EXPECT_EQ(table.at(Values{huge}), table.at(Values{std::string(most_value_bytes, 'x')}));
    std::string wide;
    while (wide.size() < 2000) wide += "火";
    table.at(Values{wide});
    table.at(Values{std::string(2000, '\xff')});
    const SeriesTable::Series all = table.list();
    ASSERT_EQ(all.slots.size(), 3u);
    EXPECT_EQ(all.labels.at(1, 0), wide.substr(0, 1023));
    EXPECT_EQ(all.labels.at(2, 0).size(), 1023u);
    EXPECT_TRUE(is_utf8(all.labels.at(2, 0)));
}

TEST(SeriesTable, StopsAtItsCapWithoutForgettingAnyone) {
    SeriesTable table(1, 100, 1, false);
    std::vector<Slot> slots;
    for (int i = 0; i < 100; ++i) slots.push_back(table.at(Values{std::to_string(i)}));
    const std::size_t bytes = table.bytes();
    const Slot overflow = table.at(Values{"one more"});
    for (int i = 0; i < 1'000'000; ++i) ASSERT_EQ(table.at(Values{"new" + std::to_string(i)}), overflow);
    EXPECT_EQ(table.bytes(), bytes);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(table.at(Values{std::to_string(i)}), slots[static_cast<std::size_t>(i)]);
    EXPECT_EQ(table.list().overflow, overflow);
    EXPECT_EQ(table.list().slots, slots);
}

TEST(SeriesTable, TakesAtMost160BytesForACounterWithThreeLabels) {
    constexpr std::uint32_t series = 100'000;
    SeriesTable table(3, series, 1, false);
    for (std::uint32_t i = 0; i < series; ++i) table.at(Values{"GET", "/api/v1/items/" + std::to_string(i), "200"});
    const double bytes = static_cast<double>(table.bytes()) / series + sizeof(Cell);
    RecordProperty("bytes_per_series", std::to_string(bytes));
    EXPECT_LE(bytes, 160);
}

TEST(SeriesTable, MakesEachSeriesOnceForAllThreads) {
    SeriesTable table(1, 2000, 1, false);
    std::vector<std::vector<Slot>> found(4, std::vector<Slot>(2000));
    std::vector<std::thread> threads;
    for (std::vector<Slot>& slots : found)
        threads.emplace_back([&] {
            for (std::size_t i = 0; i < slots.size(); ++i) slots[i] = table.at(Values{std::to_string(i)});
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(found[0], found[1]);
    EXPECT_EQ(found[0], found[2]);
    EXPECT_EQ(found[0], found[3]);
    EXPECT_EQ(std::set<Slot>(found[0].begin(), found[0].end()).size(), 2000u);
    EXPECT_EQ(table.list().overflow, 0u);
}

}  // namespace
}  // namespace mizzen::telemetry
