// SPDX-License-Identifier: Apache-2.0
// The writer against receivers of every kind, in simulated time: what is sent, when, as which version, what is counted.
#include "mizzen/telemetry/remote_write/remote_writer.hpp"

#include <gtest/gtest.h>

#include "mizzen/telemetry/remote_write/testing/writer_world.hpp"
#include "mizzen/telemetry/trace/span.hpp"

namespace mizzen::telemetry::remote_write {
namespace {
using namespace std::chrono_literals;
using namespace std::string_literals;
using namespace testing;
using World = WriterWorld;

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
