// SPDX-License-Identifier: Apache-2.0
// Client and server when things go wrong: cancellation, cuts, stops, crashes at any moment.
#include <gtest/gtest.h>

#include <array>

#include "mizzen/async/scope.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/net/detail/test_world.hpp"

namespace mizzen::net {
namespace {
using namespace std::chrono_literals;
using test::Kind;
using test::World;

class Faults : public testing::TestWithParam<Kind> {};
INSTANTIATE_TEST_SUITE_P(Protocols, Faults, testing::Values(Kind::http1, Kind::http2, Kind::tls1, Kind::tls2),
                         [](const auto& p) {
                             return std::string(std::array{"Http1", "Http2", "TlsHttp1",
                                                           "TlsHttp2"}[static_cast<std::size_t>(p.param)]);
                         });

TEST_P(Faults, ACancelledRequestStopsItsHandler) {
    World w(GetParam(), 1);
    EXPECT_THROW(w.loop.run(timeout(1s, w.client->send({.target = "/slow"}))), Cancelled);
    w.loop.run_for(100ms);
    EXPECT_EQ(w.shop.running, 0);
    EXPECT_EQ(w.shop.cancelled, 1);
    EXPECT_EQ(w.get("/none"), "");
    EXPECT_EQ(w.network.counters().connected, w.is_http2() ? 1u : 2u);
}

TEST_P(Faults, AWatchThatIsDroppedStopsItsHandlerWhileItIsIdle) {
    World w(GetParam(), 1);
    {
        auto response = w.send({.target = "/forever"});
        w.loop.run_for(10min);
        EXPECT_EQ(w.shop.running, 1);
    }
    w.loop.run_for(100ms);
    EXPECT_EQ(w.shop.running, 0);
    EXPECT_EQ(w.shop.cancelled, 1);
}

TEST_P(Faults, ACutEndsBothSides) {
    World w(GetParam(), 1);
    auto response = w.send({.target = "/forever"});
    w.network.cut_all();
    try {
        w.text(std::move(response));
        FAIL();
    } catch (const Error& e) {
        EXPECT_EQ(e.kind(), ErrorKind::retry) << e.what();
    }
    w.loop.run_for(100ms);
    EXPECT_EQ(w.shop.running, 0);
    EXPECT_EQ(w.server->connections(), 0u);
    EXPECT_EQ(w.get("/none"), "");
}

TEST_P(Faults, ACutAfterAnyNumberOfBytesIsAnErrorAndNeverAShortBody) {
    for (std::uint64_t bytes = 1; bytes < 6000; bytes += 397) {
        World w(GetParam(), bytes);
        w.network.cut_after(0, bytes);
        try {
            EXPECT_EQ(w.text(w.send({.method = "POST", .target = "/echo", .body = std::string(1000, 'b')})),
                      std::string(1000, 'b'));
        } catch (const Error& e) {
            EXPECT_EQ(e.kind(), ErrorKind::retry) << e.what();
        }
        w.loop.run_for(1s);
        EXPECT_EQ(w.get("/nowhere"), "no /nowhere") << "after a cut at " << bytes;
    }
}

TEST_P(Faults, ABrokenIdleConnectionIsReplaced) {
    World w(GetParam(), 1);
    EXPECT_EQ(w.get("/none"), "");
    w.network.cut_all();
    EXPECT_EQ(w.get("/none"), "");
    EXPECT_EQ(w.network.counters().connected, 2u);
}

TEST_P(Faults, ReadsAreNotRepeatedForACallerWithRulesOfItsOwn) {
    World w(GetParam(), 1);
    HttpClientOptions options = w.options();
    options.repeat_reads = false;
    HttpClient client(w.loop, w.network, options);
    w.loop.run(w.loop.run(client.send({.target = "/none"})).body.read_all());
    w.network.cut_all();
    try {
        w.loop.run(client.send({.target = "/none"}));
        // HTTP/2 may have noticed the cut before it sent anything.
        EXPECT_TRUE(w.is_http2());
    } catch (const NotSent& e) {
        FAIL() << e.what();
    } catch (const Error& e) {
        EXPECT_EQ(e.kind(), ErrorKind::retry);
    }
}

class SignsOfLife : public testing::TestWithParam<Kind> {};
INSTANTIATE_TEST_SUITE_P(Http2, SignsOfLife, testing::Values(Kind::http2, Kind::tls2));

TEST_P(SignsOfLife, AStalledNetworkIsNoticedAndAnIdleWatchIsNotDisturbed) {
    World w(GetParam(), 1);
    auto response = w.send({.target = "/forever"});
    w.loop.run_for(59min);
    EXPECT_EQ(w.shop.running, 1);
    w.network.stall(true);
    const Time start = w.loop.now();
    try {
        w.text(std::move(response));
        FAIL();
    } catch (const Error& e) {
        EXPECT_STREQ(e.what(), "server:443 does not answer any more");
    }
    EXPECT_LT(w.loop.now() - start, 50s);
    w.loop.run_for(50s);
    EXPECT_EQ(w.shop.running, 0);
    w.network.stall(false);
    EXPECT_EQ(w.get("/none"), "");
}

TEST_P(Faults, StopLetsRequestsEndAndThenCancels) {
    World w(GetParam(), 1);
    Scope scope(w.loop);
    std::string slow;
    scope.spawn([](World& w, std::string& slow) -> Task<> {
        auto response = co_await w.client->send({.target = "/slow"});
        slow = co_await response.body.read_all();
    }(w, slow));
    auto watch = w.send({.target = "/forever"});
    const Time start = w.loop.now();
    w.loop.run(w.server->stop(30s));
    EXPECT_EQ(slow, "slow");
    EXPECT_EQ(w.loop.now() - start, 30s);
    EXPECT_EQ(w.server->connections(), 0u);
    EXPECT_EQ(w.shop.running, 0);
    EXPECT_THROW(w.get("/none"), Error);
    EXPECT_THROW(w.text(std::move(watch)), Error);
    w.server.reset();
    w.start();
    EXPECT_EQ(w.get("/none"), "");
}

TEST_P(Faults, StopIsQuickWhenNothingRuns) {
    World w(GetParam(), 1);
    EXPECT_EQ(w.get("/none"), "");
    const Time start = w.loop.now();
    w.loop.run(w.server->stop(30s));
    EXPECT_LT(w.loop.now() - start, 100ms);
}

TEST_P(Faults, IdleConnectionsAreClosed) {
    World w(GetParam(), 1);
    EXPECT_EQ(w.get("/none"), "");
    w.loop.run_for(5min);
    EXPECT_EQ(w.server->connections(), 0u);
    EXPECT_EQ(w.get("/none"), "");
}

TEST_P(Faults, ACrashOfEitherSideAtAnyMomentLeavesTheOtherIntact) {
    for (int steps = 0; steps < 150; steps += 11) {
        World w(GetParam(), static_cast<std::uint64_t>(steps));
        {
            Scope scope(w.loop);
            for (auto path : {"/ticks", "/flood", "/forever", "/slow"}) {
                scope.spawn([](World& w, std::string path) -> Task<> {
                    auto response = co_await w.client->send({.target = path});
                    co_await response.body.read_all();
                }(w, path));
            }
            for (int i = 0; i < steps; ++i) w.loop.step();
        }
        if (steps % 2) {
            w.client.emplace(w.loop, w.network, w.options());
        } else {
            w.server.reset();
            w.start();
        }
        w.loop.run_for(1s);
        ASSERT_EQ(w.shop.running, 0) << "after " << steps << " steps";
        ASSERT_EQ(w.get("/nowhere"), "no /nowhere");
    }
}

TEST_P(Faults, SaysWhereItCannotConnect) {
    World w(GetParam(), 1);
    w.network.refuse("server");
    try {
        w.get("/none");
        FAIL();
    } catch (const NotSent& e) {
        EXPECT_EQ(e.kind(), ErrorKind::retry);
        EXPECT_STREQ(e.what(), "connection refused by server:443");
    }
    w.network.refuse("server", false);
    w.network.stall(true);
    try {
        w.get("/none");
        FAIL();
    } catch (const NotSent& e) {
        EXPECT_EQ(e.kind(), ErrorKind::retry);
        EXPECT_STREQ(e.what(),
                     w.is_tls() ? "cannot connect to server within 10s" : "cannot connect to server:443 within 10s");
    }
}

TEST(Determinism, TheSameSeedGivesTheSameRun) {
    auto run = [](std::uint64_t seed) {
        World w(Kind::http2, seed);
        Scope scope(w.loop);
        for (auto path : {"/ticks", "/slow", "/flood", "/order?1"}) {
            scope.spawn([](World& w, std::string path) -> Task<> {
                auto response = co_await w.client->send({.target = path});
                co_await response.body.read_all();
            }(w, path));
        }
        w.loop.run(scope.join());
        return std::pair(w.loop.now(), w.network.counters().bytes);
    };
    EXPECT_EQ(run(1), run(1));
    EXPECT_NE(run(1), run(2));
}

// Orders are sent while the server is stopped and started again and connections break: none is processed twice, and
// those that succeeded were processed.
TEST_P(Faults, NoOrderIsProcessedTwice) {
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        World w(GetParam(), seed);
        EXPECT_EQ(w.get("/none"), "");
        std::map<std::string, int> succeeded;
        int lost = 0;
        Scope scope(w.loop);
        for (int i = 0; i < 20; ++i) {
            scope.spawn([](World& w, std::string id, std::map<std::string, int>& succeeded, int& lost) -> Task<> {
                co_await delay(Duration(static_cast<Duration::rep>(w.loop.random().below(20'000'000))));
                try {
                    if ((co_await w.client->send({.method = "POST", .target = "/order?" + id})).status == 201)
                        ++succeeded[id];
                } catch (const Error& e) {
                    // Failed, but not necessarily unprocessed; unless it was never sent.
                    lost += e.message() != "connection refused by server:443";
                }
            }(w, std::to_string(i), succeeded, lost));
        }
        w.loop.run_for(std::chrono::milliseconds(seed));
        if (seed % 3 == 0) w.network.cut_all();
        w.loop.run(w.server->stop(1s));
        w.server.reset();
        w.start();
        w.loop.run(scope.join());
        for (const auto& [id, times] : w.shop.orders) EXPECT_EQ(times, 1) << "order " << id << ", seed " << seed;
        for (const auto& [id, times] : succeeded) EXPECT_EQ(w.shop.orders[id], 1);
        if (seed % 3 != 0 && w.is_http2()) {
            EXPECT_EQ(lost, 0) << "a graceful stop loses nothing, seed " << seed;
        }
    }
}

}  // namespace
}  // namespace mizzen::net
