// SPDX-License-Identifier: Apache-2.0
// Metrics on their way at their times: the grid, slow receivers, flush and shutdown.
#include "mizzen/telemetry/otlp/metric_reader.hpp"

#include <gtest/gtest.h>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::telemetry::otlp {
namespace {
using namespace std::chrono_literals;

struct ShopMetrics {
    Counter<> orders = counter("shop_orders_total", "Orders taken.");
    Gauge<> depth = gauge("shop_depth", "Items waiting.");
};

struct Receiver final : net::Transport {
    explicit Receiver(Loop& loop) : loop(loop) {}
    Task<net::Response> send(net::Request request) override {
        times.push_back(loop.now());
        body = request.body.bytes().str();
        co_await delay(takes);
        co_return net::Response{.status = status};
    }
    Loop& loop;
    Duration takes{};
    int status = 200;
    std::vector<Time> times;
    std::string body;
};

struct World {
    explicit World(MetricReaderOptions options = {}, bool has_metrics = true)
        : receiver(loop),
          registry(loop.wall()),
          exporter(loop, receiver, Signal::metrics, {.protocol = Protocol::http_json}, Random(1)) {
        if (has_metrics) metrics = registry.make<ShopMetrics>();
        reader.emplace(loop, registry, exporter, Resource{.attributes = {{"service.name", "shop"}}},
                       InstrumentationScope{.name = "shop"}, options);
    }
    SimulatedLoop loop{1};
    Receiver receiver;
    Registry registry;
    ShopMetrics metrics;
    Exporter exporter;
    std::optional<PeriodicMetricReader> reader;
};

TEST(PeriodicMetricReader, SendsEveryMinute) {
    World w;
    w.metrics.orders.add(3);
    w.loop.run_for(59'999ms);
    EXPECT_TRUE(w.receiver.times.empty());
    w.loop.run_for(2min);
    EXPECT_EQ(w.receiver.times, (std::vector<Time>{Time(60s), Time(120s)}));
    EXPECT_EQ(w.reader->counts(), (MetricReaderCounts{.taken = 2, .exported = 2}));
    EXPECT_EQ(w.exporter.counts().delivered, 4u) << "two points, twice";
    EXPECT_TRUE(json::parse(w.receiver.body).find("resourceMetrics")) << w.receiver.body;
    EXPECT_NE(w.receiver.body.find("shop_orders"), std::string::npos);
}

TEST(PeriodicMetricReader, ASlowReceiverCostsCollectionsNotTheGrid) {
    World w({.interval = 10s});
    w.receiver.takes = 9s;
    w.loop.run_for(12s);
    w.receiver.takes = 11s;  // over the exporter's time
    w.loop.run_for(48s);
    EXPECT_EQ(w.receiver.times, (std::vector<Time>{Time(10s), Time(20s), Time(40s), Time(60s)}));
    EXPECT_EQ(w.reader->counts(), (MetricReaderCounts{.taken = 4, .exported = 1, .failed = 2}));
}

TEST(PeriodicMetricReader, ItsOwnTimeoutEndsAnExport) {
    World w({.interval = 10s, .timeout = 2s});
    w.receiver.takes = 5s;
    w.loop.run_for(25s);
    EXPECT_EQ(w.receiver.times, (std::vector<Time>{Time(10s), Time(20s)}));
    EXPECT_EQ(w.reader->counts(), (MetricReaderCounts{.taken = 2, .failed = 2}));
    EXPECT_EQ(w.exporter.counts().given_up, 4u);
}

TEST(PeriodicMetricReader, NothingToTellIsNotSent) {
    World w({.interval = 1s}, false);
    w.loop.run_for(3s);
    EXPECT_TRUE(w.receiver.times.empty());
    EXPECT_EQ(w.reader->counts(), (MetricReaderCounts{.taken = 3, .empty = 3}));
    EXPECT_TRUE(w.loop.run(w.reader->flush(1s)));
}

TEST(PeriodicMetricReader, FlushesNowAndAfterWhatIsOnItsWay) {
    World w;
    w.receiver.takes = 3s;
    w.loop.run_for(61s);
    EXPECT_TRUE(w.loop.run(w.reader->flush(10s)));
    EXPECT_EQ(w.receiver.times, (std::vector<Time>{Time(60s), Time(63s)}));
    EXPECT_FALSE(w.loop.run(w.reader->flush(1s))) << "three seconds are not within one";
    w.loop.run_for(30s);
    EXPECT_EQ(w.reader->counts(), (MetricReaderCounts{.taken = 3, .exported = 3})) << "but it goes on";
    w.receiver.status = 400;
    EXPECT_FALSE(w.loop.run(w.reader->flush(10s)));
    EXPECT_EQ(w.reader->counts().failed, 1u);
    w.loop.run_until(Time(130s));
    EXPECT_EQ(w.receiver.times.back(), Time(120s)) << "the grid stays";
}

TEST(PeriodicMetricReader, ShutsDownWithinItsDeadline) {
    for (const Duration takes : {0s, 2s, 1000s}) {
        World w;
        w.receiver.takes = takes;
        w.loop.run_for(60s);
        const MetricReaderCounts counts = w.loop.run(w.reader->shut_down(5s));
        EXPECT_LE(w.loop.now(), Time(65s));
        w.loop.run_until_idle();
        const bool hangs = takes == 1000s;
        EXPECT_EQ(counts.taken, hangs ? 1u : 2u) << "the last value goes out, if it can";
        EXPECT_EQ(counts.exported, hangs ? 0u : 2u);
        EXPECT_EQ(w.reader->counts().failed, hangs ? 1u : 0u);
        EXPECT_EQ(w.exporter.counts().given_up, hangs ? 2u : 0u);
        const auto sent = w.receiver.times.size();
        const Time now = w.loop.now();
        w.loop.run(w.reader->shut_down(5s));
        EXPECT_EQ(w.loop.now(), now) << "twice does no harm";
        EXPECT_FALSE(w.loop.run(w.reader->flush(5s)));
        w.loop.run_for(1h);
        EXPECT_EQ(w.receiver.times.size(), sent);
    }
}

TEST(PeriodicMetricReader, TellsWhatCallbacksCouldNot) {
    World w;
    const auto observation = w.registry.observe(gauge("shop_heat_celsius", "How hot it is.", "celsius"),
                                                []() -> double { throw std::runtime_error("no thermometer"); });
    EXPECT_TRUE(w.loop.run(w.reader->flush(1s)));
    ASSERT_EQ(w.reader->lost().size(), 1u);
    EXPECT_NE(w.reader->lost()[0].find("no thermometer"), std::string::npos);
}

TEST(PeriodicMetricReader, LosesNoDeltaOfAnExportThatFailed) {
    World w({.temporality = TemporalityPreference::delta});
    const auto sent_after = [&](std::uint64_t orders) {
        w.metrics.orders.add(orders);
        w.loop.run(w.reader->flush(10s));
        return w.receiver.body;
    };
    EXPECT_NE(sent_after(3).find(R"("asInt":"3")"), std::string::npos) << w.receiver.body;
    w.receiver.status = 400;
    EXPECT_NE(sent_after(4).find(R"("asInt":"4")"), std::string::npos) << w.receiver.body;
    w.receiver.status = 200;
    EXPECT_NE(sent_after(5).find(R"("asInt":"9")"), std::string::npos) << w.receiver.body;
    EXPECT_NE(w.receiver.body.find(R"("aggregationTemporality":1)"), std::string::npos);
    EXPECT_EQ(sent_after(0).find("shop_orders"), std::string::npos) << "nothing was counted";
    EXPECT_NE(w.receiver.body.find("shop_depth"), std::string::npos) << "gauges are told always";
}

TEST(PeriodicMetricReader, DiesWithAnExportOnItsWay) {
    World w({.interval = Duration::max()});
    w.receiver.takes = 1000s;
    EXPECT_FALSE(w.loop.run(w.reader->flush(1s)));
    w.reader.reset();
    w.loop.run_for(1h);
    EXPECT_EQ(w.receiver.times.size(), 1u);
}

}  // namespace
}  // namespace mizzen::telemetry::otlp
