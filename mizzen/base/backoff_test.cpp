// SPDX-License-Identifier: Apache-2.0
// Growth, cap and spread of delays.
#include "mizzen/base/backoff.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace mizzen {
namespace {

using namespace std::chrono_literals;

TEST(Backoff, GrowsUpToItsCap) {
    Random random(1);
    const Backoff b{.first = 10ms, .most = 1s, .factor = 3, .jitter = Backoff::Jitter::none};
    const Duration expected[] = {0ms, 10ms, 30ms, 90ms, 270ms, 810ms, 1s, 1s};
    for (int i = 0; i < 8; ++i) EXPECT_EQ(b.delay(i, random), expected[i]) << i;
    EXPECT_EQ(b.delay(-1, random), 0ms);
    EXPECT_EQ(b.delay(std::numeric_limits<int>::max(), random), 1s);
}

TEST(Backoff, JitterSpreadsWithinItsBounds) {
    struct Case {
        Backoff::Jitter jitter;
        Duration least;
    };
    for (const Case& c : {Case{Backoff::Jitter::full, 0ms}, Case{Backoff::Jitter::equal, 500ms}}) {
        Random random(7);
        const Backoff b{.first = 1s, .most = 1s, .jitter = c.jitter};
        Duration least = 1h, most = 0s;
        for (int i = 0; i < 1000; ++i) {
            least = std::min(least, b.delay(1, random));
            most = std::max(most, b.delay(1, random));
        }
        EXPECT_GE(least, c.least);
        EXPECT_LT(least, c.least + 10ms);
        EXPECT_LE(most, 1s);
        EXPECT_GT(most, 990ms);
    }
}

}  // namespace
}  // namespace mizzen
