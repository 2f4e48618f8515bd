// SPDX-License-Identifier: Apache-2.0
// Channels, events, semaphores: order, backpressure, and nothing lost when a waiting task goes away.
#include "mizzen/async/channel.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/event.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/async/semaphore.hpp"
#include "mizzen/async/simulated_loop.hpp"

namespace mizzen {
namespace {
using namespace std::chrono_literals;

Task<> send_all(Channel<int>& channel, int from, int to) {
    for (int i = from; i < to; ++i) co_await channel.send(i);
}

Task<> receive_all(Channel<int>& channel, std::vector<int>& into) {
    while (auto value = co_await channel.receive()) into.push_back(*value);
}

TEST(Channel, KeepsTheOrderAndDrainsAfterClose) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        SimulatedLoop loop(seed);
        Channel<int> channel(3);
        std::vector<int> got;
        Scope scope(loop);
        scope.spawn(receive_all(channel, got));
        scope.spawn([](Channel<int>& channel) -> Task<> {
            co_await send_all(channel, 0, 10);
            channel.close();
        }(channel));
        loop.run_until_idle();
        EXPECT_EQ(got, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
        EXPECT_EQ(scope.running(), 0u);
    }
}

TEST(Channel, HoldsTheSenderBackWhenFull) {
    SimulatedLoop loop(1);
    Channel<int> channel(2);
    Scope scope(loop);
    scope.spawn(send_all(channel, 0, 3));
    loop.run_until_idle();
    EXPECT_EQ(channel.size(), 2u);
    EXPECT_EQ(scope.running(), 1u);
    EXPECT_FALSE(channel.try_send(9));
    EXPECT_EQ(channel.try_receive(), 0);
    loop.run_until_idle();
    EXPECT_EQ(scope.running(), 0u);
}

TEST(Channel, ASendToAClosedOneThrows) {
    SimulatedLoop loop(1);
    Channel<int> channel(1);
    channel.close();
    EXPECT_THROW(loop.run(channel.send(1)), Error);
    EXPECT_EQ(loop.run(channel.receive()), std::nullopt);
}

// Receivers come and go, by cancellation and by crash, while values flow: each value arrives once.
TEST(Channel, LosesNothingWhenReceiversGoAway) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        SimulatedLoop loop(seed);
        Channel<int> channel(2);
        std::vector<int> got;
        Scope senders(loop);
        senders.spawn(send_all(channel, 0, 50));
        Scope survivor(loop);
        survivor.spawn(receive_all(channel, got));
        for (int round = 0; round < 20; ++round) {
            Scope doomed(loop);
            for (int i = 0; i < 3; ++i) doomed.spawn(receive_all(channel, got));
            for (std::uint64_t i = 0; i < seed % 17; ++i) loop.step();
            if (round % 2) {
                doomed.cancel("gone");
                if (round % 4 == 1) loop.run(doomed.join());
            }
        }
        loop.run_until_idle();
        ASSERT_EQ(senders.running(), 0u);
        std::sort(got.begin(), got.end());
        ASSERT_EQ(got.size(), 50u) << "seed " << seed;
        for (int i = 0; i < 50; ++i) ASSERT_EQ(got[static_cast<std::size_t>(i)], i);
    }
}

TEST(Event, WakesThoseWhoWaitNowAndNobodyLater) {
    SimulatedLoop loop(1);
    Event event;
    int woken = 0;
    auto wait = [](Event& event, int& woken) -> Task<> {
        co_await event.wait();
        ++woken;
    };
    Scope scope(loop);
    event.notify_all();
    for (int i = 0; i < 3; ++i) scope.spawn(wait(event, woken));
    loop.run_until_idle();
    EXPECT_EQ(woken, 0);
    event.notify_all();
    loop.run_until_idle();
    EXPECT_EQ(woken, 3);
}

TEST(Latch, StaysOpen) {
    SimulatedLoop loop(1);
    Latch latch;
    Scope scope(loop);
    scope.spawn(latch.wait());
    loop.run_until_idle();
    EXPECT_EQ(scope.running(), 1u);
    latch.open();
    loop.run_until_idle();
    EXPECT_EQ(scope.running(), 0u);
    EXPECT_NO_THROW(loop.run(latch.wait()));
}

Task<> use(Semaphore& semaphore, int& busy, int& most) {
    auto permit = co_await semaphore.acquire();
    most = std::max(most, ++busy);
    struct Leave {
        int& busy;
        ~Leave() { --busy; }
    } leave{busy};
    co_await delay(1ms);
}

TEST(Semaphore, LimitsAndLosesNoPermit) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        SimulatedLoop loop(seed);
        Semaphore semaphore(3);
        int busy = 0, most = 0;
        Scope stays(loop);
        for (int i = 0; i < 10; ++i) stays.spawn(use(semaphore, busy, most));
        {
            Scope crashes(loop), cancelled(loop);
            for (int i = 0; i < 10; ++i) crashes.spawn(use(semaphore, busy, most));
            for (int i = 0; i < 10; ++i) cancelled.spawn(use(semaphore, busy, most));
            for (std::uint64_t i = 0; i < seed; ++i) loop.step();
            cancelled.cancel("gone");
            loop.run(cancelled.join());
        }
        loop.run_for(1s);
        ASSERT_EQ(stays.running(), 0u) << "seed " << seed;
        ASSERT_EQ(semaphore.free(), 3u);
        ASSERT_EQ(busy, 0);
        ASSERT_EQ(most, 3);
    }
}

TEST(Semaphore, FirstComeFirstServed) {
    SimulatedLoop loop(3);
    Semaphore semaphore(1);
    std::string log;
    Scope scope(loop);
    for (char c : std::string("abcdef")) {
        scope.spawn([](Semaphore& s, std::string& log, char c) -> Task<> {
            auto permit = co_await s.acquire();
            log += c;
            co_await delay(1ms);
        }(semaphore, log, c));
        loop.run_until_idle();
    }
    loop.run_for(1s);
    EXPECT_EQ(log, "abcdef");
}

}  // namespace
}  // namespace mizzen
