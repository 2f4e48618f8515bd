// SPDX-License-Identifier: Apache-2.0
// How exact quantiles are, which values they are of, and what clocks and threads do to them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <thread>

#include "mizzen/base/random.hpp"
#include "mizzen/telemetry/exposition/exposition.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"

namespace mizzen::telemetry {
namespace {

using namespace std::chrono_literals;

constexpr WallTime start = WallTime(1'700'000'000s);

struct Waits {
    Summary<> wait = summary("shop_wait_seconds", "Waits.", "seconds").quantiles({0, 0.25, 0.5, 0.9, 0.99, 1});
};
struct Path {
    std::string_view path;
};
struct WaitsByPath {
    Summary<Path> wait = summary("shop_wait_seconds", "Waits.", "seconds").quantiles({0.5}).cap(2);
};

const std::vector<SummaryPoint>& points_of(const Snapshot& snapshot) {
    return std::get<std::vector<SummaryPoint>>(snapshot.families.at(0).points);
}

class WaitsAt : public testing::Test {
  protected:
    SummaryPoint at(Duration since_start) {
        snapshot = registry.collect(start + since_start);
        return points_of(snapshot).at(0);
    }
    double median_at(Duration since_start) { return at(since_start).values[2]; }
    void observe(double value, int times = 1) {
        for (int i = 0; i < times; ++i) waits.wait.observe(value);
    }

    Registry registry{start};
    Waits waits = registry.make<Waits>();
    Snapshot snapshot;
};

using SummaryWindow = WaitsAt;

// The nearest-rank quantile of what was really observed.
double exact(std::vector<double> values, double q) {
    std::ranges::sort(values);
    const double rank = std::ceil(q * static_cast<double>(values.size()));
    return values[rank < 1 ? 0 : static_cast<std::size_t>(rank) - 1];
}

TEST(SummaryQuantiles, AreOffByNoMoreThanTheBucketsAre) {
    struct Case {
        double factor;
        double error;  // as BoundSummary says
    };
    for (const Case& c : {Case{1e3, 0.011}, Case{1e6, 0.022}, Case{1e12, 0.0435}}) {
        for (const std::uint64_t seed : {1u, 2u, 3u}) {
            Registry registry(start);
            const auto waits = registry.make<Waits>();
            Random random(seed);
            std::vector<double> values;
            for (int i = 0; i < 5000; ++i) {
                values.push_back(1e-4 * std::pow(c.factor, random.unit()));
                waits.wait.observe(values.back());
            }
            const Snapshot snapshot = registry.collect(start + 1s);
            const Family& family = snapshot.families.at(0);
            const SummaryPoint& point = points_of(snapshot).at(0);
            ASSERT_EQ(family.quantiles, (std::vector<double>{0, 0.25, 0.5, 0.9, 0.99, 1}));
            for (std::size_t i = 0; i < family.quantiles.size(); ++i) {
                const double wanted = exact(values, family.quantiles[i]);
                EXPECT_NEAR(point.values.at(i), wanted, wanted * c.error) << c.factor << " " << family.quantiles[i];
            }
            EXPECT_EQ(point.count, 5000u);
        }
    }
}

TEST(SummaryQuantiles, OfNegativeValuesZeroAndTheLargest) {
    ExponentialPoint point{.scale = 8, .zero_count = 2};
    EXPECT_EQ(quantile(point, 0.5), 0);
    point.negative = {.offset = exponential_index(3), .counts = {1}};
    point.positive = {.offset = exponential_index(5), .counts = {1}};
    EXPECT_NEAR(quantile(point, 0), -3, 3 * 0.0014);
    EXPECT_NEAR(quantile(point, 0.25), -3, 3 * 0.0014);
    EXPECT_EQ(quantile(point, 0.26), 0);
    EXPECT_EQ(quantile(point, 0.75), 0);
    EXPECT_NEAR(quantile(point, 0.76), 5, 5 * 0.0014);
    EXPECT_NEAR(quantile(point, 1), 5, 5 * 0.0014);

    const double largest = std::numeric_limits<double>::max(), least = std::numeric_limits<double>::denorm_min();
    for (const std::int32_t scale : {8, 0, -3}) {
        const ExponentialPoint high{.scale = scale, .positive = {exponential_index(largest, scale), {1}}};
        EXPECT_TRUE(std::isfinite(quantile(high, 1)));
        EXPECT_GE(quantile(high, 1), largest / 256);
        const ExponentialPoint low{.scale = scale, .positive = {exponential_index(least, scale), {1}}};
        EXPECT_LE(quantile(low, 1), least * 256);
    }
    EXPECT_TRUE(std::isnan(quantile({}, 0.5)));
}

TEST_F(SummaryWindow, IsOfTheLastEightToTenMinutes) {
    for (int minute = 0; minute < 60; ++minute) {
        // What is seen now was observed in the minutes after the oldest mark: 8 to 10 of them.
        const double oldest = at(minute * 1min).values[0];
        if (minute > 10) {
            EXPECT_GE(oldest, (minute - 10 + 0.5) * 0.985) << minute;
            EXPECT_LE(oldest, (minute - 8 + 0.5) * 1.015) << minute;
        }
        observe(minute + 0.5);
    }
    EXPECT_EQ(at(60min).count, 60u);
    EXPECT_NEAR(at(60min).sum, 1800, 1e-9);
}

TEST_F(SummaryWindow, WithoutValuesHasNoQuantiles) {
    EXPECT_TRUE(std::isnan(at(0s).values[2]));
    observe(2, 3);
    EXPECT_NEAR(median_at(1min), 2, 0.003);
    at(2min);
    for (int minute = 3; minute <= 12; ++minute) at(minute * 1min);
    EXPECT_TRUE(std::isnan(at(13min).values[2])) << "all is older than ten minutes";
    EXPECT_EQ(at(13min).count, 3u);
    EXPECT_EQ(at(13min).sum, 6);
}

TEST_F(SummaryWindow, OfWhatNobodyCollectedIsAllSinceTheLastTime) {
    observe(1, 10);
    EXPECT_NEAR(median_at(3h), 1, 0.002) << "the first collection tells of everything";
    observe(5, 3);
    EXPECT_NEAR(median_at(9h), 5, 0.01) << "the second of what came since the first";
    EXPECT_NEAR(median_at(9h + 1min), 5, 0.01) << "and so does one soon after, for another reader";
    EXPECT_TRUE(std::isnan(at(9h + 10min).values[2])) << "but no later one";
}

TEST_F(SummaryWindow, StandsStillWhileTheClockIsSetBack) {
    observe(1, 10);
    at(4min);
    observe(3, 30);
    EXPECT_NEAR(median_at(5min), 3, 0.03);
    EXPECT_NEAR(median_at(-72h), 3, 0.03) << "set back by days, nothing is lost";
    EXPECT_EQ(at(-72h).count, 40u);
    for (int minute = 0; minute <= 14; ++minute) at(-72h + minute * 1min);
    EXPECT_TRUE(std::isnan(at(-72h + 15min).values[2])) << "and grows older as before";
    observe(7);
    EXPECT_NEAR(median_at(24h * 365 * 200), 7, 0.07) << "and far ahead";
    observe(8);
    EXPECT_EQ(at(0s).count, 42u);
}

TEST(SummaryWindowItself, TakesAnyTime) {
    const Slot slot = take_cells(summary_cells, true);
    with_own_cell(slot, [](Cell& cell) { observe_summary(&cell, 4); });
    detail::SummaryWindow window({0.5}, 10min, 5, WallTime::max());
    for (const WallTime now : {WallTime::min(), WallTime::max(), WallTime(), WallTime::min()})
        EXPECT_EQ(window.read({slot}, now).at(0).count, 1u);
    give_back_cells(slot, summary_cells);
}

TEST_F(SummaryWindow, IsTheSameForSeveralReaders) {
    for (int second = 0; second < 3600; second += 15) {
        observe(second < 1800 ? 1 : 9);
        at(second * 1s);
        if (second % 60 == 0) at(second * 1s);
    }
    EXPECT_NEAR(at(1h).values[0], 9, 0.1);
}

TEST(Summary, CountsFromManyThreads) {
    Registry registry(start);
    const auto waits = registry.make<Waits>();
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&waits, t] {
            for (int i = 1; i <= 10'000; ++i) waits.wait.observe(t < 2 ? 0.001 * i : 10 + 0.001 * i);
        });
    std::uint64_t before = 0;
    for (int i = 0; i < 50; ++i) {
        const std::uint64_t now = points_of(registry.collect(start + i * 1s)).at(0).count;
        EXPECT_GE(now, before);
        before = now;
    }
    for (std::thread& thread : threads) thread.join();
    const Snapshot snapshot = registry.collect(start + 1min);
    const SummaryPoint& point = points_of(snapshot).at(0);
    EXPECT_EQ(point.count, 40'000u);
    EXPECT_NEAR(point.values[2], 10, 0.25) << "half of the values are below 10";
    EXPECT_NEAR(point.values[5], 20, 0.5);
}

TEST(Summary, IgnoresWhatIsNotFinite) {
    Registry registry(start);
    const auto waits = registry.make<Waits>();
    for (const double value : {std::nan(""), HUGE_VAL, -HUGE_VAL}) waits.wait.observe(value);
    EXPECT_EQ(points_of(registry.collect(start)).at(0).count, 0u);
    Waits().wait.observe(1);  // of no registry: nothing happens
}

TEST(Summary, HasLabelsACapAndViews) {
    Registry registry(start);
    const auto waits = registry.make<WaitsByPath>();
    for (const char* path : {"/a", "/b", "/c", "/d"}) waits.wait[{path}].observe(2s);
    const Snapshot snapshot = registry.collect(start);
    ASSERT_EQ(points_of(snapshot).size(), 3u);
    EXPECT_EQ(points_of(snapshot)[2].count, 2u) << "what is over the cap";
    EXPECT_EQ(snapshot.families[0].labels.at(2, 1), "true");

    Registry viewed({.start = start, .views = {{.name = "shop_*", .remove_labels = {"path"}}}});
    const auto together = viewed.make<WaitsByPath>();
    for (const char* path : {"/a", "/b", "/c"}) together.wait[{path}].observe(2s);
    ASSERT_EQ(points_of(viewed.collect(start)).size(), 1u);
    EXPECT_EQ(points_of(viewed.collect(start))[0].count, 3u);
}

TEST(Summary, IsInTheFormats) {
    Registry registry(start);
    const auto waits = registry.make<WaitsByPath>();
    waits.wait[{"/a"}].observe(0);
    const Snapshot snapshot = registry.collect(start);
    EXPECT_EQ(to_prometheus_text(snapshot),
              "# HELP shop_wait_seconds Waits.\n"
              "# TYPE shop_wait_seconds summary\n"
              "shop_wait_seconds{path=\"/a\",quantile=\"0.5\"} 0\n"
              "shop_wait_seconds_sum{path=\"/a\"} 0\n"
              "shop_wait_seconds_count{path=\"/a\"} 1\n");
    EXPECT_NE(to_openmetrics(snapshot).find("shop_wait_seconds{path=\"/a\",quantile=\"0.5\"} 0.0\n"),
              std::string::npos);
    EXPECT_NE(to_prometheus_protobuf(snapshot).find("shop_wait_seconds"), std::string::npos);
}

TEST(Summary, IsDeclaredTwiceOnlyIfEqual) {
    struct Same {
        Summary<> wait = summary("shop_wait", "Waits.");
    };
    struct OtherQuantiles {
        Summary<> wait = summary("shop_wait", "Waits.").quantiles({0.5});
    };
    struct OtherWindow {
        Summary<> wait = summary("shop_wait", "Waits.").window(1min, 2);
    };
    Registry registry(start);
    registry.make<Same>();
    registry.make<Same>().wait.observe(1);
    EXPECT_ANY_THROW(registry.make<OtherQuantiles>());
    EXPECT_ANY_THROW(registry.make<OtherWindow>());
    EXPECT_TRUE(points_of(registry.collect(start)).at(0).values.empty()) << "no quantiles were asked for";
    EXPECT_EQ(points_of(registry.collect(start)).at(0).count, 1u);
}

}  // namespace
}  // namespace mizzen::telemetry
