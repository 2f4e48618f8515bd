// SPDX-License-Identifier: Apache-2.0
// HTTP/1.1 bytes: what is read, what is refused, what is written.
#include "mizzen/net/http1.hpp"

#include <gtest/gtest.h>

namespace mizzen::net::http1 {
namespace {

TEST(Http1, ReadsARequest) {
    const std::string head = "POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\nX-Two:  spaced \t\r\n\r\n";
    EXPECT_EQ(head_size(head + "body"), head.size());
    auto parsed = parse_request(head);
    EXPECT_EQ(parsed.request.method, "POST");
    EXPECT_EQ(parsed.request.target, "/a?b=c");
    EXPECT_EQ(parsed.request.headers.find("x-two"), "spaced");
    EXPECT_EQ(parsed.framing.kind, Framing::length);
    EXPECT_EQ(parsed.framing.size, 12u);
    EXPECT_TRUE(parsed.keep_alive);
}

TEST(Http1, KnowsWhenAHeadIsIncomplete) {
    const std::string head = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    for (std::size_t n = 0; n < head.size(); ++n) EXPECT_EQ(head_size(head.substr(0, n), n / 2), 0u) << n;
    for (std::size_t from = 0; from < head.size(); ++from) EXPECT_EQ(head_size(head, from), head.size()) << from;
    EXPECT_THROW(head_size(std::string(max_head + 1, 'x')), ProtocolError);
}

TEST(Http1, TakesTheAbsoluteForm) {
    for (auto [target, origin] :
         {std::pair("http://h/a?b", "/a?b"), {"http://h", "/"}, {"http://h?q", "/?q"}, {"*", "*"}}) {
        EXPECT_EQ(parse_request(std::string("GET ") + target + " HTTP/1.1\r\nHost: h\r\n\r\n").request.target, origin);
    }
}

TEST(Http1, RefusesWhatCouldBeReadTwoWays) {
    struct Case {
        std::string_view head;
        int status;
    };
    const Case cases[] = {
        {"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 1\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0x1\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        {"GET / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501},
        {"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 501},
        {"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n", 501},
        {"GET / HTTP/1.1\r\nHost: x\r\nContent-Length : 1\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n folded\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nA: b\nC: d\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nA: b\rC\r\n\r\n", 400},
        {std::string_view("GET / HTTP/1.1\r\nHost: x\r\nA: b\0\r\n\r\n", 34), 400},
        {"GET / HTTP/1.1\r\nHost: x\r\n: v\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400},
        {"GET /\r\n\r\n", 400},
        {"GET  / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"GET x HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"G@T / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505},
        {"GET / http/1.1\r\nHost: x\r\n\r\n", 400},
        {"CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", 501},
        {"GET / HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\n\r\n", 417},
    };
    for (const auto& c : cases) {
        try {
            parse_request(c.head);
            ADD_FAILURE() << "accepted: " << c.head;
        } catch (const ProtocolError& e) {
            EXPECT_EQ(e.status(), c.status) << c.head;
        }
    }
}

TEST(Http1, SaysWhoClosesTheConnection) {
    auto keeps = [](std::string_view version, std::string_view connection) {
        std::string head = "GET / " + std::string(version) + "\r\nHost: x\r\n";
        if (!connection.empty()) head += "Connection: " + std::string(connection) + "\r\n";
        return parse_request(head + "\r\n").keep_alive;
    };
    EXPECT_TRUE(keeps("HTTP/1.1", ""));
    EXPECT_FALSE(keeps("HTTP/1.1", "close"));
    EXPECT_FALSE(keeps("HTTP/1.1", "foo, Close"));
    EXPECT_FALSE(keeps("HTTP/1.0", ""));
    EXPECT_TRUE(keeps("HTTP/1.0", "keep-alive"));
}

TEST(Http1, ReadsAResponse) {
    struct Case {
        std::string_view head, method;
        int status;
        Framing::Kind kind;
        bool keep_alive;
    };
    const Case cases[] = {
        {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", "GET", 200, Framing::length, true},
        {"HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n", "GET", 200, Framing::chunked, true},
        {"HTTP/1.1 200 \r\n\r\n", "GET", 200, Framing::until_end, false},
        {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", "HEAD", 200, Framing::none, true},
        {"HTTP/1.1 204 No Content\r\n\r\n", "DELETE", 204, Framing::none, true},
        {"HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n", "GET", 304, Framing::none, true},
        {"HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\n", "GET", 200, Framing::length, false},
    };
    for (const auto& c : cases) {
        auto parsed = parse_response(c.head, c.method);
        EXPECT_EQ(parsed.response.status, c.status) << c.head;
        EXPECT_EQ(parsed.framing.kind, c.kind) << c.head;
        EXPECT_EQ(parsed.keep_alive, c.keep_alive) << c.head;
    }
    for (auto bad : {"HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1  200 OK\r\n\r\n",
                     "ICY 200 OK\r\n\r\n", "\r\n\r\n"}) {
        EXPECT_THROW(parse_response(bad, "GET"), ProtocolError) << bad;
    }
}

// Feeds `wire` in pieces of `step` bytes; gives the body and what is left behind it.
std::string decode(Framing framing, const std::string& wire, std::size_t step) {
    BodyDecoder decoder(framing);
    std::string body, pending;
    for (std::size_t at = 0; at < wire.size() || !pending.empty();) {
        const std::string piece = wire.substr(std::min(at, wire.size()), step);
        at += piece.size();
        pending += piece;
        for (;;) {
            auto got = decoder.decode(pending);
            body += got.data;
            const bool moved = got.used > 0 || !got.data.empty();
            pending.erase(0, got.used);
            if (!moved || decoder.done()) break;
        }
        if (decoder.done()) return body + "|" + pending + wire.substr(std::min(at, wire.size()));
        if (piece.empty()) break;
    }
    return body + (decoder.may_end_here() ? "$" : "...");
}

TEST(Http1, TakesBodiesApart) {
    for (std::size_t step : {1u, 2u, 3u, 7u, 1000u}) {
        EXPECT_EQ(decode({Framing::length, 5}, "helloGET", step), "hello|GET");
        EXPECT_EQ(decode({Framing::length, 9}, "hello", step), "hello...");
        EXPECT_EQ(decode({Framing::until_end}, "hello", step), "hello$");
        EXPECT_EQ(decode({Framing::chunked}, "5\r\nhello\r\nA;x=y\r\n, world!!!\r\n0\r\n\r\nNEXT", step),
                  "hello, world!!!|NEXT");
        EXPECT_EQ(decode({Framing::chunked}, "1\r\na\r\n0\r\nTrailer: x\r\n\r\n", step), "a|");
        EXPECT_EQ(decode({Framing::chunked}, "5\r\nhel", step), "hel...");
    }
}

TEST(Http1, RefusesBrokenChunks) {
    for (auto bad : {"x\r\n", "\r\n", "5\nhello", "2\r\nabc\r\n", "-1\r\n", "1000000000000000\r\n", "0\r\nbad\n\r\n"}) {
        for (std::size_t step : {1u, 1000u}) {
            EXPECT_THROW(decode({Framing::chunked}, bad, step), ProtocolError) << bad;
        }
    }
    EXPECT_THROW(decode({Framing::chunked}, std::string(max_line + 10, '1'), 1000), ProtocolError);
}

TEST(Http1, WritesWhatItReads) {
    std::string out;
    Request request{
        .method = "PUT", .target = "/x", .headers = {{"A", "b"}, {"Content-Length", "99"}, {"Connection", "close"}}};
    write_request(out, request, {Framing::length, 3}, "host:1");
    EXPECT_EQ(out, "PUT /x HTTP/1.1\r\nhost: host:1\r\nA: b\r\ncontent-length: 3\r\n\r\n");
    out.clear();
    write_response(out, {.status = 404, .headers = {{"A", "b"}}}, {Framing::chunked}, false);
    EXPECT_EQ(out, "HTTP/1.1 404 Not Found\r\nA: b\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n");
    out.clear();
    write_chunk(out, std::string(26, 'x'));
    EXPECT_EQ(out, "1a\r\n" + std::string(26, 'x') + "\r\n");
}

TEST(Http1, NeverWritesAFieldThatWouldBreakOut) {
    std::string out;
    EXPECT_THROW(write_response(out, {.headers = {{"A", "b\r\nC: d"}}}, {}, true), Error);
    EXPECT_THROW(write_response(out, {.headers = {{"A b", "c"}}}, {}, true), Error);
    EXPECT_THROW(write_request(out, {.target = "/ HTTP/1.1\r\nX: y"}, {}, "h"), Error);
}

}  // namespace
}  // namespace mizzen::net::http1
