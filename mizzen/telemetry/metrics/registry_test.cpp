// SPDX-License-Identifier: Apache-2.0
// Metrics as their users see them: declared in a struct, counted, collected.
#include "mizzen/telemetry/metrics/registry.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

#include "mizzen/base/error.hpp"

namespace mizzen::telemetry {
namespace {

enum class Backend { splunk, loki };
enum class HttpMethod { get, post };
struct Call {
    HttpMethod method;
    bool cached;
};
struct Route {
    std::string_view path;
    HttpMethod method;
    int code;
};
enum class Phase { starting, running, stopped };
struct Build {
    std::string_view version;
};

struct ShopMetrics {
    Counter<> orders = counter("shop_orders_total", "Orders taken.");
    Counter<Backend> sent = counter("shop_sent_total", "Items sent.");
    Counter<Call> calls = counter("shop_calls_total", "Calls.");
    Counter<Route> requests = counter("shop_requests_total", "Requests.").cap(3);
    DoubleCounter<> cpu = counter("shop_cpu_seconds_total", "Time on the processor.", "seconds");
    UpDownCounter<> open = up_down_counter("shop_open", "Open connections.");
    Gauge<> heat = gauge("shop_heat_celsius", "How hot it is.", "celsius");
    Gauge<Backend> depth = gauge("shop_depth", "Items waiting.");
    Histogram<> latency = histogram("shop_latency_seconds", "Time for a call.", "seconds").buckets({0.1, 1});
    Histogram<Route> sizes = histogram("shop_size_bytes", "Sizes.", "bytes");
    ExponentialHistogram<> wait = exponential_histogram("shop_wait_seconds", "Time in the queue.", "seconds");
    Info<Build> build = info("shop_build_info", "What runs.");
    StateSet<Phase> phase = state_set("shop_phase", "Where it is in its life.");
};

const Family& find(const Snapshot& snapshot, std::string_view name) {
    for (const Family& family : snapshot.families)
        if (family.name == name) return family;
    throw std::runtime_error("no family " + std::string(name));
}

// "a=x,b=y" of each row, and its number.
std::map<std::string, double> numbers(const Snapshot& snapshot, std::string_view name) {
    const Family& family = find(snapshot, name);
    std::map<std::string, double> out;
    const auto& points = std::get<std::vector<Number>>(family.points);
    for (std::size_t row = 0; row < points.size(); ++row) {
        std::string labels;
        for (std::size_t i = 0; i < family.label_names.size(); ++i)
            if (!family.labels.at(row, i).empty())
                labels +=
                    (labels.empty() ? "" : ",") + family.label_names[i] + "=" + std::string(family.labels.at(row, i));
        out[labels] = std::visit([](auto value) { return static_cast<double>(value); }, points[row]);
    }
    return out;
}
using Numbers = std::map<std::string, double>;

const WallTime start{std::chrono::seconds(100)}, now{std::chrono::seconds(200)};

TEST(Registry, CountsWhatIsToldAndCollectsByName) {
    Registry registry(start);
    const auto m = registry.make<ShopMetrics>();
    m.orders.add();
    m.orders.add(4);
    m.sent[Backend::loki].add(2);
    m.calls[{HttpMethod::post, true}].add(7);
    m.cpu.add(0.5);
    m.cpu.add(0.25);
    m.open.add(3);
    m.open.add(-5);
    m.heat.set(20.5);
    m.heat.add(-0.5);
    m.depth[Backend::splunk].set(9);

    const Snapshot s = registry.collect(now);
    EXPECT_EQ(s.start, start);
    EXPECT_EQ(s.time, now);
    EXPECT_TRUE(std::is_sorted(s.families.begin(), s.families.end(), [](auto& a, auto& b) { return a.name < b.name; }));
    EXPECT_EQ(numbers(s, "shop_orders"), (Numbers{{"", 5}}));
    EXPECT_EQ(numbers(s, "shop_sent"), (Numbers{{"backend=loki", 2}, {"backend=splunk", 0}}));
    EXPECT_EQ(numbers(s, "shop_calls"), (Numbers{{"method=get,cached=false", 0},
                                                 {"method=get,cached=true", 0},
                                                 {"method=post,cached=false", 0},
                                                 {"method=post,cached=true", 7}}));
    EXPECT_EQ(numbers(s, "shop_cpu_seconds"), (Numbers{{"", 0.75}}));
    EXPECT_EQ(numbers(s, "shop_open"), (Numbers{{"", -2}}));
    EXPECT_EQ(numbers(s, "shop_heat_celsius"), (Numbers{{"", 20}}));
    EXPECT_EQ(numbers(s, "shop_depth"), (Numbers{{"backend=loki", 0}, {"backend=splunk", 9}}));
    EXPECT_EQ(find(s, "shop_cpu_seconds").unit, "seconds");
    EXPECT_EQ(find(s, "shop_orders").help, "Orders taken.");
}

TEST(Registry, IgnoresAmountsThatACounterCannotTake) {
    Registry registry(start);
    const auto m = registry.make<ShopMetrics>();
    for (const double n : {-1.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()})
        m.cpu.add(n);
    m.sent[static_cast<Backend>(7)].add();
    m.phase.set_only(static_cast<Phase>(40));
    const Snapshot s = registry.collect(now);
    EXPECT_EQ(numbers(s, "shop_cpu_seconds"), (Numbers{{"", 0}}));
    EXPECT_EQ(numbers(s, "shop_sent"), (Numbers{{"backend=loki", 0}, {"backend=splunk", 0}}));
}

TEST(Registry, PutsBoundsIntoTheirBucket) {
    Registry registry(start);
    const auto m = registry.make<ShopMetrics>();
    for (const double value : {-1.0, 0.1, 0.10000001, 1.0, 1.5}) m.latency.observe(value);
    m.latency.observe(std::chrono::milliseconds(50));
    for (const double value : {std::numeric_limits<double>::quiet_NaN(), -std::numeric_limits<double>::infinity()})
        m.latency.observe(value);
    const Snapshot s = registry.collect(now);
    const Family& family = find(s, "shop_latency_seconds");
    EXPECT_EQ(family.bounds, (std::vector<double>{0.1, 1}));
    const HistogramPoint& point = std::get<std::vector<HistogramPoint>>(family.points).at(0);
    EXPECT_EQ(point.counts, (std::vector<std::uint64_t>{3, 2, 1}));
    EXPECT_EQ(point.count(), 6u);
    EXPECT_DOUBLE_EQ(point.sum, -1 + 0.1 + 0.10000001 + 1 + 1.5 + 0.05);
}

TEST(Registry, MakesSeriesAsValuesTurnUpAndCountsTheRestInOne) {
    Registry registry(start);
    const auto m = registry.make<ShopMetrics>();
    m.requests[{"/a", HttpMethod::get, 200}].add();
    m.requests[{"/a", HttpMethod::get, 200}].add();
    m.requests[{"/a", HttpMethod::get, 404}].add();
    m.requests[{"", HttpMethod::post, -1}].add();
    EXPECT_EQ(
        numbers(registry.collect(now), "shop_requests"),
        (Numbers{{"path=/a,method=get,code=200", 2}, {"path=/a,method=get,code=404", 1}, {"method=post,code=-1", 1}}));
    for (int i = 0; i < 1000; ++i) m.requests[{"/b", HttpMethod::get, i}].add();
    m.requests[{"/a", HttpMethod::get, 404}].add();
    EXPECT_EQ(numbers(registry.collect(now), "shop_requests"), (Numbers{{"path=/a,method=get,code=200", 2},
                                                                        {"path=/a,method=get,code=404", 2},
                                                                        {"method=post,code=-1", 1},
                                                                        {"otel_metric_overflow=true", 1000}}));
}

TEST(Registry, KeepsOneInfoAndWholeStates) {
    Registry registry(start);
    const auto m = registry.make<ShopMetrics>();
    EXPECT_EQ(numbers(registry.collect(now), "shop_build"), Numbers{});
    m.build.set({"1.0"});
    m.build.set({"1.1\xff"});
    m.phase.set_only(Phase::running);
    m.phase.set(Phase::stopped, true);
    m.phase.set(Phase::running, false);
    const Snapshot s = registry.collect(now);
    EXPECT_EQ(numbers(s, "shop_build"), (Numbers{{"version=1.1\xef\xbf\xbd", 1}}));
    EXPECT_EQ(numbers(s, "shop_phase"),
              (Numbers{{"shop_phase=starting", 0}, {"shop_phase=running", 0}, {"shop_phase=stopped", 1}}));
}

TEST(Registry, SharesSeriesOfEqualDeclarationsAndStartsAnewWithAnother) {
    auto registry = std::make_unique<Registry>(start);
    registry->make<ShopMetrics>().orders.add();
    registry->make<ShopMetrics>().orders.add();
    EXPECT_EQ(numbers(registry->collect(now), "shop_orders"), (Numbers{{"", 2}}));
    registry = std::make_unique<Registry>(start);  // gets the same cells again
    registry->make<ShopMetrics>();
    EXPECT_EQ(numbers(registry->collect(now), "shop_orders"), (Numbers{{"", 0}}));
}

TEST(Registry, CountsNothingWithoutARegistry) {
    const ShopMetrics m;
    m.orders.add();
    m.requests[{"/a", HttpMethod::get, 200}].add();
    m.latency.observe(1.0);
    m.wait.observe(1.0);
    m.heat.set(1);
    m.build.set({"1"});
    m.phase.set_only(Phase::running);
    EXPECT_TRUE(Registry(start).collect(now).families.empty());
}

TEST(Registry, RefusesNamesThatClash) {
    struct Orders {
        Counter<> orders = counter("shop_orders_total", "Another text.");
    };
    struct SameSample {
        Gauge<> orders = gauge("shop_orders", "A gauge with the name of a counter's family.");
    };
    Registry registry(start);
    registry.make<ShopMetrics>();
    EXPECT_THROW(registry.make<Orders>(), Error);
    EXPECT_THROW(registry.make<SameSample>(), Error);
    EXPECT_THROW((void)registry.observe(gauge("shop_orders", "Observed."), [] { return 1.0; }), Error);
    try {
        registry.make<SameSample>();
        FAIL();
    } catch (const Error& e) {
        EXPECT_EQ(e.kind(), ErrorKind::invalid);
        EXPECT_EQ(e.message(),
                  "metric shop_orders: the name shop_orders is taken by shop_orders_total; rename one of them");
    }
}

TEST(Observation, IsAskedAsLongAsItLives) {
    Registry registry(start);
    double depth = 3;
    {
        const Observation one = registry.observe(gauge("shop_queue", "Waiting."), [&] { return depth; });
        const Observation many =
            registry.observe<Backend>(gauge("shop_lag_seconds", "Lag.", "seconds"), [](Observer<Backend>& o) {
                o.observe(Backend::loki, 1);
                o.observe(Backend::loki, 2);
            });
        EXPECT_EQ(numbers(registry.collect(now), "shop_queue"), (Numbers{{"", 3}}));
        depth = 4;
        EXPECT_EQ(numbers(registry.collect(now), "shop_queue"), (Numbers{{"", 4}}));
        EXPECT_EQ(numbers(registry.collect(now), "shop_lag_seconds"), (Numbers{{"backend=loki", 2}}));
    }
    EXPECT_TRUE(registry.collect(now).families.empty());
    const Observation again = registry.observe(gauge("shop_queue", "Waiting."), [] { return 1.0; });
}

TEST(Observation, ThatFailsOrTellsTooMuchIsReported) {
    Registry registry(start);
    const Observation bad =
        registry.observe(gauge("shop_bad", "Bad."), []() -> double { throw std::runtime_error("no"); });
    const auto tell_ten = [](Observer<Build>& o) {
        for (char c = 'a'; c < 'k'; ++c) o.observe({std::string_view(&c, 1)}, 1);
    };
    const Observation lots = registry.observe<Build>(gauge("shop_lots", "Lots.").cap(2), tell_ten);
    const Observation sums = registry.observe<Build>(counter("shop_sums_total", "Sums.").cap(2), tell_ten);
    const Snapshot s = registry.collect(now);
    EXPECT_EQ(s.lost, (std::vector<std::string>{"shop_bad: its callback failed: no",
                                                "shop_lots: 8 series are over the cap of 2"}));
    EXPECT_EQ(numbers(s, "shop_lots"), (Numbers{{"version=a", 1}, {"version=b", 1}}));
    EXPECT_EQ(numbers(s, "shop_sums"), (Numbers{{"version=a", 1}, {"version=b", 1}, {"otel_metric_overflow=true", 8}}));
}

TEST(Observation, MayOutliveItsRegistry) {
    Observation observation;
    {
        Registry registry(start);
        observation = registry.observe(gauge("shop_queue", "Waiting."), [] { return 1.0; });
    }
}

}  // namespace
}  // namespace mizzen::telemetry
