// SPDX-License-Identifier: Apache-2.0
// Headers, bodies, percent-coding, queries, local calls.
#include "mizzen/net/http.hpp"

#include <gtest/gtest.h>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/detail/ascii.hpp"
#include "mizzen/net/local_transport.hpp"

namespace mizzen::net {
namespace {
using namespace std::chrono_literals;

TEST(Headers, NamesCompareWithoutCase) {
    Headers h{{"Content-Type", "a"}, {"X-One", "1"}, {"content-type", "b"}};
    EXPECT_EQ(h.find("CONTENT-TYPE"), "a");
    EXPECT_EQ(h.all("content-type").size(), 2u);
    h.set("Content-TYPE", "c");
    EXPECT_EQ(h.all("content-type"), std::vector<std::string_view>{"c"});
    h.remove("x-one");
    EXPECT_EQ(h.find("X-One"), std::nullopt);
    EXPECT_EQ(h.size(), 1u);
}

TEST(PercentCoding, Table) {
    struct Case {
        std::string_view plain, keep, encoded;
    };
    for (const auto& c : {Case{"abc-._~", "", "abc-._~"},
                          {"a b/c", "", "a%20b%2Fc"},
                          {"a b/c", "/", "a%20b/c"},
                          {"\xc3\xa9", "", "%C3%A9"}}) {
        EXPECT_EQ(percent_encode(c.plain, c.keep), c.encoded);
        EXPECT_EQ(percent_decode(c.encoded), c.plain);
    }
    for (auto broken : {"%", "%4", "%4g", "a%zz"}) EXPECT_EQ(percent_decode(broken), std::nullopt) << broken;
    EXPECT_EQ(percent_decode("a+b"), "a+b");
    EXPECT_EQ(percent_decode("a+b%41", true), "a bA");
}

TEST(Query, ParsesAndWrites) {
    auto q = Query::parse("labelSelector=a%3Db%2Cc&watch=1&empty&&bad=%zz&name=x+y");
    EXPECT_EQ(q.text("labelSelector"), "a=b,c");
    EXPECT_EQ(q.find("empty"), "");
    EXPECT_EQ(q.find("bad"), std::nullopt);
    EXPECT_EQ(q.text("name"), "x y");
    EXPECT_EQ(q.to_string(), "labelSelector=a%3Db%2Cc&watch=1&empty=&name=x%20y");
}

TEST(Query, FlagsReadAsInKubernetes) {
    auto q = Query::parse("a=true&b=1&c=&d=0&e=False&f=t");
    for (auto yes : {"a", "b", "c", "f"}) EXPECT_TRUE(q.flag(yes)) << yes;
    for (auto no : {"d", "e", "absent"}) EXPECT_FALSE(q.flag(no)) << no;
}

TEST(Request, SplitsItsTarget) {
    EXPECT_EQ(Request{.target = "/a/b?c=d?e"}.path(), "/a/b");
    EXPECT_EQ(Request{.target = "/a/b?c=d?e"}.query(), "c=d?e");
    EXPECT_EQ(Request{.target = "/a"}.query(), "");
}

TEST(Ascii, ListsNameItemsWithWeights) {
    EXPECT_TRUE(detail::lists("deflate, gzip;q=0.5", "gzip"));
    EXPECT_TRUE(detail::lists("GZIP", "gzip"));
    EXPECT_FALSE(detail::lists("gzip;q=0", "gzip"));
    EXPECT_FALSE(detail::lists("gzip;q=0.000, br", "gzip"));
    EXPECT_FALSE(detail::lists("xgzip", "gzip"));
    EXPECT_FALSE(detail::lists("", "gzip"));
    EXPECT_EQ(detail::weight("br;q=0.25, gzip ; Q=0.125", "gzip"), 125);
    EXPECT_EQ(detail::weight("br;level=3", "br"), 1000);
    for (const auto* text : {"", "0", "2", "-1", "1.1", "0.5x", "0,5", "0.5555", "1.001"})
        EXPECT_EQ(detail::parse_weight(text), 0) << text;
    for (const auto* text : {"1", "1.", "1.0", "1.000"}) EXPECT_EQ(detail::parse_weight(text), 1000) << text;
}

class Count final : public Body::Source {
  public:
    explicit Count(int n) : n_(n) {}
    Task<std::optional<Bytes>> next() override {
        co_await delay(1ms);
        if (n_-- == 0) co_return std::nullopt;
        co_return Bytes("x" + std::to_string(n_));
    }

  private:
    int n_;
};

TEST(Body, ReadsAllOfEitherKind) {
    SimulatedLoop loop(1);
    auto all = [](Body body, std::size_t limit) -> Task<std::string> { co_return co_await body.read_all(limit); };
    EXPECT_EQ(loop.run(all(Body(), 0)), "");
    EXPECT_EQ(loop.run(all(Body("abc"), 3)), "abc");
    EXPECT_EQ(loop.run(all(Body(std::make_unique<Count>(3)), 6)), "x2x1x0");
    EXPECT_THROW(loop.run(all(Body("abc"), 2)), Error);
    EXPECT_THROW(loop.run(all(Body(std::make_unique<Count>(3)), 5)), Error);
}

class Echo final : public Handler {
  public:
    Task<Response> handle(Request request) override {
        if (request.path() == "/throw") throw Error(ErrorKind::bug, "broken");
        if (request.path() == "/deadline") co_await timeout(1s, sleep_for(1h));
        if (request.path() == "/wait") co_await delay(1h);
        co_return Response{.status = 201, .body = request.peer.address + " " + request.target};
    }
};

TEST(LocalTransport, CallsTheHandler) {
    SimulatedLoop loop(1);
    Echo echo;
    LocalTransport local(echo, {.address = "me"});
    auto response = loop.run(local.send({.target = "/x"}));
    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(response.body.bytes().view(), "me /x");
    EXPECT_EQ(loop.run(local.send({.target = "/throw"})).status, 500);
    EXPECT_EQ(loop.run(local.send({.target = "/deadline"})).status, 500) << "a deadline of the handler's own";
    EXPECT_THROW(loop.run(timeout(1s, local.send({.target = "/wait"}))), Cancelled);
}

}  // namespace
}  // namespace mizzen::net
