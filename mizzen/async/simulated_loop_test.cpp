// SPDX-License-Identifier: Apache-2.0
// Simulated time and its timers.
#include "mizzen/async/simulated_loop.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/scope.hpp"

namespace mizzen {
namespace {
using namespace std::chrono_literals;

TEST(SimulatedLoop, TimeStandsStillWhileTasksRunAndJumpsToTheNextTimer) {
    SimulatedLoop loop(1);
    EXPECT_EQ(to_rfc3339(loop.wall()), "2026-01-01T00:00:00Z");
    loop.run(sleep_for(90s));
    EXPECT_EQ(loop.now(), Time(90s));
    EXPECT_EQ(to_rfc3339(loop.wall()), "2026-01-01T00:01:30Z");
}

TEST(SimulatedLoop, RunUntilStopsWhereItIsTold) {
    SimulatedLoop loop(1);
    int ticks = 0;
    Scope scope(loop);
    scope.spawn([](int& ticks) -> Task<> {
        for (;; ++ticks) co_await delay(1s);
    }(ticks));
    loop.run_for(3500ms);
    EXPECT_EQ(ticks, 3);
    EXPECT_EQ(loop.now(), Time(3500ms));
    EXPECT_TRUE(loop.run_until([&] { return ticks == 10; }, 1min));
    EXPECT_EQ(loop.now(), Time(10s));
    EXPECT_FALSE(loop.run_until([&] { return ticks == 100; }, 5s));
    EXPECT_EQ(loop.now(), Time(15s));
}

TEST(SimulatedLoop, RandomNumbersFollowTheSeed) {
    SimulatedLoop a(1), b(1), c(2);
    const auto first = a.random()();
    EXPECT_EQ(first, b.random()());
    EXPECT_NE(first, c.random()());
}

struct Note final : Timer {
    std::vector<int>* log = nullptr;
    int n = 0;
    void fire() noexcept override { log->push_back(n); }
};

TEST(Timers, FireInOrderAndNotOnceStopped) {
    SimulatedLoop loop(1);
    std::vector<int> log, expected;
    Random random(7);
    std::vector<std::pair<Time, int>> due;
    std::vector<std::unique_ptr<Note>> timers;
    for (int i = 0; i < 500; ++i) {
        auto& timer = *timers.emplace_back(std::make_unique<Note>());
        timer.log = &log;
        timer.n = i;
        const Time when(std::chrono::milliseconds(random.below(100)));
        loop.start(timer, when);
        due.emplace_back(when, i);
    }
    for (int i = 0; i < 500; i += 3) {
        if (i % 2)
            loop.stop(*timers[static_cast<std::size_t>(i)]);
        else
            timers[static_cast<std::size_t>(i)].reset();
        std::erase_if(due, [&](auto& d) { return d.second == i; });
    }
    std::sort(due.begin(), due.end());
    for (auto& [when, n] : due) expected.push_back(n);
    loop.run_for(1s);
    EXPECT_EQ(log, expected);
}

TEST(Timers, MayOutliveTheLoop) {
    Note timer;
    {
        SimulatedLoop loop(1);
        loop.start(timer, Time(1s));
    }
    EXPECT_FALSE(timer.armed());
}

}  // namespace
}  // namespace mizzen
