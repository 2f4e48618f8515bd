// SPDX-License-Identifier: Apache-2.0
// Records go out by size and delay, within bounds; the end keeps its time; what is read from the rings arrives.
#include "mizzen/telemetry/logs/batch_log_processor.hpp"

#include <gtest/gtest.h>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/logs/log_reader.hpp"
#include "mizzen/telemetry/logs/logger.hpp"

namespace mizzen::telemetry {
namespace {
using namespace std::chrono_literals;
using Sizes = std::vector<std::size_t>;

LogBatch some_records(std::size_t n) {
    LogBatch records;
    for (std::size_t i = 0; i < n; ++i) records.push_back(std::make_unique<LogRecord>(LogRecord{.body = "x"}));
    return records;
}

struct Exporter final : LogExporter {
    enum class Answer { yes, no, throws, never };
    explicit Exporter(Answer answer = Answer::yes, Duration takes = 0s) : answer(answer), takes(takes) {}
    Task<bool> send(LogBatch batch) override {
        EXPECT_EQ(++at_once, 1);
        struct Leave {
            int& n;
            ~Leave() { --n; }
        } leave{at_once};
        co_await delay(answer == Answer::never ? 1000h : takes);
        if (answer == Answer::throws) throw Error(ErrorKind::retry, "refused");
        batches.push_back(batch.size());
        co_return answer == Answer::yes;
    }
    Answer answer;
    Duration takes;
    Sizes batches;
    int at_once = 0;
};

TEST(BatchLogProcessor, SendsAfterTheDelayOrAtOnceWhenFull) {
    SimulatedLoop loop(1);
    Exporter exporter;
    BatchLogProcessor processor(loop, exporter, {.queue = 10, .batch = 4, .delay = 1s});
    processor.take(some_records(1));
    loop.run_for(999ms);
    EXPECT_EQ(exporter.batches, Sizes{});
    loop.run_for(1ms);
    EXPECT_EQ(exporter.batches, Sizes{1});
    processor.take(some_records(9));
    loop.run_for(1ms);
    EXPECT_EQ(exporter.batches, (Sizes{1, 4, 4}));
    loop.run_for(1s);
    EXPECT_EQ(exporter.batches, (Sizes{1, 4, 4, 1}));
    EXPECT_EQ(processor.counts(), (BatchCounts{.taken = 10, .exported = 10}));
}

TEST(BatchLogProcessor, ABusyExporterCostsRecordsNotMemory) {
    SimulatedLoop loop(1);
    Exporter exporter(Exporter::Answer::yes, 1h);
    BatchLogProcessor processor(loop, exporter, {.queue = 10, .batch = 4, .export_timeout = 2h});
    processor.take(some_records(4));
    loop.run_for(1s);
    processor.take(some_records(1000));
    EXPECT_EQ(processor.waiting(), 10u);
    EXPECT_EQ(processor.counts(), (BatchCounts{.taken = 14, .refused = 990}));
}

TEST(BatchLogProcessor, GivesUpAnExporterThatFailsOrHangs) {
    using enum Exporter::Answer;
    for (const auto answer : {no, throws, never}) {
        SimulatedLoop loop(1);
        Exporter exporter(answer);
        BatchLogProcessor processor(loop, exporter, {.batch = 2, .export_timeout = 30s});
        processor.take(some_records(4));
        loop.run_for(61s);
        EXPECT_EQ(processor.counts(), (BatchCounts{.taken = 4, .failed = 4}));
        exporter.answer = yes;
        processor.take(some_records(1));
        loop.run_for(10s);
        EXPECT_EQ(processor.counts().exported, 1u) << "it goes on afterwards";
    }
}

TEST(BatchLogProcessor, ShutsDownWithinItsDeadline) {
    using enum Exporter::Answer;
    for (const auto answer : {yes, no, throws, never}) {
        SimulatedLoop loop(1);
        Exporter exporter(answer, 100ms);
        BatchLogProcessor processor(loop, exporter, {.queue = 100, .batch = 10, .delay = 1h});
        processor.take(some_records(35));
        const BatchCounts counts = loop.run(processor.shut_down(5s));
        EXPECT_LE(loop.now().time_since_epoch(), 5s);
        EXPECT_EQ(counts.exported, answer == yes ? 35u : 0u);
        EXPECT_EQ(counts.failed, answer == no || answer == throws ? 35u : 0u);
        EXPECT_EQ(counts.abandoned, answer == never ? 35u : 0u);
        processor.take(some_records(1));
        EXPECT_EQ(processor.counts().refused, 1u);
        loop.run_until_idle();
        EXPECT_EQ(exporter.at_once, 0) << "the exporter was let go";
        EXPECT_EQ(loop.run(processor.shut_down(5s)).taken, 35u) << "twice does no harm";
    }
}

struct Kept final : LogProcessor {
    void take(LogBatch records) override {
        for (auto& record : records) bodies.push_back(std::move(record));
    }
    LogBatch bodies;
};

TEST(LogReader, HandsOnWhatIsLogged) {
    SimulatedLoop loop(1);
    LoggerProvider provider({.ticks = ticks_of(loop)});
    Kept kept;
    LogReader reader(loop, provider, kept, {.limits = {.count = 1, .value_length = 2}});
    const Logger log(provider, "shop");
    log.info("one", field("a", "long"), field("b", 1));
    loop.run_for(250ms);
    ASSERT_EQ(kept.bodies.size(), 1u);
    EXPECT_EQ(kept.bodies[0]->attributes, (Attributes{{"a", "lo"}}));
    EXPECT_EQ(kept.bodies[0]->attributes.dropped(), 1u);
    log.info("two");
    reader.flush();
    EXPECT_EQ(kept.bodies.size(), 2u);
    reader.stop();
    log.info("three");
    loop.run_until_idle();
    EXPECT_EQ(kept.bodies.size(), 2u);
    reader.flush();
    EXPECT_EQ(kept.bodies.size(), 3u);
}

}  // namespace
}  // namespace mizzen::telemetry
