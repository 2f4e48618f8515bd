// SPDX-License-Identifier: Apache-2.0
// The loop of production over the simplest poller there is.
#include "mizzen/async/real_loop.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <thread>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/event.hpp"
#include "mizzen/async/scope.hpp"

namespace mizzen {
namespace {
using namespace std::chrono_literals;

class WaitingPoller final : public Poller {
  public:
    void poll(std::optional<Duration> wait) override {
        std::unique_lock lock(mutex_);
        auto interrupted = [this] { return interrupted_; };
        if (wait)
            changed_.wait_for(lock, *wait, interrupted);
        else
            changed_.wait(lock, interrupted);
        interrupted_ = false;
    }
    void interrupt() override {
        std::lock_guard lock(mutex_);
        interrupted_ = true;
        changed_.notify_one();
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool interrupted_ = false;
};

TEST(RealLoop, DelaysForAtLeastTheTime) {
    WaitingPoller poller;
    RealLoop loop(poller);
    const Time start = loop.now();
    loop.run(sleep_for(2ms));
    EXPECT_GE(loop.now() - start, 2ms);
}

TEST(RealLoop, TasksTakeTurnsInOrder) {
    WaitingPoller poller;
    RealLoop loop(poller);
    std::string log;
    Scope scope(loop);
    for (char c : {'a', 'b', 'c'}) {
        scope.spawn([](char c, std::string& log) -> Task<> {
            for (int i = 0; i < 3; ++i) {
                log += c;
                co_await yield();
            }
        }(c, log));
    }
    loop.run(scope.join());
    EXPECT_EQ(log, "abcabcabc");
}

TEST(RealLoop, AnotherThreadMayPost) {
    WaitingPoller poller;
    RealLoop loop(poller);
    constexpr int calls = 2000;
    int seen = 0;
    Event event;
    std::thread other([&] {
        for (int i = 0; i < calls; ++i) {
            loop.post([&] {
                ++seen;
                event.notify_all();
            });
        }
    });
    loop.run([](int& seen, Event& event) -> Task<> {
        while (seen < calls) co_await event.wait();
    }(seen, event));
    other.join();
    EXPECT_EQ(seen, calls);
}

TEST(RealLoop, ThrowsWhatTheTaskThrew) {
    WaitingPoller poller;
    RealLoop loop(poller);
    EXPECT_THROW(loop.run([]() -> Task<> {
        co_await yield();
        throw std::runtime_error("x");
    }()),
                 std::runtime_error);
}

}  // namespace
}  // namespace mizzen
