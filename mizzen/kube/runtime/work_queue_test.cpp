// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/runtime/work_queue.hpp"

#include <gtest/gtest.h>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/async/simulated_loop.hpp"

namespace mizzen::kube {
namespace {

using namespace std::chrono_literals;

struct WorkQueueTest : ::testing::Test {
    SimulatedLoop loop{1};
    WorkQueue queue{loop, {.first = 1s, .most = 10s, .jitter = Backoff::Jitter::none}};
    Scope scope{loop};
    std::string log;

    // Takes each key, keeps it for `work`, gives it back.
    static Task<> worker(WorkQueue& queue, Duration work, std::string& log) {
        for (;;) {
            auto key = co_await queue.next();
            if (!key) break;
            log += "<" + key->name;
            co_await delay(work);
            log += ">";
            queue.done(*key);
        }
        log += ".";
    }
};

TEST_F(WorkQueueTest, AKeyAddedTwiceIsTakenOnce) {
    for (auto* key : {"a", "b", "a", "b"}) queue.add(key);
    scope.spawn(worker(queue, 0s, log));
    loop.run_for(1s);
    EXPECT_EQ(log, "<a><b>");
}

TEST_F(WorkQueueTest, AKeyAddedWhileItIsWorkedOnComesAgainOnceAfterwards) {
    scope.spawn(worker(queue, 10s, log));
    queue.add("a");
    loop.run_for(1s);
    queue.add("a");
    queue.add("a");
    EXPECT_EQ(log, "<a");
    loop.run_for(1min);
    EXPECT_EQ(log, "<a><a>");
    EXPECT_TRUE(queue.idle());
}

TEST_F(WorkQueueTest, TwoWorkersNeverHaveTheSameKey) {
    struct Check {
        std::map<std::string, int> running;
        int most = 0, taken = 0;
    } check;
    auto work = [](WorkQueue& queue, Check& check, Loop& loop) -> Task<> {
        for (;;) {
            auto key = co_await queue.next();
            if (!key) break;
            check.most = std::max(check.most, ++check.running[key->name]);
            ++check.taken;
            co_await delay(std::chrono::milliseconds(loop.random().below(50)));
            --check.running[key->name];
            queue.done(*key);
        }
    };
    auto feed = [](WorkQueue& queue, Loop& loop) -> Task<> {
        for (int i = 0; i < 2000; ++i) {
            queue.add(std::string(1, static_cast<char>('a' + loop.random().below(3))));
            co_await delay(std::chrono::milliseconds(loop.random().below(5)));
        }
        queue.close();
    };
    for (int i = 0; i < 4; ++i) scope.spawn(work(queue, check, loop));
    scope.spawn(feed(queue, loop));
    loop.run_for(1h);
    EXPECT_EQ(check.most, 1);
    EXPECT_GT(check.taken, 100);
    EXPECT_EQ(scope.running(), 0u);
}

TEST_F(WorkQueueTest, WhatIsUrgentGoesFirstAndRaisesWhatWaits) {
    queue.add("a", Priority::background);
    queue.add("b", Priority::background);
    queue.add("c", Priority::normal);
    queue.add("b", Priority::normal);
    queue.add("c", Priority::background);
    scope.spawn(worker(queue, 0s, log));
    loop.run_for(1s);
    EXPECT_EQ(log, "<c><b><a>");
}

TEST_F(WorkQueueTest, OfSeveralDelaysTheEarliestCounts) {
    scope.spawn(worker(queue, 0s, log));
    queue.add_after("a", 30s);
    queue.add_after("a", 10s);
    queue.add_after("a", 20s);
    loop.run_for(9s);
    EXPECT_EQ(log, "");
    loop.run_for(1s);
    EXPECT_EQ(log, "<a>");
    loop.run_for(1h);
    EXPECT_EQ(log, "<a>");
    EXPECT_EQ(queue.delayed(), 0u);
}

TEST_F(WorkQueueTest, AVisitInBetweenCancelsTheDelay) {
    scope.spawn(worker(queue, 0s, log));
    queue.add_after("a", 10s);
    loop.run_for(1s);
    queue.add("a");
    loop.run_for(1h);
    EXPECT_EQ(log, "<a>");
}

TEST_F(WorkQueueTest, WaitsGrowWithEachFailureUntilTheKeyGoesWell) {
    std::string waits;
    for (int i = 0; i < 6; ++i) waits += mizzen::to_string(queue.add_after_failure("a")) + " ";
    EXPECT_EQ(waits, "1s 2s 4s 8s 10s 10s ");
    EXPECT_EQ(queue.failures("a"), 6);
    EXPECT_EQ(queue.add_after_failure("b", 7s), 7s) << "what the server asks for counts if it is more";
    queue.forget("a");
    EXPECT_EQ(queue.add_after_failure("a"), 1s);
}

TEST_F(WorkQueueTest, ADroppedKeyDoesNotComeBack) {
    scope.spawn(worker(queue, 0s, log));
    queue.add_after_failure("a");
    queue.drop("a");
    loop.run_for(1h);
    EXPECT_EQ(log, "");
    EXPECT_EQ(queue.failures("a"), 0);
}

TEST_F(WorkQueueTest, AClosedQueueLetsWorkersFinishAndTakesNothing) {
    scope.spawn(worker(queue, 10s, log));
    queue.add("a");
    loop.run_for(1s);
    queue.add("b");
    queue.close();
    queue.add("c");
    queue.add_after("d", 1s);
    loop.run_for(1h);
    EXPECT_EQ(log, "<a>.");
}

}  // namespace
}  // namespace mizzen::kube
