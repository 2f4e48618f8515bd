// SPDX-License-Identifier: Apache-2.0
// The writer against receivers of every kind, in simulated time: what is sent, when, as which version, what is counted.
#include "mizzen/telemetry/remote_write/remote_writer.hpp"

#include <gtest/gtest.h>
#include <snappy.h>

#include <functional>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/logs/log_ticks.hpp"
#include "mizzen/telemetry/trace/span.hpp"

namespace mizzen::telemetry::remote_write {
namespace {
using namespace std::chrono_literals;
using namespace std::string_literals;

struct ShopMetrics {
    Counter<> orders = counter("shop_orders_total", "Orders taken.");
    Gauge<> depth = gauge("shop_depth", "Items waiting.");
};
constexpr std::uint64_t points = 2;  // in each snapshot of them

struct Step {
    int status = 204;
    net::Headers headers = {};
    Duration takes{};
    bool breaks = false;
    std::string body = {};
};

Step all_written() {
    return {.headers = {{"X-Prometheus-Remote-Write-Samples-Written", "2"},
                        {"X-Prometheus-Remote-Write-Histograms-Written", "0"},
                        {"X-Prometheus-Remote-Write-Exemplars-Written", "0"}}};
}

// Answers the n-th request with the n-th step; the last one stands for all that follow.
struct Receiver final : net::Transport {
    struct Sent {
        Time time;
        net::Request request;
        std::string message = {};
        bool is_v2() const { return request.headers.find("x-prometheus-remote-write-version") == "2.0.0"; }
        bool is_stale() const {
            return message.find("\x02\0\0\0\0\0\xf0\x7f"s) != std::string::npos;  // little-endian
        }
    };
    explicit Receiver(Loop& loop) : loop(loop) {}
    Task<net::Response> send(net::Request request) override {
        const Step step = steps.at(std::min(sent.size(), steps.size() - 1));
        Sent& one = sent.emplace_back(Sent{loop.now(), std::move(request)});
        const std::string packed = one.request.body.bytes().str();
        EXPECT_TRUE(snappy::Uncompress(packed.data(), packed.size(), &one.message));
        co_await delay(step.takes);
        if (step.breaks) throw Error(ErrorKind::retry, "connection refused by shop:9090");
        co_return net::Response{.status = step.status, .headers = step.headers, .body = step.body};
    }
    std::vector<Time> times() const {
        std::vector<Time> all;
        for (const Sent& one : sent) all.push_back(one.time);
        return all;
    }
    Loop& loop;
    std::vector<Step> steps = {all_written()};
    std::vector<Sent> sent;
};

struct Observed final : otlp::ExportObserver {
    void began(std::uint64_t n) override { items += n; }
    void ended(const otlp::ExportOutcome& outcome) override {
        EXPECT_EQ(outcome.items, outcome.delivered + outcome.rejected + outcome.given_up);
        settled += outcome.items;
        errors.emplace_back(outcome.error);
        problems.emplace_back(outcome.problem);
    }
    std::uint64_t items = 0, settled = 0;
    std::vector<std::string> errors, problems;
};

struct World {
    explicit World(std::vector<Step> steps = {all_written()}, RemoteWriterOptions options = {})
        : receiver(loop),
          registry({.start = loop.wall(), .ticks = ticks_of(loop)}),
          metrics(registry.make<ShopMetrics>()) {
        receiver.steps = std::move(steps);
        writer.emplace(loop, registry, receiver, std::move(options), Random(1), &observed);
    }
    ~World() {
        if (writer) adds_up();
    }
    void adds_up() const {
        const RemoteWriterCounts& c = writer->counts();
        EXPECT_EQ(c.taken, c.written + c.rejected + c.refused + c.dropped + c.abandoned + writer->waiting());
    }
    SimulatedLoop loop{1};
    Receiver receiver;
    Registry registry;
    ShopMetrics metrics;
    Observed observed;
    std::optional<RemoteWriter> writer;
};

TEST(RemoteWriter, SendsEvery15SecondsAs2) {
    World w;
    w.metrics.orders.add(3);
    w.loop.run_for(14'999ms);
    EXPECT_TRUE(w.receiver.sent.empty());
    w.loop.run_for(30s);
    EXPECT_EQ(w.receiver.times(), (std::vector<Time>{Time(15s), Time(30s)}));
    const net::Request& request = w.receiver.sent[0].request;
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/api/v1/write");
    EXPECT_EQ(request.headers.find("content-type"), "application/x-protobuf;proto=io.prometheus.write.v2.Request");
    EXPECT_EQ(request.headers.find("content-encoding"), "snappy");
    EXPECT_EQ(request.headers.find("x-prometheus-remote-write-version"), "2.0.0");
    EXPECT_EQ(request.headers.find("user-agent"), "Mizzen/0.1.0");
    EXPECT_EQ(w.writer->counts(),
              (RemoteWriterCounts{.collections = 2, .requests = 2, .taken = 2 * points, .written = 2 * points}));
    EXPECT_EQ(w.writer->problem(), "");
    EXPECT_EQ(w.observed.errors, (std::vector<std::string>{"", ""}));
}

TEST(RemoteWriter, SaysWhatTheUserSays) {
    World w({all_written()}, {.version = Version::v1,
                              .path = "/tenant/write",
                              .headers = {{"X-Scope-OrgID", "shop"}, {"User-Agent", "shop/2"}, {"Content-Type", "x"}}});
    w.loop.run_for(15s);
    const net::Request& request = w.receiver.sent.at(0).request;
    EXPECT_EQ(request.target, "/tenant/write");
    EXPECT_EQ(request.headers.find("x-scope-orgid"), "shop");
    EXPECT_EQ(request.headers.find("user-agent"), "shop/2 Mizzen/0.1.0");
    EXPECT_EQ(request.headers.all("content-type"), (std::vector<std::string_view>{"application/x-protobuf"}));
    EXPECT_EQ(request.headers.find("x-prometheus-remote-write-version"), "0.1.0");
}

TEST(RemoteWriter, Goes1WithWhomDoesNotKnow2) {
    // 415; or taken for an empty request of 1.0, by who does not look at the type.
    for (const int status : {415, 204}) {
        World w({{.status = status}, {.status = 204}});
        w.loop.run_for(30s);
        ASSERT_EQ(w.receiver.times(), (std::vector<Time>{Time(15s), Time(15s), Time(30s)})) << status;
        EXPECT_TRUE(w.receiver.sent[0].is_v2());
        EXPECT_FALSE(w.receiver.sent[1].is_v2()) << "the same snapshot again";
        EXPECT_NE(w.receiver.sent[1].message.find("shop_orders_total"), std::string::npos);
        EXPECT_FALSE(w.receiver.sent[2].is_v2()) << "and all that follow";
        EXPECT_EQ(w.writer->version(), Version::v1);
        EXPECT_EQ(w.writer->counts(),
                  (RemoteWriterCounts{
                      .collections = 2, .requests = 3, .retries = 1, .taken = 2 * points, .written = 2 * points}));
        EXPECT_EQ(w.writer->problem(), "");
    }
}

TEST(RemoteWriter, GoesOnIn1WhereARequestOf2WasRefused) {
    Step one{.headers = {{"X-Prometheus-Remote-Write-Samples-Written", "1"}}};
    World w({one, {.status = 415}, {.status = 204}}, {.encode = {.most_series = 1}});
    w.loop.run_for(15s);
    ASSERT_EQ(w.receiver.sent.size(), 3u);
    EXPECT_NE(w.receiver.sent[1].message.find("shop_orders"), std::string::npos);
    EXPECT_NE(w.receiver.sent[2].message.find("shop_orders"), std::string::npos);
    EXPECT_EQ(w.writer->counts().written, 2u);
}

TEST(RemoteWriter, RepeatsWhatBrokeUntilItWorks) {
    World w({{.breaks = true}, {.status = 500}, {.status = 503, .takes = 1s}, {.breaks = true}, all_written()});
    w.loop.run_for(30s - 1ns);
    ASSERT_EQ(w.receiver.sent.size(), 5u);
    EXPECT_EQ(w.writer->counts(),
              (RemoteWriterCounts{.collections = 1, .requests = 5, .retries = 4, .taken = points, .written = points}));
    EXPECT_EQ(w.writer->problem(), "");
    EXPECT_EQ(w.receiver.sent[0].message, w.receiver.sent[4].message);
    const Duration pause = w.receiver.sent[1].time - w.receiver.sent[0].time;
    EXPECT_GE(pause, 500ms);
    EXPECT_LE(pause, 1s);
}

TEST(RemoteWriter, WaitsAsLongAsItIsAskedTo) {
    World w({{.status = 503, .headers = {{"Retry-After", "40"}}}, all_written()});
    w.loop.run_for(54s);
    EXPECT_EQ(w.receiver.sent.size(), 1u);
    EXPECT_EQ(w.writer->waiting(), 3 * points);
    EXPECT_EQ(w.writer->problem(), "the receiver answered 503 Service Unavailable");
    w.loop.run_for(2s);
    EXPECT_EQ(w.receiver.times(), (std::vector<Time>{Time(15s), Time(55s), Time(55s), Time(55s)})) << "in order";
    EXPECT_EQ(w.writer->counts().written, 3 * points);
}

TEST(RemoteWriter, WaitsNoLongerThanFiveMinutes) {
    World w({{.status = 429, .headers = {{"Retry-After", "86400"}}}, all_written()});
    w.loop.run_for(5min + 15s - 1ns);
    EXPECT_EQ(w.receiver.sent.size(), 1u);
    w.loop.run_for(1ns);
    EXPECT_EQ(w.receiver.sent.at(1).time, Time(5min + 15s));
}

TEST(RemoteWriter, NeverRepeatsWhatIsRefused) {
    World w({{.status = 400, .body = "out of order\nsample, said s3cret"}}, {.headers = {{"Authorization", "s3cret"}}});
    w.loop.run_for(30s);
    EXPECT_EQ(w.receiver.times(), (std::vector<Time>{Time(15s), Time(30s)}));
    EXPECT_EQ(w.writer->counts().refused, 2 * points);
    EXPECT_EQ(w.writer->problem(), "the receiver answered 400 Bad Request: out of order sample, said ***");
    EXPECT_EQ(w.observed.errors, (std::vector<std::string>{"400", "400"}));
    w.receiver.steps = {all_written()};
    w.loop.run_for(15s);
    EXPECT_EQ(w.writer->problem(), "");
    EXPECT_EQ(w.writer->counts().written, points);
}

TEST(RemoteWriter, CountsWhatIsWrittenInPart) {
    const net::Headers one = {{"X-Prometheus-Remote-Write-Samples-Written", "1"}};
    World w({{.status = 400, .headers = one}, {.status = 200, .headers = one}});
    w.loop.run_for(30s);
    EXPECT_EQ(
        w.writer->counts(),
        (RemoteWriterCounts{.collections = 2, .requests = 2, .taken = 4, .written = 2, .rejected = 1, .refused = 1}));
    EXPECT_EQ(w.observed.errors, (std::vector<std::string>{"400", "rejected"}));
}

TEST(RemoteWriter, AHangingReceiverCostsAnAttempt) {
    World w({{.takes = 1h}, all_written()}, {.timeout = 10s});
    w.loop.run_for(25s);
    EXPECT_EQ(w.writer->problem(), "no answer within 10s");
    w.loop.run_for(4s);
    EXPECT_EQ(w.receiver.sent.size(), 2u);
    EXPECT_EQ(w.writer->counts().written, points);
}

TEST(RemoteWriter, AFullQueueDropsTheOldestThatIsNotBeingSent) {
    World w({{.takes = 100s, .breaks = true}, all_written()}, {.interval = 10s, .queue = 3, .timeout = 200s});
    w.loop.run_for(61s);
    EXPECT_EQ(w.writer->counts().dropped, 2 * points) << "6 snapshots: one is being sent, three wait";
    EXPECT_EQ(w.writer->waiting(), 4 * points);
    EXPECT_EQ(w.observed.errors, (std::vector<std::string>{"queue_full", "queue_full"}));
    w.loop.run_for(51s);
    EXPECT_EQ(w.writer->counts().dropped, 7 * points);
    EXPECT_EQ(w.writer->counts().written, 4 * points) << "the first, and the newest three";
    ASSERT_GE(w.receiver.sent.size(), 3u);
    EXPECT_EQ(w.receiver.sent[0].message, w.receiver.sent[1].message);
    EXPECT_EQ(w.writer->waiting(), 0u);
    EXPECT_EQ(w.observed.items, w.observed.settled);
}

TEST(RemoteWriter, EndsWithALastCollectionAndMarks) {
    World w;
    w.loop.run_for(20s);
    w.metrics.orders.add(1);
    const RemoteWriterCounts counts = w.loop.run(w.writer->shut_down(5s));
    EXPECT_EQ(w.receiver.times(), (std::vector<Time>{Time(15s), Time(20s), Time(20s)}));
    EXPECT_FALSE(w.receiver.sent[1].is_stale());
    EXPECT_TRUE(w.receiver.sent[2].is_stale());
    EXPECT_EQ(counts, (RemoteWriterCounts{.collections = 2, .requests = 3, .taken = 6, .written = 6}));
    w.loop.run(w.writer->shut_down(5s));
    w.loop.run_for(1h);
    EXPECT_EQ(w.receiver.sent.size(), 3u) << "twice does no harm, and nothing comes after";
    EXPECT_EQ(w.observed.items, w.observed.settled);
}

TEST(RemoteWriter, MarksOneMillisecondAfterTheLastValue) {
    World w({{.status = 204}}, {.version = Version::v1});
    w.loop.run_for(15s);
    w.loop.run(w.writer->shut_down(5s));
    ASSERT_EQ(w.receiver.sent.size(), 3u);
    const auto has = [&](std::size_t i, std::int64_t time) {
        std::string varint = "\x10";  // Sample.timestamp
        for (auto n = static_cast<std::uint64_t>(time); n != 0; n >>= 7)
            varint += static_cast<char>((n & 127) | (n > 127 ? 128 : 0));
        return w.receiver.sent[i].message.find(varint) != std::string::npos;
    };
    const std::int64_t first = std::chrono::floor<std::chrono::milliseconds>(w.loop.wall().time_since_epoch()).count();
    EXPECT_TRUE(has(0, first));
    EXPECT_TRUE(has(1, first + 1)) << "no two values of a series have the same millisecond";
    EXPECT_TRUE(has(2, first + 2));
    EXPECT_TRUE(w.receiver.sent[2].is_stale());
}

TEST(RemoteWriter, MarksNothingThatTheReceiverNeverHad) {
    World w({{.status = 400}});
    w.loop.run_for(15s);
    w.loop.run(w.writer->shut_down(5s));
    EXPECT_EQ(w.receiver.sent.size(), 2u);
    EXPECT_EQ(w.writer->counts().refused, 2 * points);
}

TEST(RemoteWriter, MarksASeriesThatIsNotObservedAnyMore) {
    World w({{.status = 204}}, {.version = Version::v1});
    auto heat = std::make_optional(w.registry.observe(gauge("shop_heat", "Heat."), [] { return 30.0; }));
    w.loop.run_for(15s);
    heat.reset();
    w.loop.run_for(15s);
    ASSERT_EQ(w.receiver.sent.size(), 3u);
    EXPECT_EQ(w.receiver.sent[1].message.find("shop_heat"), std::string::npos);
    EXPECT_TRUE(w.receiver.sent[2].is_stale());
    EXPECT_NE(w.receiver.sent[2].message.find("shop_heat"), std::string::npos);
    EXPECT_EQ(w.receiver.sent[2].message.find("shop_orders"), std::string::npos);
    w.loop.run_for(15s);
    EXPECT_EQ(w.receiver.sent.size(), 4u) << "it has ended once";
}

TEST(RemoteWriter, ShutsDownWithinItsLimitWhateverTheReceiverDoes) {
    const std::vector<std::vector<Step>> receivers = {
        {all_written()},
        {{.takes = 1h}},
        {{.breaks = true}},
        {{.status = 503, .headers = {{"Retry-After", "30"}}}},
        {{.status = 500, .takes = 700ms}},
        {{.status = 415}},
        {{.status = 415}, {.takes = 1h}},
        {{.status = 204, .takes = 1500ms}},
        {{.status = 999, .body = "\xff\x00garbage"s}},
        {{.status = 200, .headers = {{"X-Prometheus-Remote-Write-Samples-Written", "-"}}, .takes = 3s}},
    };
    for (std::size_t i = 0; i < receivers.size(); ++i) {
        for (const Duration limit : {0s, 1s, 2s, 5s, 10s, 30s, 60s}) {
            World w(receivers[i], {.interval = 5s, .queue = 4});
            w.loop.run_for(47s);
            const RemoteWriterCounts counts = w.loop.run(w.writer->shut_down(limit));
            EXPECT_LE(w.loop.now(), Time(47s) + limit) << i;
            EXPECT_EQ(w.writer->waiting(), 0u);
            EXPECT_EQ(counts.taken,
                      counts.written + counts.rejected + counts.refused + counts.dropped + counts.abandoned)
                << i;
            EXPECT_EQ(counts.collections, 10u);
            const auto requests = w.receiver.sent.size();
            w.loop.run_for(2h);
            EXPECT_EQ(w.writer->counts(), counts) << "they are final; receiver " << i << ", limit " << limit.count();
            EXPECT_EQ(w.receiver.sent.size(), requests);
            EXPECT_EQ(w.observed.items, w.observed.settled) << i;
        }
    }
}

TEST(RemoteWriter, WaitsForNoPauseThatOutlastsTheEnd) {
    World w({{.status = 503, .headers = {{"Retry-After", "100"}}}});
    w.loop.run_for(20s);
    const RemoteWriterCounts counts = w.loop.run(w.writer->shut_down(60s));
    EXPECT_EQ(w.loop.now(), Time(20s)) << "nothing could come of waiting";
    EXPECT_EQ(counts.abandoned, 2 * points);
}

TEST(RemoteWriter, BeingCancelledIsTheLimit) {
    World w({{.takes = 1h}});
    w.loop.run_for(20s);
    const auto hurried = [](RemoteWriter& writer) -> Task<> { co_await timeout(2s, writer.shut_down(1h)); };
    EXPECT_NO_THROW(w.loop.run(hurried(*w.writer)));
    EXPECT_EQ(w.loop.now(), Time(22s));
    EXPECT_EQ(w.writer->counts().abandoned, 2 * points);
}

TEST(RemoteWriter, DiesWithASnapshotOnItsWay) {
    World w({{.takes = 1h}});
    w.loop.run_for(40s);
    w.writer.reset();
    w.loop.run_for(1h);
    EXPECT_EQ(w.receiver.sent.size(), 1u);
    EXPECT_EQ(w.observed.errors, (std::vector<std::string>{"cancelled"}));
}

TEST(RemoteWriter, TellsAnExemplarOnce) {
    World w({{.status = 204}}, {.version = Version::v1});
    struct Latency {
        Histogram<> seconds = histogram("shop_seconds", "Time.", "seconds").buckets({1});
    };
    const auto latency = w.registry.make<Latency>();
    w.loop.run_for(1s);
    const Span span(Propagated{.span = {.trace = {0, 1}, .span = {2}, .flags = TraceFlags{}.with_sampled(true)}});
    latency.seconds.observe(0.5, &span);
    w.loop.run_for(60s);
    const auto told = std::ranges::count_if(
        w.receiver.sent, [](const auto& one) { return one.message.find("trace_id") != std::string::npos; });
    EXPECT_EQ(told, 1);
    EXPECT_EQ(w.writer->counts().exemplars, 1u);
}

}  // namespace
}  // namespace mizzen::telemetry::remote_write
