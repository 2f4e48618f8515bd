// SPDX-License-Identifier: Apache-2.0
// A clock that is set back: starts stay before the times they belong to, and nothing counts backwards.
#include <gtest/gtest.h>

#include "mizzen/telemetry/exposition/exposition.hpp"
#include "mizzen/telemetry/metrics/delta.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"
#include "mizzen/telemetry/otlp/encode.hpp"

namespace mizzen::telemetry {
namespace {

using namespace std::chrono_literals;

constexpr WallTime noon = WallTime(1'700'000'000s);

struct All {
    Counter<> sent = counter("shop_sent_total", "Sent.");
    Histogram<> latency = histogram("shop_latency_seconds", "Latency.", "seconds").buckets({1});
    Summary<> wait = summary("shop_wait_seconds", "Waits.", "seconds").quantiles({0.5});
};

std::uint64_t sent(const Snapshot& snapshot) {
    for (const Family& family : snapshot.families)
        if (family.name == "shop_sent" && family.size() > 0)
            return std::get<std::uint64_t>(std::get<std::vector<Number>>(family.points).at(0));
    return 0;
}

class ClockSetBack : public testing::Test {
  protected:
    void count(int times) {
        for (int i = 0; i < times; ++i) {
            all.sent.add();
            all.latency.observe(0.5);
            all.wait.observe(0.5);
        }
    }
    Registry registry{noon};
    All all = registry.make<All>();
};

TEST_F(ClockSetBack, NeverPutsAStartAfterItsTime) {
    count(1);
    EXPECT_EQ(registry.collect(noon + 1min).start, noon);
    count(1);
    const Snapshot back = registry.collect(noon - 1h);
    EXPECT_EQ(back.start, noon - 1h) << "it is known to have counted then";
    EXPECT_EQ(sent(back), 2u);
    EXPECT_EQ(registry.collect(noon - 30min).start, noon - 1h) << "and the start moves no more: to move is to be reset";
    EXPECT_EQ(registry.collect(noon + 1h).start, noon - 1h);
    EXPECT_NE(to_openmetrics_2(back).find("shop_sent_total 2 st@1699996400.0\n"), std::string::npos);
}

TEST_F(ClockSetBack, LeavesDeltasWithoutALengthButComplete) {
    Snapshot before{.start = noon, .time = noon};
    std::uint64_t told = 0;
    for (const Duration at : {1min, 2min, -3600min, -3599min, 10min, -1min}) {
        count(3);
        Snapshot now = registry.collect(noon + at);
        const Snapshot delta = delta_since(before, now, TemporalityPreference::delta);
        for (const Family& family : delta.families)
            if (family.temporality == Temporality::delta) EXPECT_LE(*family.start, delta.time);
        told += sent(delta);
        EXPECT_FALSE(otlp::encode({}, {}, delta, otlp::Encoding::protobuf).empty());
        before = std::move(now);
    }
    EXPECT_EQ(told, 18u) << "nothing is told twice or not at all";
}

TEST_F(ClockSetBack, KeepsTotalsGoingUp) {
    std::uint64_t before = 0;
    for (const Duration at : {0min, 5min, -500min, 3min, -600min, 1min}) {
        count(1);
        const Snapshot now = registry.collect(noon + at);
        EXPECT_EQ(sent(now), ++before);
        EXPECT_LE(now.start, now.time);
    }
}

}  // namespace
}  // namespace mizzen::telemetry
