// SPDX-License-Identifier: Apache-2.0
// Client and server together, over every protocol, in simulated time.
#include <gtest/gtest.h>

#include <array>

#include "mizzen/async/scope.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/net/detail/test_world.hpp"

namespace mizzen::net {
namespace {
using namespace std::chrono_literals;
using test::Kind;
using test::Shop;
using test::World;

class ClientServer : public testing::TestWithParam<Kind> {};
INSTANTIATE_TEST_SUITE_P(Protocols, ClientServer, testing::Values(Kind::http1, Kind::http2, Kind::tls1, Kind::tls2),
                         [](const auto& p) {
                             return std::string(std::array{"Http1", "Http2", "TlsHttp1",
                                                           "TlsHttp2"}[static_cast<std::size_t>(p.param)]);
                         });

TEST_P(ClientServer, AnswersRequestsOverOneConnection) {
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
        World w(GetParam(), seed);
        for (int i = 0; i < 10; ++i) {
            auto response =
                w.send({.method = "POST", .target = "/echo?a=b", .headers = {{"Content-Type", "x"}}, .body = "hello"});
            EXPECT_EQ(response.status, 200);
            EXPECT_EQ(response.headers.find("x-method"), "POST");
            EXPECT_EQ(response.headers.find("x-host"), w.is_tls() ? "server" : "server:443");
            EXPECT_EQ(response.headers.find("date").value_or("").substr(0, 16), "Thu, 01 Jan 2026");
            EXPECT_EQ(w.text(std::move(response)), "hello");
        }
        EXPECT_EQ(w.network.counters().connected, 1u);
        EXPECT_EQ(w.shop.handled, 10);
    }
}

TEST_P(ClientServer, CarriesLargeBodiesBothWays) {
    World w(GetParam(), 1);
    const std::string large(2'500'000, 'y');
    EXPECT_TRUE(w.text(w.send({.method = "PUT", .target = "/echo", .body = large})) == large);
    EXPECT_EQ(w.get("/large").size(), 3'000'000u);
    EXPECT_EQ(w.get("/flood").size(), 2'000'000u);
}

TEST_P(ClientServer, StreamsARequestBody) {
    World w(GetParam(), 1);
    Body body(std::make_unique<Shop::Ticks>(w.shop, 5, "up ", 1s));
    EXPECT_EQ(w.text(w.send({.method = "POST", .target = "/echo", .body = std::move(body)})), "up up up up up ");
    EXPECT_EQ(w.shop.running, 0);
    EXPECT_EQ(w.get("/none"), "");
}

TEST_P(ClientServer, StreamsAResponseAsItComes) {
    World w(GetParam(), 1);
    auto response = w.send({.target = "/ticks"});
    const Time start = w.loop.now();
    auto next = [](Body& body) -> Task<std::optional<Bytes>> { co_return co_await body.next(); };
    for (int i = 1; i <= 5; ++i) {
        EXPECT_EQ(w.loop.run(next(response.body))->view(), "tick ");
        EXPECT_LT(w.loop.now() - start, i * 1s + 10ms);
    }
    EXPECT_EQ(w.loop.run(next(response.body)), std::nullopt);
    EXPECT_EQ(w.get("/none"), "");
    EXPECT_EQ(w.network.counters().connected, 1u);
}

TEST_P(ClientServer, HoldsASourceBackThatNobodyReads) {
    World w(GetParam(), 1);
    auto response = w.send({.target = "/flood"});
    w.loop.run_for(1min);
    EXPECT_LT(w.shop.produced * 10'000, 1'400'000);
    EXPECT_GT(w.shop.produced, 0);
    EXPECT_EQ(w.text(std::move(response)).size(), 2'000'000u);
}

TEST_P(ClientServer, StatusesAndHeadAndErrors) {
    World w(GetParam(), 1);
    EXPECT_EQ(w.send({.target = "/nowhere"}).status, 404);
    EXPECT_EQ(w.send({.target = "/none"}).status, 204);
    auto head = w.send({.method = "HEAD", .target = "/nowhere"});
    EXPECT_EQ(head.status, 404);
    EXPECT_EQ(head.headers.find("content-length"), "11");
    EXPECT_EQ(w.text(std::move(head)), "");
    auto broken = w.send({.target = "/throw"});
    EXPECT_EQ(broken.status, 500);
    EXPECT_EQ(w.text(std::move(broken)), "Internal Server Error: oops\n");
    EXPECT_EQ(w.send({.target = "/deadline"}).status, 500);
    EXPECT_EQ(w.network.counters().connected, 1u);
}

TEST_P(ClientServer, ManyAtOnce) {
    World w(GetParam(), 1);
    Scope scope(w.loop);
    int done = 0;
    const int count = w.is_http2() ? 300 : 30;
    for (int i = 0; i < count; ++i) {
        scope.spawn([](World& w, int i, int& done) -> Task<> {
            const std::string body = std::to_string(i);
            auto response = co_await w.client->send({.method = "POST", .target = "/echo", .body = body});
            EXPECT_EQ(co_await response.body.read_all(), body);
            ++done;
        }(w, i, done));
    }
    w.loop.run(scope.join());
    EXPECT_EQ(done, count);
    if (w.is_http2()) {
        EXPECT_LE(w.network.counters().connected, 3u);  // 100 streams each, until the server's limit is known
    }
}

TEST_P(ClientServer, ALowLimitOfStreamsMeansMoreConnections) {
    World w(GetParam(), 1, {.max_streams = 2});
    Scope scope(w.loop);
    for (int i = 0; i < 12; ++i) {
        scope.spawn(
            [](World& w) -> Task<> { EXPECT_EQ((co_await w.client->send({.target = "/slow"})).status, 200); }(w));
    }
    w.loop.run(scope.join());
    EXPECT_EQ(w.shop.handled, 12);
}

TEST_P(ClientServer, RefusesBodiesThatAreTooLarge) {
    World w(GetParam(), 1, {.max_body = 100'000});
    EXPECT_EQ(w.send({.method = "POST", .target = "/echo", .body = std::string(100'001, 'x')}).status, 413);
    EXPECT_EQ(w.send({.method = "POST", .target = "/echo", .body = std::string(100'000, 'x')}).status, 200);
    Body streamed(std::make_unique<Shop::Ticks>(w.shop, 30, std::string(10'000, 'x'), 1ms));
    EXPECT_EQ(w.send({.method = "POST", .target = "/echo", .body = std::move(streamed)}).status, 413);
    EXPECT_EQ(w.get("/none"), "");
}

TEST_P(ClientServer, AnEarlyAnswerArrivesThoughTheBodyIsNotRead) {
    World w(GetParam(), 1);
    auto response = w.send({.method = "POST", .target = "/early", .body = std::string(200'000, 'x')});
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(w.text(std::move(response)), "no");
    EXPECT_EQ(w.get("/none"), "");
}

TEST_P(ClientServer, CompressesWhatIsLargeAndUnpacksIt) {
    World w(GetParam(), 1);
    EXPECT_TRUE(w.get("/large") == std::string(3'000'000, 'x'));
    EXPECT_LT(w.network.counters().bytes, 100'000u);
    auto raw = w.send({.target = "/large", .headers = {{"Accept-Encoding", "gzip"}}});
    EXPECT_EQ(raw.headers.find("content-encoding"), "gzip");
    EXPECT_EQ(raw.headers.find("vary"), "Accept-Encoding");
    auto plain = w.send({.target = "/large", .headers = {{"Accept-Encoding", "identity"}}});
    EXPECT_EQ(plain.headers.find("content-encoding"), std::nullopt);
}

}  // namespace
}  // namespace mizzen::net
