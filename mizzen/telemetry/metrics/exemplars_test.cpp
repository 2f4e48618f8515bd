// SPDX-License-Identifier: Apache-2.0
// Which spans are kept beside what was counted in them, and how each format tells them.
#include "mizzen/telemetry/metrics/exemplars.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <thread>

#include "mizzen/telemetry/exposition/exposition.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"
#include "mizzen/telemetry/trace/span.hpp"

namespace mizzen::telemetry {
namespace {
using namespace std::chrono_literals;

struct Route {
    std::string_view path;
};
struct ShopMetrics {
    Counter<> orders = counter("shop_orders_total", "Orders.");
    DoubleCounter<> cpu = counter("shop_cpu_seconds_total", "Time.", "seconds");
    Counter<Route> requests = counter("shop_requests_total", "Requests.").cap(2);
    Histogram<Route> latency = histogram("shop_latency_seconds", "Latency.", "seconds").buckets({0.1, 1});
    ExponentialHistogram<> wait = exponential_histogram("shop_wait_seconds", "Waits.", "seconds");
};

Span span(std::uint64_t id, bool sampled = true) {
    return Span(Propagated{.span = {.trace = {0, id}, .span = {id}, .flags = TraceFlags{}.with_sampled(sampled)}});
}

// A registry whose ticks are nanoseconds, from the second 100 on.
struct World {
    explicit World(ExemplarFilter filter = ExemplarFilter::trace_based)
        : registry(
              {.start = WallTime(100s),
               .exemplar_filter = filter,
               .ticks = {.read = [](const void* from) noexcept { return *static_cast<const std::uint64_t*>(from); },
                         .from = &ticks}}) {}
    void advance(Duration time) { ticks += static_cast<std::uint64_t>(time.count()); }
    Snapshot collect() const { return registry.collect(WallTime(100s + Duration(static_cast<std::int64_t>(ticks)))); }
    std::vector<Exemplar> exemplars(std::string_view name) const {
        for (const Family& family : collect().families)
            if (family.name == name) return family.exemplars;
        return {};
    }
    std::uint64_t ticks = 0;
    Registry registry;
    ShopMetrics metrics = registry.make<ShopMetrics>();
};

Exemplar of(std::uint64_t id, double value, Duration at, std::size_t row = 0, std::size_t bucket = 0) {
    return {.row = row,
            .bucket = bucket,
            .labels = {{"trace_id", TraceId{0, id}.to_hex()}, {"span_id", SpanId{id}.to_hex()}},
            .value = value,
            .time = WallTime(at)};
}
using All = std::vector<Exemplar>;

TEST(Exemplars, OfACounterIsTheLastSampledSpan) {
    World w;
    const Span first = span(1), second = span(2), unsampled = span(3, false);
    w.metrics.orders.add(5, &first);
    w.advance(2s);
    w.metrics.orders.add(7, &second);
    w.advance(3s);
    w.metrics.orders.add(1, &unsampled);
    w.metrics.orders.add(1, nullptr);
    w.metrics.orders.add();
    EXPECT_EQ(w.exemplars("shop_orders"), (All{of(2, 7, 102s)}));
    w.advance(60s);
    EXPECT_EQ(w.exemplars("shop_orders"), (All{of(2, 7, 102s)})) << "it stays";
    w.metrics.orders.add(9, &first);
    EXPECT_EQ(w.exemplars("shop_orders"), (All{of(1, 9, 165s)}));
}

TEST(Exemplars, AreChosenByTheFilter) {
    const Span sampled = span(1), unsampled = span(2, false);
    for (const ExemplarFilter filter :
         {ExemplarFilter::always_on, ExemplarFilter::always_off, ExemplarFilter::trace_based})
        for (const Span* each : {&sampled, &unsampled, static_cast<const Span*>(nullptr)}) {
            World w(filter);
            w.metrics.orders.add(3, each);
            const All found = w.exemplars("shop_orders");
            const bool is_wanted =
                filter == ExemplarFilter::always_on || (filter == ExemplarFilter::trace_based && each == &sampled);
            ASSERT_EQ(found.size(), is_wanted ? 1u : 0u);
            if (is_wanted) EXPECT_EQ(found[0].labels.size(), each ? 2u : 0u);
            EXPECT_EQ(w.collect().families.size(), 5u);
        }
}

TEST(Exemplars, OfAClassicHistogramAreOneForEachBucket) {
    World w;
    const Span a = span(1), b = span(2), c = span(3);
    w.advance(1s);
    w.metrics.latency[{"/x"}].observe(5.0, &a);
    w.metrics.latency[{"/x"}].observe(0.1, &b);
    w.metrics.latency[{"/y"}].observe(500ms, &c);
    w.metrics.latency[{"/x"}].observe(0.05, &c);
    EXPECT_EQ(w.exemplars("shop_latency_seconds"),
              (All{of(3, 0.05, 101s, 0, 0), of(1, 5, 101s, 0, 2), of(3, 0.5, 101s, 1, 1)}));
}

TEST(Exemplars, OfAnExponentialHistogramAreOneForEachPowerOfTwoAndTwentyAtMost) {
    World w;
    std::vector<Span> spans;
    for (std::uint64_t i = 1; i <= 30; ++i) spans.push_back(span(i));
    w.metrics.wait.observe(1.0, &spans[0]);
    w.advance(1s);
    w.metrics.wait.observe(1.5, &spans[1]);  // the same power: the newer one stays
    w.metrics.wait.observe(-1.5, &spans[2]);
    w.metrics.wait.observe(0.0, &spans[3]);
    EXPECT_EQ(w.exemplars("shop_wait_seconds").size(), 3u);
    for (std::size_t i = 4; i < 30; ++i) {
        w.advance(1s);
        w.metrics.wait.observe(std::ldexp(1, static_cast<int>(i)), &spans[i]);
    }
    const All found = w.exemplars("shop_wait_seconds");
    ASSERT_EQ(found.size(), most_exponential_exemplars);
    for (std::size_t i = 0; i < found.size(); ++i) {
        const std::size_t nth =
            30 - most_exponential_exemplars + i;  // the oldest first, and the oldest of all are gone
        EXPECT_EQ(found[i],
                  of(nth + 1, std::ldexp(1, static_cast<int>(nth)), 101s + std::chrono::seconds(nth - 3), 0, i));
    }
}

TEST(Exemplars, AreNotOfWhatWasNotCounted) {
    World w(ExemplarFilter::always_on);
    const Span a = span(1);
    w.metrics.cpu.add(-1, &a);
    w.metrics.latency[{"/"}].observe(std::numeric_limits<double>::quiet_NaN(), &a);
    w.metrics.wait.observe(std::numeric_limits<double>::infinity(), &a);
    for (const Family& family : w.collect().families) EXPECT_TRUE(family.exemplars.empty()) << family.name;
    const ShopMetrics none;
    none.orders.add(1, &a);
    none.latency[{"/"}].observe(1.0, &a);
    none.wait.observe(1.0, &a);
}

TEST(Exemplars, OfTheOverflowSeriesAreThereToo) {
    World w;
    const Span a = span(1);
    for (const std::string_view path : {"/a", "/b", "/c"}) w.metrics.requests[{path}].add(1, &a);
    EXPECT_EQ(w.exemplars("shop_requests"), (All{of(1, 1, 100s, 0), of(1, 1, 100s, 1), of(1, 1, 100s, 2)}));
}

TEST(Exemplars, StayWithinTheTimeOfTheSnapshot) {
    World w;
    const Span a = span(1);
    w.advance(50s);
    w.metrics.orders.add(1, &a);
    EXPECT_EQ(w.exemplars("shop_orders"), (All{of(1, 1, 150s)}));
    const Snapshot back = w.registry.collect(WallTime(120s));  // the clock was set back
    for (const Family& family : back.families)
        for (const Exemplar& exemplar : family.exemplars) EXPECT_LE(*exemplar.time, WallTime(120s));
}

TEST(Exemplars, AreWholeWhateverThreadsDo) {
    World w;
    constexpr int threads = 4, rounds = 3000;
    std::atomic<bool> done = false;
    std::thread reader([&] {
        while (!done)
            for (const Family& family : w.registry.collect(WallTime(200s)).families)
                for (const Exemplar& exemplar : family.exemplars)
                    EXPECT_EQ(exemplar.labels[0].second,
                              (TraceId{0, static_cast<std::uint64_t>(exemplar.value)}.to_hex()));
    });
    std::vector<std::thread> writers;
    for (int thread = 0; thread < threads; ++thread)
        writers.emplace_back([&, thread] {
            for (int i = 1; i <= rounds; ++i) {
                const auto id = static_cast<std::uint64_t>(i * threads + thread);
                const Span own = span(id);
                w.metrics.orders.add(id, &own);
                w.metrics.latency[{i % 2 ? "/x" : "/y"}].observe(static_cast<double>(id), &own);
                w.metrics.wait.observe(static_cast<double>(id), &own);
            }
        });
    for (std::thread& writer : writers) writer.join();
    done = true;
    reader.join();
    const Snapshot last = w.registry.collect(WallTime(200s));
    for (const Family& family : last.families)
        if (family.name == "shop_wait_seconds")
            EXPECT_EQ(std::get<std::vector<ExponentialPoint>>(family.points)[0].count(), threads * rounds);
}

TEST(Exemplars, GoOutAsOpenMetricsButNotAsPrometheusText) {
    World w;
    const Span a = span(0xab);
    w.advance(1500ms);
    w.metrics.orders.add(5, &a);
    w.metrics.latency[{"/x"}].observe(0.5, &a);
    w.metrics.wait.observe(3.0, &a);
    const std::string text = to_openmetrics(w.collect());
    const std::string ids = " # {trace_id=\"000000000000000000000000000000ab\",span_id=\"00000000000000ab\"} ";
    EXPECT_NE(text.find("\nshop_orders_total 5" + ids + "5.0 101.5\n"), text.npos) << text;
    EXPECT_NE(text.find("\nshop_latency_seconds_bucket{path=\"/x\",le=\"1.0\"} 1" + ids + "0.5 101.5\n"), text.npos);
    EXPECT_NE(text.find("\nshop_wait_seconds_bucket{le=\"+Inf\"} 1" + ids + "3.0 101.5\n"), text.npos);
    EXPECT_EQ(to_prometheus_text(w.collect()).find("trace_id"), std::string::npos);
}

}  // namespace
}  // namespace mizzen::telemetry
