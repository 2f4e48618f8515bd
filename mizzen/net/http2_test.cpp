// SPDX-License-Identifier: Apache-2.0
// Two HTTP/2 sessions that hand each other their bytes: heads, flow control, resets, the end.
#include "mizzen/net/http2.hpp"

#include <gtest/gtest.h>

#include <map>

#include "mizzen/base/error.hpp"

namespace mizzen::net {
namespace {

struct End final : Http2Events {
    Http2Session session;
    std::map<int, Request> requests;
    std::map<int, Response> responses;
    std::map<int, std::string> data;
    std::string log;
    Headers trailers;
    bool consumes = true;

    explicit End(Http2Session::Side side, Http2Settings settings = {}) : session(side, *this, settings) {}
    void note(std::string_view what, int stream) { log += std::string(what) + std::to_string(stream) + " "; }
    void on_request(int stream, Request head) override {
        note("request", stream);
        requests[stream] = std::move(head);
    }
    void on_response(int stream, Response head) override {
        note("response", stream);
        responses[stream] = std::move(head);
    }
    void on_data(int stream, std::string_view bytes) override {
        data[stream] += bytes;
        if (consumes) session.consumed(stream, bytes.size());
    }
    void on_end(int stream, Headers fields) override {
        note("end", stream);
        trailers = std::move(fields);
    }
    void on_closed(int stream, bool clean, bool refused) override {
        note(clean ? "closed" : refused ? "refused" : "reset", stream);
    }
    void on_drained(int stream) override { note("drained", stream); }
};

struct Pair {
    explicit Pair(Http2Settings of_server = {}, Http2Settings of_client = {})
        : client(Http2Session::Side::client, of_client), server(Http2Session::Side::server, of_server) {}
    // Until neither has anything to say.
    void exchange() {
        for (bool moved = true; moved;) {
            std::string there, back;
            client.session.produce(there);
            if (!there.empty()) server.session.receive(there);
            server.session.produce(back);
            if (!back.empty()) client.session.receive(back);
            moved = !there.empty() || !back.empty();
        }
    }
    int request(std::string target, std::string body = "", bool more = false) {
        return client.session.request({.method = "POST", .target = std::move(target), .body = std::move(body)}, "https",
                                      "host:1", more);
    }
    void respond(int stream, std::string body, bool more = false) {
        server.session.respond(stream, {.headers = {{"X-Upper", "v"}}, .body = std::move(body)}, more, false);
    }
    End client, server;
};

std::string frame(char type, char flags, std::string_view payload, char stream = 1) {
    std::string out = {0, 0, static_cast<char>(payload.size()), type, flags, 0, 0, 0, stream};
    return out += payload;
}

TEST(Http2, AClientHearsTheFieldsBehindABody) {
    End client(Http2Session::Side::client);
    client.session.request({.method = "POST", .target = "/", .body = "x"}, "http", "host", false);
    std::string sent;
    client.session.produce(sent);
    using namespace std::string_literals;
    const std::string field =
        "\0\x0bgrpc-status\x02"
        "14"s;
    client.session.receive(frame(4, 0, "", 0) + frame(1, 4, "\x88") + frame(0, 0, "body") + frame(1, 5, field));
    EXPECT_EQ(client.data[1], "body");
    EXPECT_EQ(client.trailers.find("grpc-status"), "14");
    EXPECT_EQ(client.responses[1].headers.find("grpc-status"), std::nullopt);
    EXPECT_TRUE(client.log.starts_with("response1 end1")) << client.log;
}

TEST(Http2, CarriesARequestAndItsResponse) {
    Pair p;
    const int stream = p.client.session.request({.method = "PUT",
                                                 .target = "/a?b",
                                                 .headers = {{"X-One", "1"}, {"Host", "h"}, {"Connection", "close"}},
                                                 .body = "abc"},
                                                "https", "x", false);
    p.exchange();
    EXPECT_EQ(p.server.log, "request1 end1 ");
    const Request& request = p.server.requests[stream];
    EXPECT_EQ(request.method, "PUT");
    EXPECT_EQ(request.target, "/a?b");
    EXPECT_EQ(request.headers.find("host"), "h");
    EXPECT_EQ(request.headers.find("x-one"), "1");
    EXPECT_EQ(request.headers.find("connection"), std::nullopt);
    EXPECT_EQ(request.headers.find("content-length"), "3");
    EXPECT_EQ(p.server.data[stream], "abc");
    p.respond(stream, "hello");
    p.exchange();
    EXPECT_EQ(p.client.log, "response1 end1 closed1 ");
    EXPECT_EQ(p.client.responses[stream].headers.find("x-upper"), "v");
    EXPECT_EQ(p.client.data[stream], "hello");
    EXPECT_EQ(p.server.log, "request1 end1 closed1 ");
}

TEST(Http2, StopsAtTheWindowUntilTheReaderConsumes) {
    Pair p({}, {.stream_window = 100'000});
    p.client.consumes = false;
    const int stream = p.request("/");
    const int other = p.request("/other");
    p.exchange();
    p.respond(stream, std::string(1'000'000, 'x'));
    p.exchange();
    EXPECT_EQ(p.client.data[stream].size(), 100'000u);
    EXPECT_EQ(p.server.session.queued(stream), 900'000u);
    p.respond(other, std::string(50'000, 'y'));
    p.exchange();
    EXPECT_EQ(p.client.data[other].size(), 50'000u) << "a stream that nobody reads holds up no other";
    p.client.session.consumed(stream, 100'000);
    p.exchange();
    EXPECT_EQ(p.client.data[stream].size(), 200'000u);
    p.client.consumes = true;
    p.client.session.consumed(stream, 100'000);
    p.exchange();
    EXPECT_EQ(p.client.data[stream].size(), 1'000'000u);
    EXPECT_EQ(p.server.session.queued(stream), 0u);
}

TEST(Http2, SaysWhenThereIsRoomForMore) {
    Pair p;
    const int stream = p.request("/");
    p.exchange();
    p.respond(stream, "", true);
    for (int i = 0; i < 200; ++i) p.server.session.send(stream, std::string(1000, static_cast<char>('a' + i % 26)));
    EXPECT_EQ(p.server.session.queued(stream), 200'000u);
    p.exchange();
    EXPECT_NE(p.server.log.find("drained1"), std::string::npos);
    EXPECT_EQ(p.client.data[stream].size(), 200'000u);
    EXPECT_EQ(p.client.data[stream].substr(199'000), std::string(1000, static_cast<char>('a' + 199 % 26)));
    EXPECT_EQ(p.client.log, "response1 ");
    p.server.session.end(stream);
    p.exchange();
    EXPECT_EQ(p.client.log, "response1 end1 closed1 ");
}

TEST(Http2, ProducesNoMoreThanAsked) {
    Pair p({}, {.stream_window = 4u << 20});
    const int stream = p.request("/");
    p.exchange();
    p.respond(stream, std::string(1'000'000, 'x'));
    std::string out;
    p.server.session.produce(out, 50'000);
    EXPECT_LT(out.size(), 80'000u);
    EXPECT_GT(out.size(), 40'000u);
}

TEST(Http2, ResetsReachTheOtherEnd) {
    Pair p;
    const int stream = p.request("/", "", true);
    const int other = p.request("/");
    p.exchange();
    p.client.session.reset(stream, Http2Session::Reset::cancel);
    p.server.session.reset(other, Http2Session::Reset::refused);
    p.exchange();
    EXPECT_NE(p.server.log.find("reset1"), std::string::npos) << p.server.log;
    EXPECT_NE(p.client.log.find("refused3"), std::string::npos) << p.client.log;
    p.server.session.send(stream, Bytes("late"));
    p.server.session.end(stream);
    p.server.session.consumed(stream, 5);
    p.exchange();
}

TEST(Http2, GoAwayLetsRunningStreamsEndAndTakesNoNewOnes) {
    Pair p;
    const int stream = p.request("/");
    p.exchange();
    p.server.session.go_away();
    p.exchange();
    EXPECT_FALSE(p.client.session.can_request());
    EXPECT_FALSE(p.server.session.over());
    p.respond(stream, "bye");
    p.exchange();
    EXPECT_EQ(p.client.data[stream], "bye");
    EXPECT_TRUE(p.server.session.over());
}

TEST(Http2, RequestsThatCrossAGoAwayWereNotProcessed) {
    Pair p;
    p.request("/");
    p.exchange();
    p.server.session.go_away();
    std::string there, back;
    p.server.session.produce(back);
    p.request("/late");
    p.client.session.produce(there);
    p.server.session.receive(there);
    p.client.session.receive(back);
    EXPECT_EQ(p.client.log, "refused3 ");
    EXPECT_EQ(p.server.requests.size(), 1u);
}

TEST(Http2, RequestsThatArriveBeforeTheGoAwayIsSentAreProcessed) {
    Pair p;
    p.request("/");
    p.exchange();
    p.server.session.go_away();
    p.request("/just-in-time");
    p.exchange();
    EXPECT_EQ(p.client.log, "");
    EXPECT_EQ(p.server.requests.size(), 2u);
}

TEST(Http2, KnowsTheLimitOfTheServer) {
    Pair p({.max_streams = 2});
    p.exchange();
    EXPECT_TRUE(p.client.session.can_request());
    p.request("/");
    p.request("/");
    EXPECT_FALSE(p.client.session.can_request());
    p.exchange();
    p.respond(1, "x");
    p.exchange();
    EXPECT_TRUE(p.client.session.can_request());
}

TEST(Http2, RefusesHeadsThatAreTooLarge) {
    Pair p({.max_head = 1000});
    p.client.session.request({.headers = {{"x", std::string(2000, 'x')}}}, "https", "h", false);
    const int other = p.request("/");
    p.exchange();
    EXPECT_EQ(p.server.requests.size(), 1u);
    EXPECT_TRUE(p.server.requests.contains(other));
    EXPECT_NE(p.client.log.find("reset1"), std::string::npos) << p.client.log;
}

TEST(Http2, NeverSendsAFieldThatWouldBreakOut) {
    Pair p;
    EXPECT_THROW(p.client.session.request({.headers = {{"a", "b\r\nc: d"}}}, "https", "h", false), Error);
    EXPECT_THROW(p.client.session.request({.target = "/a b"}, "https", "h", false), Error);
}

TEST(Http2, WhatIsNoHttp2IsAnError) {
    Pair p;
    EXPECT_THROW(p.server.session.receive("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), Error);
}

TEST(Http2, DropsInterimResponses) {
    Pair p;
    const int stream = p.request("/");
    p.exchange();
    // :status 103 as a literal field; nothing ends.
    const std::string hints(
        "\x00\x00\x05\x01\x04\x00\x00\x00\x01\x08\x03"
        "103",
        14);
    p.client.session.receive(hints);
    EXPECT_EQ(p.client.log, "");
    p.respond(stream, "x");
    p.exchange();
    EXPECT_EQ(p.client.responses[stream].status, 200);
    EXPECT_EQ(p.client.responses[stream].headers.find("x-upper"), "v");
}

}  // namespace
}  // namespace mizzen::net
