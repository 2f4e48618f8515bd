// SPDX-License-Identifier: Apache-2.0
// Many threads as one stream: its order, its end, what is dropped and what is said too often.
#include "mizzen/telemetry/logs/log_drain.hpp"

#include <gtest/gtest.h>

#include <barrier>
#include <thread>

#include "mizzen/telemetry/logs/testing/log_world.hpp"

namespace mizzen::telemetry {
namespace {

using namespace std::chrono_literals;
using Texts = std::vector<std::string>;

TEST(LogDrain, KeepsTheOrderOfTimeAcrossThreads) {
    LogWorld world;
    const Logger log(world.provider, "m");
    std::barrier turn(2);
    // Takes turns: a message of each thread in each microsecond.
    const auto talk = [&](int who) {
        for (int i = 0; i < 100; ++i) {
            if (i % 2 == who) {
                world.pass(1us);
                log.info("{}", i);
            }
            turn.arrive_and_wait();
        }
    };
    std::thread a(talk, 0), b(talk, 1);
    a.join();
    b.join();
    const LogBatch batch = world.all();
    ASSERT_EQ(batch.size(), 100u);
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(batch[i]->body, std::to_string(i));
        EXPECT_EQ(batch[i]->time, LogWorld::start + (i + 1) * 1us);
    }
}

TEST(LogDrain, WaitsForTheGrace) {
    LogWorld world({.grace = 5ms, .repeats = 0});
    const Logger log(world.provider, "m");
    log.info("first");
    world.pass(3ms);
    log.info("second");
    world.pass(2ms - 1ns);
    EXPECT_TRUE(world.due().empty());
    world.pass(1ns);
    EXPECT_EQ(LogWorld::texts(world.due()), Texts{"first"});
    // One that was late is still before the one that waits.
    EXPECT_TRUE(world.due().empty());
    world.pass(3ms);
    EXPECT_EQ(LogWorld::texts(world.due()), Texts{"second"});
    log.info("third");
    EXPECT_EQ(LogWorld::texts(world.all()), Texts{"third"});
}

TEST(LogDrain, LosesNothingOfThreadsThatEnd) {
    LogWorld world;
    const Logger log(world.provider, "m");
    for (int i = 0; i < 20; ++i) {
        std::thread([&] {
            log.info("from {}", i);
            world.pass(1us);
        }).join();
    }
    EXPECT_GT(world.provider.rings().size(), 20u);
    const Texts texts = LogWorld::texts(world.all());
    ASSERT_EQ(texts.size(), 20u);
    EXPECT_EQ(texts[19], "from 19");
    EXPECT_EQ(world.provider.rings().size(), 1u) << "what ended is read and gone";
}

struct LogsAtTheVeryEnd {
    const Logger* log = nullptr;
    ~LogsAtTheVeryEnd() {
        if (log) log->info("last words");
    }
};

TEST(LogDrain, HearsTheLastWordsOfAThread) {
    LogWorld world;
    const Logger log(world.provider, "m");
    std::thread([&] {
        // Destroyed after the thread's rings, because it is made before them.
        thread_local LogsAtTheVeryEnd at_the_end;
        at_the_end.log = &log;
        log.info("words");
    }).join();
    Texts texts = LogWorld::texts(world.all());
    std::sort(texts.begin(), texts.end());
    EXPECT_EQ(texts, (Texts{"last words", "words"}));
}

TEST(LogDrain, ALoggerOfAnotherProviderHasAnotherRing) {
    LogWorld one;
    const Logger first(one.provider, "m");
    first.info("1");
    {
        LogWorld other;
        const Logger second(other.provider, "m");
        second.info("2");
        first.info("3");
        second.info("4");
        EXPECT_EQ(LogWorld::texts(other.all()), (Texts{"2", "4"}));
    }
    first.info("5");
    EXPECT_EQ(LogWorld::texts(one.all()), (Texts{"1", "3", "5"}));
}

TEST(LogDrain, CountsWhatWasDroppedAndSaysItOnce) {
    LogWorld world({.grace = {}, .repeats = 0}, 4096);
    const Logger log(world.provider, "m");
    for (int i = 0; i < 200; ++i) log.info("{}", i);
    const LogBatch batch = world.due();
    ASSERT_GT(batch.size(), 20u);
    const std::uint64_t kept = batch.size() - 1;
    for (std::size_t i = 0; i < kept; ++i) EXPECT_EQ(batch[i]->body, std::to_string(i));
    const LogRecord& told = *batch.back();
    EXPECT_TRUE(told.body.starts_with(std::to_string(200 - kept) + " messages dropped: ")) << told.body;
    EXPECT_EQ(told.severity, Severity::warn);
    EXPECT_EQ(told.scope->name, "mizzen.logs");
    EXPECT_EQ(told.attributes, (Attributes{{"log.dropped", 200 - kept}}));
    EXPECT_EQ(world.drain.counts(), (DrainCounts{.records = kept + 1, .dropped = 200 - kept}));
    EXPECT_TRUE(world.due().empty());
    log.info("again");
    EXPECT_EQ(LogWorld::texts(world.due()), Texts{"again"});
}

TEST(LogDrain, DropsWhatFitsNoRing) {
    LogWorld world({.grace = {}, .repeats = 0}, 4096);
    const Logger log(world.provider, "m");
    log.info("{}{}", std::string(4000, 'a'), std::string(4000, 'b'));
    log.info("small");
    const Texts texts = LogWorld::texts(world.due());
    ASSERT_EQ(texts.size(), 2u);
    EXPECT_EQ(texts[0], "small");
    EXPECT_TRUE(texts[1].starts_with("1 message dropped: "));
}

TEST(LogDrain, LimitsACallSiteAndSaysHowOftenItRepeated) {
    LogWorld world({.grace = {}, .repeats = 3, .repeats_per = 1s});
    const Logger log(world.provider, "m");
    const auto noise = [&](int n) {
        for (int i = 0; i < n; ++i) log.error("refused {}", i);
    };
    noise(10);
    log.info("another call site");
    EXPECT_EQ(LogWorld::texts(world.due()), (Texts{"refused 0", "refused 1", "refused 2", "another call site"}));
    world.pass(999ms);
    noise(1);
    EXPECT_TRUE(world.due().empty());
    world.pass(1ms);
    noise(2);
    const LogBatch batch = world.due();
    EXPECT_EQ(LogWorld::texts(batch), (Texts{"repeated 8 times: refused {}", "refused 0", "refused 1"}));
    EXPECT_EQ(batch[0]->time, LogWorld::start + 1s);
    EXPECT_EQ(batch[0]->severity, Severity::error);
    EXPECT_EQ(batch[0]->scope->name, "m");
    EXPECT_EQ(*batch[0]->attributes.find("log.repeated")->as<std::int64_t>(), 8);
    EXPECT_TRUE(batch[0]->attributes.find("code.file.path")->as<std::string>()->ends_with("log_drain_test.cpp"));
    EXPECT_GT(*batch[0]->attributes.find("code.line.number")->as<std::int64_t>(), 100);
    EXPECT_EQ(world.drain.counts(), (DrainCounts{.records = 7, .repeated = 8}));
}

TEST(LogDrain, TellsOfRepeatsThoughNothingFollows) {
    LogWorld world({.grace = 5ms, .repeats = 1});
    const Logger log(world.provider, "m");
    for (int i = 0; i < 4; ++i) log.info("again");
    world.pass(5ms);
    EXPECT_EQ(LogWorld::texts(world.due()), Texts{"again"});
    world.pass(1s - 1ns);
    EXPECT_TRUE(world.due().empty());
    world.pass(1ns);
    EXPECT_EQ(LogWorld::texts(world.due()), Texts{"repeated 3 times: again"});
    world.pass(1h);
    EXPECT_TRUE(world.due().empty());
    for (int i = 0; i < 2; ++i) log.info("until the end");
    EXPECT_EQ(LogWorld::texts(world.all()), (Texts{"until the end", "repeated 1 times: until the end"}));
}

TEST(LogDrain, OneCallSiteOfTwoModulesIsTwo) {
    LogWorld world({.grace = {}, .repeats = 1});
    const Logger a(world.provider, "a"), b(world.provider, "b");
    for (const Logger& log : {a, b, a, b}) log.info("hello");
    const LogBatch batch = world.due();
    ASSERT_EQ(batch.size(), 2u);
    EXPECT_EQ(batch[0]->scope->name, "a");
    EXPECT_EQ(batch[1]->scope->name, "b");
}

TEST(LogDrain, SaysWhereTheCallStandsIfAsked) {
    LogWorld world({.grace = {}, .with_source = true});
    Logger(world.provider, "m").info("here");
    const LogBatch batch = world.due();
    ASSERT_EQ(batch.size(), 1u);
    EXPECT_TRUE(batch[0]->attributes.find("code.file.path")->as<std::string>()->ends_with("log_drain_test.cpp"));
    EXPECT_TRUE(batch[0]->attributes.find("code.line.number"));
}

TEST(LogDrain, ACalendarSetBackDoesNotSilenceACallSite) {
    RepeatLimit limit(1, 1s);
    const CallSite site{.text = "x"};
    const WallTime noon = LogWorld::start;
    EXPECT_TRUE(limit.admit(site, noon));
    EXPECT_FALSE(limit.admit(site, noon));
    const auto ended = limit.take_ended(noon - 1h);
    ASSERT_EQ(ended.size(), 1u);
    EXPECT_EQ(ended[0].count, 1u);
    EXPECT_EQ(ended[0].until, noon - 1h);
    EXPECT_TRUE(limit.admit(site, noon - 1h));
}

// Threads that talk, end and are read at the same time: nothing is lost or out of order within a thread.
TEST(LogDrain, ReadsWhileOthersWrite) {
    LoggerProvider provider;  // the ticks of the processor
    LogDrain drain(provider, LogWorld::start, {.grace = {}, .repeats = 0});
    const Logger log(provider, "m");
    constexpr int threads = 3, each = 3000;
    std::atomic<int> running = threads;
    std::vector<std::thread> talkers;
    for (int t = 0; t < threads; ++t)
        talkers.emplace_back([&log, &running, t] {
            for (int i = 0; i < each; ++i) log.info("{} {}", std::string(i % 50, 'x'), i, field("t", t), field("i", i));
            --running;
        });
    std::vector<std::int64_t> next(threads, 0);
    std::uint64_t seen = 0;
    WallTime now = LogWorld::start;
    const auto check = [&](const LogBatch& batch) {
        for (const auto& record : batch) {
            const auto* t = record->attributes.find("t");
            if (!t) continue;
            const std::int64_t i = *record->attributes.find("i")->as<std::int64_t>();
            std::int64_t& wanted = next[static_cast<std::size_t>(*t->as<std::int64_t>())];
            EXPECT_GE(i, wanted);
            wanted = i + 1;
            EXPECT_EQ(record->body, std::string(static_cast<std::size_t>(i % 50), 'x') + " " + std::to_string(i));
            ++seen;
        }
    };
    while (running > 0) check(drain.drain(now += 1ms));
    for (std::thread& talker : talkers) talker.join();
    check(drain.flush(now += 1ms));
    EXPECT_EQ(seen + drain.counts().dropped, std::uint64_t{threads} * each);
    EXPECT_EQ(provider.rings().size(), 1u);
}

}  // namespace
}  // namespace mizzen::telemetry
