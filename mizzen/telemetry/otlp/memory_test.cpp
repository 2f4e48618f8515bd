// SPDX-License-Identifier: Apache-2.0
// A million spans and log records, and metrics over and over, for receivers that hang, refuse, are busy or answer
// without end: memory stays within what the limits say, byte by byte.
#if !__has_feature(thread_sanitizer)  // whose runtime keeps operator new for itself
#include <gtest/gtest.h>

#include <optional>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/telemetry/logs/batch_log_processor.hpp"
#include "mizzen/telemetry/logs/log_reader.hpp"
#include "mizzen/telemetry/logs/logger.hpp"
#include "mizzen/telemetry/otlp/detail/answer.hpp"
#include "mizzen/telemetry/otlp/log_exporter.hpp"
#include "mizzen/telemetry/otlp/metric_reader.hpp"
#include "mizzen/telemetry/otlp/span_exporter.hpp"
#include "mizzen/telemetry/otlp/testing/live_bytes.hpp"

namespace mizzen::telemetry::otlp {
namespace {
using namespace std::chrono_literals;
using testing::live_bytes;

constexpr std::int64_t slack = 512 * 1024;  // the loop's own, headers of a request, and what this test keeps

// All of them for the receiver that hangs; with the others every twentieth shows the same.
enum class Mood { hangs, refuses, is_busy, floods };
constexpr Mood all_moods[] = {Mood::hangs, Mood::refuses, Mood::is_busy, Mood::floods};
const char* name_of(Mood mood) {
    return mood == Mood::hangs     ? "hangs"
           : mood == Mood::refuses ? "refuses"
           : mood == Mood::is_busy ? "busy"
                                   : "floods";
}

std::uint64_t number_for(Mood mood) { return mood == Mood::hangs ? 1'000'000 : 50'000; }

// Looked at wherever something has been allocated.
struct Peak {
    std::int64_t before = live_bytes();
    std::int64_t most = 0;
    void look() { most = std::max(most, live_bytes() - before); }
};

// 100 MB, made as they are asked for.
struct Flood final : net::Body::Source {
    explicit Flood(Peak& peak) : peak(peak) {}
    Task<std::optional<Bytes>> next() override {
        peak.look();
        if (left-- == 0) co_return std::nullopt;
        co_return Bytes(std::string(100'000, 'x'));
    }
    Peak& peak;
    int left = 1000;
};

struct Receiver final : net::Transport {
    Receiver(Mood mood, Peak& peak) : mood(mood), peak(peak) {}
    Task<net::Response> send(net::Request) override {
        peak.look();
        ++requests;
        if (mood == Mood::hangs) co_await delay(1000h);
        if (mood == Mood::refuses) co_return net::Response{.status = 400, .body = std::string(1000, 'n')};
        if (mood == Mood::is_busy) co_return net::Response{.status = 503};
        co_return net::Response{.status = 200, .body = std::make_unique<Flood>(peak)};
    }
    const Mood mood;
    Peak& peak;
    int requests = 0;
};

std::unique_ptr<SpanData> a_span(std::uint64_t id) {
    auto span = std::make_unique<SpanData>();
    span->context.trace = TraceId{1, id + 1};
    span->context.span = SpanId{id + 1};
    span->context.flags.bits = TraceFlags::sampled_bit;
    span->name = "an operation";
    if (id > 20'000 && id % 16 != 0) return span;  // the rest are small, for the sake of time
    span->attributes = {{"url.path", std::string(100, 'p')},
                        {"http.response.status_code", 200},
                        {"a", "b"},
                        {"c", "d"},
                        {"e", "more than four"}};
    span->events.push_back({.name = "an event"});
    return span;
}

// Of `n` such things.
template <class Make>
std::int64_t bytes_of(std::size_t n, Make make) {
    const Peak peak;
    const auto kept = make(n);
    return live_bytes() - peak.before;
}

TEST(MemoryBound, OfSpans) {
    const BatchLimits limits;
    const auto spans = [](std::size_t n) {
        SpanBatch all;
        for (std::size_t i = 0; i < n; ++i) all.push_back(a_span(i));
        return all;
    };
    const std::int64_t body = static_cast<std::int64_t>(encode({}, spans(limits.batch), Encoding::protobuf).size());
    const std::int64_t bound =
        bytes_of(limits.queue + limits.batch, spans) + 3 * body + static_cast<std::int64_t>(most_answer) * 2 + slack;
    for (const Mood mood : all_moods) {
        SimulatedLoop loop(1);
        Peak peak;
        Receiver receiver(mood, peak);
        Exporter exporter(loop, receiver, Signal::traces, {}, Random(1));
        OtlpSpanExporter span_exporter(exporter, {});
        BatchProcessor processor(loop, span_exporter, limits);
        for (std::uint64_t i = 0; i < number_for(mood); ++i) {
            processor.ended(a_span(i));
            if (i % 256 == 255) {
                peak.look();
                loop.run_for(mood == Mood::floods && i % 8192 != 8191 ? 0ms : 50ms);
            }
        }
        EXPECT_LE(peak.most, bound) << name_of(mood);
        EXPECT_GT(peak.most, bound / 100) << name_of(mood) << ": something was counted";
        EXPECT_GT(receiver.requests, 2) << name_of(mood);
        const BatchCounts counts = processor.counts();
        EXPECT_EQ(counts.taken + counts.refused, number_for(mood));
        loop.run(processor.shut_down(1s));
        EXPECT_LE(live_bytes() - peak.before, slack) << name_of(mood) << ": nothing stays";
    }
}

TEST(MemoryBound, OfLogRecords) {
    const BatchLimits limits = default_log_batches;
    constexpr std::size_t ring = 256 * 1024, messages_in_ring = ring / 64;
    const auto records = [](std::size_t n) {
        LogBatch all;
        for (std::size_t i = 0; i < n; ++i) {
            auto record = std::make_unique<LogRecord>();
            record->body = "order 1000000 of " + std::string(60, 'c') + " taken";
            record->attributes = {{"shop.customer", std::string(60, 'c')}};
            all.push_back(std::move(record));
        }
        return all;
    };
    const std::int64_t body = static_cast<std::int64_t>(encode({}, records(limits.batch), Encoding::protobuf).size());
    // What one reading of the rings takes out exists at once, before the queue takes what it has room for.
    const std::int64_t bound = bytes_of(limits.queue + limits.batch + messages_in_ring, records) + 3 * body +
                               static_cast<std::int64_t>(most_answer) * 2 + 2 * ring + slack;
    for (const Mood mood : all_moods) {
        SimulatedLoop loop(1);
        Peak peak;
        Receiver receiver(mood, peak);
        LoggerProvider loggers({.ticks = ticks_of(loop)});
        Exporter exporter(loop, receiver, Signal::logs, {}, Random(1));
        OtlpLogExporter log_exporter(exporter, {});
        BatchLogProcessor processor(loop, log_exporter, limits);
        LogReader reader(loop, loggers, processor, {.repeats = 0});
        const Logger log(loggers, "shop.orders");
        const std::string customer(60, 'c');
        for (std::uint64_t i = 0; i < number_for(mood); ++i) {
            log.info("order {} of {} taken", i, customer, field("shop.customer", customer));
            if (i % 1024 != 1023) continue;
            peak.look();
            // Later the ring is mostly full, for the sake of time.
            if (i < 50'000 || i % 32'768 == 32'767) loop.run_for(i < 50'000 ? 150ms : 1s);
        }
        EXPECT_LE(peak.most, bound) << name_of(mood);
        EXPECT_GT(receiver.requests, 2) << name_of(mood);
        EXPECT_GT(processor.counts().taken, 2000u);
        reader.stop();
        loop.run(processor.shut_down(1s));
        EXPECT_LE(live_bytes() - peak.before, slack + 2 * static_cast<std::int64_t>(ring)) << name_of(mood);
    }
}

struct User {
    std::string_view user;
};
struct ShopMetrics {
    Counter<User> orders = counter("shop_orders_total", "Orders taken.");
    Histogram<User> latency = histogram("shop_latency_seconds", "Latency.", "seconds");
};

TEST(MemoryBound, OfMetrics) {
    for (const TemporalityPreference temporality : {TemporalityPreference::cumulative, TemporalityPreference::delta}) {
        SimulatedLoop loop(1);
        Registry registry(loop.wall());
        const auto metrics = registry.make<ShopMetrics>();
        for (int i = 0; i < 1000; ++i) {
            metrics.orders[{std::to_string(i)}].add();
            metrics.latency[{std::to_string(i)}].observe(0.2);
        }
        const auto collected = [&](std::size_t n) { return std::vector<Snapshot>(n, registry.collect(loop.wall())); };
        const std::int64_t snapshot = bytes_of(1, collected);
        const auto body = static_cast<std::int64_t>(encode({}, {}, collected(1)[0], Encoding::protobuf).size());
        // One snapshot as it is made, with deltas the one before and the difference; the body grows by doubling.
        const std::int64_t bound = (temporality == TemporalityPreference::delta ? 5 : 2) * snapshot + 4 * body +
                                   static_cast<std::int64_t>(most_answer) * 2 + slack;
        for (const Mood mood : all_moods) {
            Peak peak;
            Receiver receiver(mood, peak);
            Exporter exporter(loop, receiver, Signal::metrics, {}, Random(1));
            PeriodicMetricReader reader(loop, registry, exporter, {}, {}, {.interval = 1s, .temporality = temporality});
            for (int i = 0; i < 40; ++i) {
                metrics.orders[{"1"}].add();
                loop.run_for(1s);
                peak.look();
            }
            EXPECT_LE(peak.most, bound) << name_of(mood);
            EXPECT_GT(receiver.requests, 2) << name_of(mood);
        }
    }
}

// The hot paths do not allocate at all, once a thread has its cells.
TEST(MemoryBound, OfCountingIsNothing) {
    struct All {
        Counter<> orders = counter("shop_orders_total", "Orders.");
        Histogram<> latency = histogram("shop_latency_seconds", "Latency.", "seconds");
        ExponentialHistogram<> fine = exponential_histogram("shop_fine_seconds", "Latency.", "seconds");
        Summary<> wait = summary("shop_wait_seconds", "Waits.", "seconds").quantiles({0.5});
    };
    Registry registry{WallTime()};
    const auto all = registry.make<All>();
    const auto count = [&](double value) {
        all.orders.add();
        all.latency.observe(value);
        all.fine.observe(value);
        all.wait.observe(value);
    };
    count(1);
    const std::int64_t before = testing::allocations();
    for (int i = 1; i < 10'000; ++i) count(i * 0.37);
    EXPECT_EQ(testing::allocations(), before);
}

}  // namespace
}  // namespace mizzen::telemetry::otlp
#endif
