// SPDX-License-Identifier: Apache-2.0
// Tasks: results, errors, context.
#include "mizzen/async/task.hpp"

#include <gtest/gtest.h>

#include <string>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen {
namespace {
using namespace std::chrono_literals;

struct Named {
    std::string name;
    int n = 1;
};

Task<int> length(Named x) {
    co_await delay(1ms);
    co_return int(x.name.size()) + x.n;
}

TEST(Task, GivesItsResultToTheAwaiter) {
    SimulatedLoop loop(1);
    auto sum = [](int a) -> Task<int> {
        int b = co_await length({.name = std::string(100, 'x')});
        co_return a + b;
    };
    EXPECT_EQ(loop.run(sum(5)), 106);
}

TEST(Task, GivesMoveOnlyResults) {
    SimulatedLoop loop(1);
    auto make = []() -> Task<std::unique_ptr<int>> { co_return std::make_unique<int>(7); };
    EXPECT_EQ(*loop.run(make()), 7);
}

Task<> fail() {
    co_await delay(1ms);
    throw Error(ErrorKind::conflict, "no");
}

TEST(Task, ThrowsIntoTheAwaiter) {
    SimulatedLoop loop(1);
    auto caught = []() -> Task<ErrorKind> {
        try {
            co_await fail();
        } catch (const Error& e) {
            co_return e.kind();
        }
        co_return ErrorKind::bug;
    };
    EXPECT_EQ(loop.run(caught()), ErrorKind::conflict);
    EXPECT_THROW(loop.run(fail()), Error);
}

TEST(Task, DoesNotStartUntilAwaited) {
    bool started = false;
    auto set = [](bool& b) -> Task<> {
        b = true;
        co_return;
    };
    {
        auto task = set(started);
    }
    EXPECT_FALSE(started);
}

TEST(Task, InheritsTheContextOfItsAwaiter) {
    SimulatedLoop loop(1);
    static int span = 0;
    auto inner = []() -> Task<bool> { co_return (co_await context()).span == &span; };
    auto outer = [](auto inner) -> Task<bool> {
        (co_await context()).span = &span;
        co_return co_await inner();
    };
    EXPECT_TRUE(loop.run(outer(inner)));
    EXPECT_FALSE(loop.run(inner()));
}

TEST(Task, AwaitsManyWithoutGrowingTheStack) {
    SimulatedLoop loop(1);
    auto one = []() -> Task<int> { co_return 1; };
    auto many = [](auto one) -> Task<int> {
        int sum = 0;
        for (int i = 0; i < 200'000; ++i) sum += co_await one();
        co_return sum;
    };
    EXPECT_EQ(loop.run(many(one)), 200'000);
}

TEST(Loop, SaysWhenATaskCanNeverEnd) {
    SimulatedLoop loop(1);
    auto stuck = []() -> Task<> { co_await std::suspend_always(); };
    EXPECT_THROW(loop.run(stuck()), Error);
}

TEST(Timeout, ThrowsAtItsOwnDeadline) {
    SimulatedLoop loop(1);
    try {
        loop.run(timeout(50ms, sleep_for(1s)));
        FAIL();
    } catch (const Cancelled& e) {
        EXPECT_STREQ(e.what(), "deadline of 50ms passed");
    }
    EXPECT_EQ(loop.now().time_since_epoch(), 50ms);
}

TEST(Timeout, GivesTheResultInTime) {
    SimulatedLoop loop(1);
    EXPECT_EQ(loop.run(timeout(50ms, length({.name = "abc"}))), 4);
    EXPECT_EQ(loop.now().time_since_epoch(), 1ms);
}

TEST(Timeout, TheEarliestOfNestedOnesCounts) {
    for (auto [outer, inner, message] :
         {std::tuple(1s, 2s, "deadline of 1s passed"), {2s, 1s, "deadline of 1s passed"}}) {
        SimulatedLoop loop(1);
        try {
            loop.run(timeout(outer, timeout(inner, sleep_for(1h))));
            FAIL();
        } catch (const Cancelled& e) {
            EXPECT_STREQ(e.what(), message);
        }
        EXPECT_EQ(loop.now().time_since_epoch(), 1s);
    }
}

TEST(Timeout, LetsOtherErrorsThrough) {
    SimulatedLoop loop(1);
    try {
        loop.run(timeout(1s, fail()));
        FAIL();
    } catch (const Error& e) {
        EXPECT_EQ(e.kind(), ErrorKind::conflict);
    }
}

TEST(Timeout, ForeverDoesNotOverflow) {
    SimulatedLoop loop(1);
    EXPECT_NO_THROW(loop.run(timeout(Duration::max(), sleep_for(1h))));
}

}  // namespace
}  // namespace mizzen
