// SPDX-License-Identifier: Apache-2.0
// How series and the writer end: marks, limits, receivers that do not let go.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mizzen/async/timeout.hpp"
#include "mizzen/telemetry/remote_write/testing/writer_world.hpp"

namespace mizzen::telemetry::remote_write {
namespace {
using namespace std::chrono_literals;
using namespace std::string_literals;
using namespace testing;
using World = WriterWorld;

TEST(RemoteWriterEnd, EndsWithALastCollectionAndMarks) {
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

TEST(RemoteWriterEnd, MarksOneMillisecondAfterTheLastValue) {
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

TEST(RemoteWriterEnd, MarksNothingThatTheReceiverNeverHad) {
    World w({{.status = 400}});
    w.loop.run_for(15s);
    w.loop.run(w.writer->shut_down(5s));
    EXPECT_EQ(w.receiver.sent.size(), 2u);
    EXPECT_EQ(w.writer->counts().refused, 2 * points);
}

TEST(RemoteWriterEnd, MarksASeriesThatIsNotObservedAnyMore) {
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

TEST(RemoteWriterEnd, ShutsDownWithinItsLimitWhateverTheReceiverDoes) {
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

TEST(RemoteWriterEnd, WaitsForNoPauseThatOutlastsTheEnd) {
    World w({{.status = 503, .headers = {{"Retry-After", "100"}}}});
    w.loop.run_for(20s);
    const RemoteWriterCounts counts = w.loop.run(w.writer->shut_down(60s));
    EXPECT_EQ(w.loop.now(), Time(20s)) << "nothing could come of waiting";
    EXPECT_EQ(counts.abandoned, 2 * points);
}

TEST(RemoteWriterEnd, BeingCancelledIsTheLimit) {
    World w({{.takes = 1h}});
    w.loop.run_for(20s);
    const auto hurried = [](RemoteWriter& writer) -> Task<> { co_await timeout(2s, writer.shut_down(1h)); };
    EXPECT_NO_THROW(w.loop.run(hurried(*w.writer)));
    EXPECT_EQ(w.loop.now(), Time(22s));
    EXPECT_EQ(w.writer->counts().abandoned, 2 * points);
}

TEST(RemoteWriterEnd, DiesWithASnapshotOnItsWay) {
    World w({{.takes = 1h}});
    w.loop.run_for(40s);
    w.writer.reset();
    w.loop.run_for(1h);
    EXPECT_EQ(w.receiver.sent.size(), 1u);
    EXPECT_EQ(w.observed.errors, (std::vector<std::string>{"cancelled"}));
}

TEST(RemoteWriterEnd, AForkSendsNothing) {
    World w;
    w.loop.run_for(10s);
    const pid_t child = fork();
    if (child == 0) {
        w.loop.run_for(1min);
        const RemoteWriterCounts& c = w.writer->counts();
        const bool is_quiet = w.receiver.sent.empty() && c.abandoned == points && c.taken == points;
        _exit(is_quiet && w.writer->waiting() == 0 ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    w.loop.run_for(1min);
    EXPECT_EQ(w.receiver.sent.size(), 4u) << "the parent goes on";
}

}  // namespace
}  // namespace mizzen::telemetry::remote_write
