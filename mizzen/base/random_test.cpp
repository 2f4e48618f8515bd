// SPDX-License-Identifier: Apache-2.0
// The same seed gives the same numbers, and they are spread as they should.
#include "mizzen/base/random.hpp"

#include <gtest/gtest.h>

#include <map>

#include "mizzen/base/regex.hpp"

namespace mizzen {
namespace {

// Numbers of the reference implementation for the state that SplitMix64 makes of 0.
TEST(Random, IsXoshiro256) {
    Random random(0);
    EXPECT_EQ(random(), 0x99ec5f36cb75f2b4u);
    EXPECT_EQ(random(), 0xbf6e1f784956452au);
    EXPECT_EQ(random(), 0x1a5f849d4933e6e0u);
}

TEST(Random, SeedsDecide) {
    Random a(1), b(1), c(2);
    EXPECT_EQ(a(), b());
    EXPECT_NE(a(), c());
    EXPECT_NE(Random::from_system()(), Random::from_system()());
}

TEST(Random, BelowIsEvenAndBelow) {
    Random random(5);
    std::map<std::uint64_t, int> counts;
    for (int i = 0; i < 60'000; ++i) ++counts[random.below(6)];
    ASSERT_EQ(counts.size(), 6u);
    for (const auto& [value, count] : counts) EXPECT_NEAR(count, 10'000, 500) << value;
    EXPECT_EQ(random.below(0), 0u);
    EXPECT_EQ(random.below(1), 0u);
    for (int i = 0; i < 100; ++i) EXPECT_LT(random.below((std::uint64_t{1} << 63) + 1), (std::uint64_t{1} << 63) + 1);
}

TEST(Random, UnitIsAtLeastZeroAndBelowOne) {
    Random random(6);
    double sum = 0;
    for (int i = 0; i < 10'000; ++i) {
        const double u = random.unit();
        ASSERT_GE(u, 0);
        ASSERT_LT(u, 1);
        sum += u;
    }
    EXPECT_NEAR(sum / 10'000, 0.5, 0.02);
}

TEST(Random, NamesHaveTheirForm) {
    Random random(7);
    const Regex uuid("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"),
        suffix("^[bcdfghjklmnpqrstvwxz2456789]{5}$");
    for (int i = 0; i < 200; ++i) {
        const std::string u = random.uuid(), s = random.name_suffix();
        EXPECT_TRUE(uuid.search(u)) << u;
        EXPECT_TRUE(suffix.search(s)) << s;
    }
    EXPECT_EQ(random.name_suffix(10).size(), 10u);
    EXPECT_NE(random.uuid(), random.uuid());
}

}  // namespace
}  // namespace mizzen
