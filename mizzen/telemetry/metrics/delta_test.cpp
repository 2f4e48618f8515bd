// SPDX-License-Identifier: Apache-2.0
// Differences of snapshots: their sum is what was counted, whatever came between.
#include "mizzen/telemetry/metrics/delta.hpp"

#include <gtest/gtest.h>

#include "mizzen/telemetry/metrics/registry.hpp"

namespace mizzen::telemetry {
namespace {

struct Route {
    std::string_view path;
};
struct ShopMetrics {
    Counter<> orders = counter("shop_orders_total", "Orders.");
    Counter<Route> requests = counter("shop_requests_total", "Requests.").cap(2);
    UpDownCounter<> open = up_down_counter("shop_open", "Open.");
    Histogram<> latency = histogram("shop_latency_seconds", "Latency.", "seconds").buckets({1});
    ExponentialHistogram<> wait = exponential_histogram("shop_wait_seconds", "Waits.", "seconds");
};
WallTime at(int second) { return WallTime(std::chrono::seconds(second)); }

const Family& find(const Snapshot& snapshot, std::string_view name) {
    for (const Family& family : snapshot.families)
        if (family.name == name) return family;
    throw std::runtime_error("no family " + std::string(name));
}
template <class Point>
const std::vector<Point>& points(const Snapshot& snapshot, std::string_view name) {
    return std::get<std::vector<Point>>(find(snapshot, name).points);
}
using Numbers = std::vector<Number>;

TEST(Delta, IsWhatWasCountedBetween) {
    Registry registry(at(100));
    const auto m = registry.make<ShopMetrics>();
    m.orders.add(5);
    m.open.add(3);
    m.latency.observe(0.5);
    m.wait.observe(1.0);
    const Snapshot first = registry.collect(at(110));
    m.orders.add(2);
    m.latency.observe(2.0);
    m.wait.observe(1e9);  // halves the resolution
    m.wait.observe(0.0);
    const Snapshot second = delta_since(first, registry.collect(at(120)), TemporalityPreference::delta);
    EXPECT_EQ(points<Number>(second, "shop_orders"), Numbers{std::uint64_t{2}});
    EXPECT_EQ(find(second, "shop_orders").temporality, Temporality::delta);
    EXPECT_EQ(find(second, "shop_orders").start, at(110));
    EXPECT_EQ(points<Number>(second, "shop_open"), Numbers{std::int64_t{3}});
    EXPECT_EQ(find(second, "shop_open").temporality, Temporality::cumulative);
    EXPECT_EQ(find(second, "shop_open").start, std::nullopt);
    EXPECT_EQ(points<HistogramPoint>(second, "shop_latency_seconds"), (std::vector<HistogramPoint>{{{0, 1}, 2}}));
    const ExponentialPoint wait = points<ExponentialPoint>(second, "shop_wait_seconds").at(0);
    EXPECT_EQ(wait.count(), 2u);
    EXPECT_EQ(wait.zero_count, 1u);
    EXPECT_EQ(wait.sum, 1e9);
    EXPECT_EQ(wait.positive.counts, std::vector<std::uint64_t>{1});
}

TEST(Delta, LeavesOutWhatStoodStillAndFindsSeriesByLabels) {
    Registry registry(at(100));
    const auto m = registry.make<ShopMetrics>();
    m.requests[{"/a"}].add(1);
    m.requests[{"/b"}].add(10);
    const Snapshot first = registry.collect(at(110));
    m.requests[{"/b"}].add(5);
    m.requests[{"/over"}].add(7);  // one column more from now on
    const Snapshot second = delta_since(first, registry.collect(at(120)), TemporalityPreference::delta);
    EXPECT_EQ(points<Number>(second, "shop_requests"), (Numbers{std::uint64_t{5}, std::uint64_t{7}}));
    EXPECT_EQ(find(second, "shop_requests").labels.at(0, 0), "/b");
    EXPECT_EQ(find(second, "shop_requests").labels.at(1, 1), "true");
    EXPECT_EQ(points<Number>(second, "shop_orders"), Numbers{});
}

TEST(Delta, StartsAnewWhereNumbersGoBackAndStaysBehindAClockThatDoes) {
    const auto of = [](Points all, WallTime time) {
        return Snapshot{.time = time,
                        .families = {{.type = MetricType::counter, .name = "x", .points = std::move(all)}}};
    };
    const Snapshot second =
        delta_since(of(Numbers{9.0}, at(110)), of(Numbers{4.0}, at(90)), TemporalityPreference::delta);
    EXPECT_EQ(points<Number>(second, "x"), Numbers{4.0});
    EXPECT_EQ(find(second, "x").start, at(90));
}

TEST(Delta, OfLowMemoryLeavesObservedCountersCumulative) {
    Family family{.type = MetricType::counter};
    EXPECT_EQ(temporality_of(family, TemporalityPreference::low_memory), Temporality::delta);
    family.is_observed = true;
    EXPECT_EQ(temporality_of(family, TemporalityPreference::low_memory), Temporality::cumulative);
    EXPECT_EQ(temporality_of(family, TemporalityPreference::delta), Temporality::delta);
    EXPECT_EQ(temporality_of(family, TemporalityPreference::cumulative), Temporality::cumulative);
    for (const MetricType type : {MetricType::gauge, MetricType::up_down_counter, MetricType::summary})
        EXPECT_EQ(temporality_of({.type = type}, TemporalityPreference::delta), Temporality::cumulative);
}

TEST(Delta, KeepsOnlyNewExemplarsAndTheirRows) {
    const auto of = [](Numbers all, WallTime time) {
        return Snapshot{
            .time = time,
            .families = {{.type = MetricType::counter,
                          .name = "x",
                          .label_names = {"l"},
                          .labels =
                              [] {
                                  LabelTable out(1);
                                  for (const char* value : {"a", "b", "c"}) out.add(value);
                                  return out;
                              }(),
                          .points = std::move(all),
                          .exemplars = {
                              {.row = 0, .time = at(115)}, {.row = 1, .time = at(105)}, {.row = 2, .time = at(115)}}}}};
    };
    const Snapshot second =
        delta_since(of({1.0, 1.0, 1.0}, at(110)), of({1.0, 2.0, 3.0}, at(120)), TemporalityPreference::delta);
    EXPECT_EQ(points<Number>(second, "x"), (Numbers{1.0, 2.0}));
    EXPECT_EQ(find(second, "x").exemplars, (std::vector<Exemplar>{{.row = 1, .time = at(115)}}));
}

}  // namespace
}  // namespace mizzen::telemetry
