// SPDX-License-Identifier: Apache-2.0
// Where the bounds of exponential buckets are, and what halving the resolution keeps.
#include "mizzen/telemetry/metrics/exponential.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <thread>

#include "mizzen/base/random.hpp"

namespace mizzen::telemetry {
namespace {

TEST(ExponentialIndex, IsExactAtPowersOfTwo) {
    struct Case {
        double value;
        std::int32_t scale, index;
    };
    const Case cases[] = {
        {1, 0, -1},
        {std::nextafter(1.0, 2.0), 0, 0},
        {2, 0, 0},
        {std::nextafter(2.0, 3.0), 0, 1},
        {4, 0, 1},
        {0.5, 0, -2},
        {1, 8, -1},
        {2, 8, 255},
        {std::nextafter(2.0, 3.0), 8, 256},
        {1.5, 1, 1},
        {std::sqrt(2.0), 1, 0},
        {4, -1, 0},
        {4.1, -1, 1},
        {65536, -4, 0},
        {65537, -4, 1},
        {std::numeric_limits<double>::max(), 0, 1023},
        {std::numeric_limits<double>::min(), 0, -1023},
        {std::numeric_limits<double>::denorm_min(), 0, -1075},
        {std::numeric_limits<double>::denorm_min() * 3, 0, -1073},
    };
    for (const Case& c : cases) EXPECT_EQ(exponential_index(c.value, c.scale), c.index) << c.value << " at " << c.scale;
}

TEST(ExponentialIndex, HoldsEveryValueBetweenItsBounds) {
    Random random(7);
    for (int i = 0; i < 20000; ++i) {
        const double value = std::ldexp(1 + random.unit(), static_cast<int>(random.below(600)) - 300);
        const std::int32_t index = exponential_index(value);
        EXPECT_GT(value * (1 + 1e-15), std::exp2(index / 256.0));
        EXPECT_LE(value * (1 - 1e-15), std::exp2((index + 1) / 256.0));
        EXPECT_EQ(exponential_index(value, 3), index >> 5);
    }
}

class Series {
  public:
    Series() : first_(take_cells(exponential_cells, true)) {}
    ~Series() { give_back_cells(first_, exponential_cells); }
    void observe(double value) const {
        with_own_cell(first_, [&](Cell& first) { observe_exponential(&first, value); });
    }
    ExponentialPoint read() const { return read_exponential(first_); }

  private:
    Slot first_;
};

TEST(Exponential, CountsZeroNegativeAndPositive) {
    const Series series;
    for (const double value : {0.0, -0.0, 1.0, 1.0, -2.0}) series.observe(value);
    const ExponentialPoint p = series.read();
    EXPECT_EQ(p,
              (ExponentialPoint{.scale = 8, .zero_count = 2, .sum = 0, .positive = {-1, {2}}, .negative = {255, {1}}}));
    EXPECT_EQ(p.count(), 5u);
}

TEST(Exponential, StartsEmpty) { EXPECT_EQ(Series().read(), ExponentialPoint{.scale = 8}); }

TEST(Exponential, HalvesItsResolutionUntilEverythingFits) {
    const Series series;
    series.observe(1);
    EXPECT_EQ(series.read().scale, 8);
    series.observe(2);  // 257 buckets of scale 8, 129 of scale 7
    EXPECT_EQ(series.read(), (ExponentialPoint{.scale = 7, .sum = 3, .positive = [] {
                                                   ExponentialPoint::Buckets b{-1, std::vector<std::uint64_t>(129)};
                                                   b.counts.front() = b.counts.back() = 1;
                                                   return b;
                                               }()}));
    series.observe(-1);  // the other side has the same scale
    series.observe(std::numeric_limits<double>::denorm_min());
    series.observe(std::numeric_limits<double>::max());
    const ExponentialPoint p = series.read();
    EXPECT_EQ(p.scale, -4);
    EXPECT_EQ(p.count(), 5u);
    EXPECT_EQ(p.positive.offset, exponential_index(std::numeric_limits<double>::denorm_min(), -4));
    EXPECT_EQ(p.negative.offset, -1);
}

TEST(Exponential, AddsThreadsOfDifferentResolution) {
    const Series series;
    std::thread([&] {
        series.observe(1);
        series.observe(1024);
    }).join();
    std::thread([&] { series.observe(1.001); }).join();
    series.observe(1e-3);
    const ExponentialPoint p = series.read();
    EXPECT_EQ(p.count(), 4u);
    EXPECT_DOUBLE_EQ(p.sum, 1 + 1024 + 1.001 + 1e-3);
    EXPECT_LE(p.positive.counts.size(), 160u);
    for (const double value : {1.0, 1024.0, 1.001, 1e-3})
        EXPECT_GE(p.positive.counts.at(static_cast<std::size_t>(exponential_index(value, p.scale) - p.positive.offset)),
                  1u);
}

}  // namespace
}  // namespace mizzen::telemetry
