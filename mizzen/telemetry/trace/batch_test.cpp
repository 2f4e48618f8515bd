// SPDX-License-Identifier: Apache-2.0
// Batches by size, delay and flush; drops that are counted; an end within its deadline, whatever the exporter does.
#include <gtest/gtest.h>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/trace/batch_processor.hpp"

namespace mizzen::telemetry {
namespace {
using namespace std::chrono_literals;

std::unique_ptr<SpanData> a_span(std::uint64_t id, bool sampled = true) {
    auto span = std::make_unique<SpanData>();
    span->context = {.trace = {1, 1}, .span = {id}, .flags = TraceFlags{}.with_sampled(sampled)};
    return span;
}

TEST(BatchQueue, WaitsForTheDelayOrAFullBatch) {
    BatchQueue queue({.queue = 10, .batch = 3, .delay = 5s});
    const Time t{};
    EXPECT_EQ(queue.due(), std::nullopt);
    EXPECT_TRUE(queue.add(a_span(1), t));
    EXPECT_EQ(queue.due(), t + 5s);
    EXPECT_TRUE(queue.add(a_span(2), t + 4s));
    EXPECT_EQ(queue.take(t + 4999ms).size(), 0u);
    EXPECT_EQ(queue.take(t + 5s).size(), 2u);
    EXPECT_EQ(queue.in_flight(), 2u);
    for (std::uint64_t id = 3; id < 10; ++id) queue.add(a_span(id), t + 6s);
    EXPECT_EQ(queue.take(t + 1h).size(), 0u) << "one batch at a time";
    queue.finished(true);
    const SpanBatch batch = queue.take(t + 6s);
    ASSERT_EQ(batch.size(), 3u);
    EXPECT_EQ(batch[0]->context.span.value, 3u) << "the oldest first";
    queue.finished(false);
    EXPECT_EQ(queue.counts(), (BatchCounts{.taken = 9, .exported = 2, .failed = 3}));
}

TEST(BatchQueue, DropsWhatDoesNotFit) {
    BatchQueue queue({.queue = 2, .batch = 100});
    EXPECT_TRUE(queue.add(a_span(1), {}));
    EXPECT_TRUE(queue.add(a_span(2), {}));
    EXPECT_FALSE(queue.add(a_span(3), {}));
    EXPECT_EQ(queue.limits().batch, 2u) << "no larger than the queue";
    queue.close();
    EXPECT_EQ(queue.take({}).size(), 2u);
    EXPECT_FALSE(queue.add(a_span(4), {}));
    queue.abandon();
    queue.finished(true);
    EXPECT_EQ(queue.counts(), (BatchCounts{.taken = 2, .refused = 2, .abandoned = 2}));
    BatchQueue least({.queue = 0, .batch = 0, .delay = -1s});
    EXPECT_TRUE(least.add(a_span(1), {}));
    EXPECT_EQ(least.take({}).size(), 1u);
    BatchQueue patient({.delay = Duration::max()});
    patient.add(a_span(1), Time{} + 1h);
    EXPECT_EQ(patient.due(), Time::max());
}

TEST(BatchQueue, AFlushCoversWhatIsOut) {
    BatchQueue queue({.batch = 2});
    EXPECT_TRUE(queue.is_flushed());
    queue.add(a_span(1), {});
    queue.add(a_span(2), {});
    EXPECT_TRUE(queue.is_flushed());
    EXPECT_EQ(queue.take({}).size(), 2u);
    queue.add(a_span(3), {});
    queue.flush();
    EXPECT_FALSE(queue.is_flushed());
    queue.finished(true);
    EXPECT_FALSE(queue.is_flushed());
    queue.add(a_span(4), {});
    EXPECT_EQ(queue.take({}).size(), 2u);
    EXPECT_FALSE(queue.is_flushed());
    queue.finished(true);
    EXPECT_TRUE(queue.is_flushed());
}

// No order of calls loses a span without counting it, or holds more than the limits allow.
TEST(BatchQueue, CountsAddUp) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        Random random(seed);
        BatchQueue queue({.queue = 1 + random.below(20), .batch = 1 + random.below(20), .delay = 10ms});
        Time now{};
        std::uint64_t offered = 0, seen = 0;
        for (int step = 0; step < 400; ++step) {
            now += Duration(random.below(8'000'000));
            switch (random.below(step > 300 ? 7 : 6)) {
                case 0:
                    if (queue.in_flight()) queue.finished(random.below(2) == 0);
                    break;
                case 1: {
                    const SpanBatch batch = queue.take(now);
                    ASSERT_LE(batch.size(), queue.limits().batch);
                    for (const auto& span : batch) {
                        ASSERT_GT(span->context.span.value, seen) << "in order, once";
                        seen = span->context.span.value;
                    }
                    break;
                }
                case 2:
                    queue.flush();
                    break;
                case 6:
                    random.below(2) ? queue.close() : queue.abandon();
                    break;
                default:
                    queue.add(a_span(++offered), now);
            }
            const BatchCounts& c = queue.counts();
            ASSERT_LE(queue.size(), queue.limits().queue);
            ASSERT_EQ(c.taken + c.refused, offered) << seed;
            ASSERT_EQ(c.taken, queue.size() + queue.in_flight() + c.exported + c.failed + c.abandoned) << seed;
        }
    }
}

// Takes so long for each batch, then answers as told.
struct Exporter final : SpanExporter {
    enum class Answer { yes, no, throws, never };
    explicit Exporter(Answer answer = Answer::yes, Duration takes = 0s) : answer(answer), takes(takes) {}

    Answer answer;
    Duration takes;
    std::vector<std::size_t> batches;
    int at_once = 0;

    Task<bool> send(SpanBatch batch) override {
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
};

TEST(BatchProcessor, SendsAfterTheDelayOrAtOnceWhenFull) {
    SimulatedLoop loop(1);
    Exporter exporter;
    BatchProcessor processor(loop, exporter, {.queue = 10, .batch = 4, .delay = 5s});
    processor.ended(a_span(1));
    processor.ended(a_span(2, false));
    loop.run_for(4999ms);
    EXPECT_TRUE(exporter.batches.empty());
    loop.run_for(1ms);
    EXPECT_EQ(exporter.batches, (std::vector<std::size_t>{1}));
    for (std::uint64_t id = 0; id < 9; ++id) processor.ended(a_span(id));
    loop.run_for(1ms);
    EXPECT_EQ(exporter.batches, (std::vector<std::size_t>{1, 4, 4}));
    loop.run_for(5s);
    EXPECT_EQ(exporter.batches, (std::vector<std::size_t>{1, 4, 4, 1}));
    EXPECT_EQ(processor.counts(), (BatchCounts{.taken = 10, .exported = 10}));
}

TEST(BatchProcessor, ABusyExporterCostsSpansNotMemory) {
    SimulatedLoop loop(1);
    Exporter exporter(Exporter::Answer::yes, 1h);
    BatchProcessor processor(loop, exporter, {.queue = 10, .batch = 4, .export_timeout = 2h});
    for (std::uint64_t id = 0; id < 4; ++id) processor.ended(a_span(id));
    loop.run_for(1s);
    for (std::uint64_t id = 0; id < 1000; ++id) processor.ended(a_span(id));
    EXPECT_EQ(processor.waiting(), 10u);
    EXPECT_EQ(processor.counts(), (BatchCounts{.taken = 14, .refused = 990}));
}

TEST(BatchProcessor, FlushSaysWhetherAllWentOut) {
    SimulatedLoop loop(1);
    Exporter exporter(Exporter::Answer::yes, 1s);
    BatchProcessor processor(loop, exporter, {.queue = 10, .batch = 4, .delay = 1h});
    EXPECT_TRUE(loop.run(processor.flush(1s))) << "nothing to send";
    for (std::uint64_t id = 0; id < 6; ++id) processor.ended(a_span(id));
    EXPECT_FALSE(loop.run(processor.flush(1500ms)));
    EXPECT_TRUE(loop.run(processor.flush(1s)));
    EXPECT_EQ(exporter.batches, (std::vector<std::size_t>{4, 2}));
    EXPECT_EQ(loop.now().time_since_epoch(), 2s);
}

TEST(BatchProcessor, GivesUpAnExporterThatFailsOrHangs) {
    using enum Exporter::Answer;
    for (const auto answer : {no, throws, never}) {
        SimulatedLoop loop(1);
        Exporter exporter(answer);
        BatchProcessor processor(loop, exporter, {.batch = 2, .export_timeout = 30s});
        for (std::uint64_t id = 0; id < 4; ++id) processor.ended(a_span(id));
        loop.run_for(61s);
        EXPECT_EQ(processor.counts(), (BatchCounts{.taken = 4, .failed = 4}));
        exporter.answer = yes;
        processor.ended(a_span(9));
        loop.run_for(10s);
        EXPECT_EQ(processor.counts().exported, 1u) << "it goes on afterwards";
    }
}

TEST(BatchProcessor, ShutsDownWithinItsDeadline) {
    using enum Exporter::Answer;
    for (const auto answer : {yes, no, throws, never}) {
        SimulatedLoop loop(1);
        Exporter exporter(answer, 100ms);
        BatchProcessor processor(loop, exporter, {.queue = 100, .batch = 10, .delay = 1h});
        for (std::uint64_t id = 0; id < 35; ++id) processor.ended(a_span(id));
        const BatchCounts counts = loop.run(processor.shut_down(5s));
        EXPECT_LE(loop.now().time_since_epoch(), 5s);
        EXPECT_EQ(counts.exported, answer == yes ? 35u : 0u);
        EXPECT_EQ(counts.failed, answer == no || answer == throws ? 35u : 0u);
        EXPECT_EQ(counts.abandoned, answer == never ? 35u : 0u);
        processor.ended(a_span(99));
        EXPECT_EQ(processor.counts().refused, 1u);
        loop.run_until_idle();
        EXPECT_EQ(exporter.at_once, 0) << "the exporter was let go";
        const BatchCounts again = loop.run(processor.shut_down(5s));
        EXPECT_EQ(again.taken, 35u) << "twice does no harm";
    }
}

TEST(BatchProcessor, DiesWithABatchOut) {
    SimulatedLoop loop(1);
    Exporter exporter(Exporter::Answer::never);
    {
        BatchProcessor processor(loop, exporter, {.batch = 1});
        processor.ended(a_span(1));
        loop.run_for(1s);
        EXPECT_EQ(exporter.at_once, 1);
    }
    EXPECT_EQ(exporter.at_once, 0);
}

}  // namespace
}  // namespace mizzen::telemetry
