// SPDX-License-Identifier: Apache-2.0
// The server against raw bytes: pipelining, expectations, old clients, broken and slow ones; and real clients over
// loopback.
#include "mizzen/net/server.hpp"

#include <gtest/gtest.h>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/certificates.hpp"
#include "mizzen/net/client.hpp"
#include "mizzen/net/process.hpp"
#include "mizzen/net/simulated_network.hpp"

namespace mizzen::net {
namespace {
using namespace std::chrono_literals;

class Echo final : public Handler {
  public:
    Task<Response> handle(Request request) override {
        if (request.path() == "/wait") co_await delay(1h);
        if (request.path() == "/ignore") co_return Response{.body = "ignored"};
        const std::string body = co_await request.body.read_all();
        co_return Response{.headers = {{"date", "x"}}, .body = request.method + " " + request.target + " " + body};
    }
};

struct World {
    explicit World(ServerOptions options = {})
        : server(loop, loop.run(network.listen("s", 80)), echo, std::move(options)) {
        stream = loop.run(network.connect("s", 80));
    }
    void send(std::string_view text) { loop.run(stream->write(text)); }
    // What has come after `wait`; "$" at its end if the server ended the connection.
    std::string receive(Duration wait = 100ms) {
        std::string all;
        try {
            for (const Time end = loop.now() + wait;;) {
                char buffer[4096];
                const std::size_t n = loop.run(timeout(end - loop.now(), stream->read(buffer)));
                if (n == 0) return all + "$";
                all.append(buffer, n);
            }
        } catch (const Cancelled&) {
            return all;
        }
    }
    SimulatedLoop loop{1};
    SimulatedNetwork network{loop};
    Echo echo;
    Server server;
    std::unique_ptr<Stream> stream;
};

const std::string ok_head = "HTTP/1.1 200 OK\r\ndate: x\r\ncontent-length: ";

TEST(Server, AnswersPipelinedRequestsInOrder) {
    World w;
    w.send(
        "GET /1 HTTP/1.1\r\nHost: s\r\n\r\nPOST /2 HTTP/1.1\r\nHost: s\r\nContent-Length: 3\r\n\r\nabcGET /3 "
        "HTTP/1.1\r\nHost: s\r\n\r\n");
    EXPECT_EQ(w.receive(),
              ok_head + "7\r\n\r\nGET /1 " + ok_head + "11\r\n\r\nPOST /2 abc" + ok_head + "7\r\n\r\nGET /3 ");
}

TEST(Server, TakesARequestInAnyPieces) {
    const std::string request =
        "POST /2 HTTP/1.1\r\nHost: s\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    for (std::size_t cut = 1; cut < request.size(); ++cut) {
        World w;
        w.send(request.substr(0, cut));
        w.loop.run_for(1s);
        w.send(request.substr(cut));
        ASSERT_EQ(w.receive(), ok_head + "13\r\n\r\nPOST /2 abcde") << cut;
    }
}

TEST(Server, SaysContinueWhenTheHandlerReads) {
    World w;
    w.send("PUT /x HTTP/1.1\r\nHost: s\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    EXPECT_EQ(w.receive(), "HTTP/1.1 100 Continue\r\n\r\n");
    w.send("abc");
    EXPECT_EQ(w.receive(), ok_head + "10\r\n\r\nPUT /x abc");
    w.send("PUT /ignore HTTP/1.1\r\nHost: s\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    const std::string refused = w.receive(5s);
    EXPECT_EQ(refused.substr(0, 15), "HTTP/1.1 200 OK");
    EXPECT_NE(refused.find("connection: close"), std::string::npos);
    EXPECT_EQ(refused.back(), '$');
}

TEST(Server, ClosesWhenTheClientWantsIt) {
    World w;
    w.send("GET /1 HTTP/1.0\r\n\r\n");
    EXPECT_EQ(w.receive(), ok_head + "7\r\nconnection: close\r\n\r\nGET /1 $");
}

TEST(Server, RefusesBrokenRequestsInWords) {
    struct Case {
        std::string request, status;
    };
    for (const auto& c :
         {Case{"GET / HTTP/1.1\r\n\r\n", "400 Bad Request"},
          {"nonsense\r\n\r\n", "400 Bad Request"},
          {"GET / HTTP/3.0\r\nHost: s\r\n\r\n", "505 HTTP"},
          {"GET / HTTP/1.1\r\nA: " + std::string(70'000, 'a'), "431 Request"},
          {"POST / HTTP/1.1\r\nHost: s\r\nContent-Length: 9999999\r\n\r\n", "413 Content"},
          {"POST / HTTP/1.1\r\nHost: s\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n", "400 Bad Request"},
          {"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n", "505 HTTP"}}) {
        World w;
        w.send(c.request);
        const std::string got = w.receive(5s);
        EXPECT_EQ(got.substr(0, 9 + c.status.size()), "HTTP/1.1 " + c.status) << c.request.substr(0, 80);
        EXPECT_EQ(got.back(), '$');
    }
}

TEST(Server, ABrokenChunkIsTheClientsFault) {
    World w;
    w.send("POST / HTTP/1.1\r\nHost: s\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
    EXPECT_EQ(w.receive(5s).substr(0, 12), "HTTP/1.1 400");
}

TEST(Server, DropsSlowClients) {
    World w;
    w.send("GET / HT");
    EXPECT_EQ(w.receive(31s), "");
    EXPECT_EQ(w.receive(2s), "$");
    World idle;
    EXPECT_EQ(idle.receive(89s), "");
    EXPECT_EQ(idle.receive(2s), "$");
}

TEST(Server, NoticesThatTheClientLeftWhileItsRequestRuns) {
    World w;
    w.send("GET /wait HTTP/1.1\r\nHost: s\r\n\r\n");
    w.loop.run_for(1s);
    EXPECT_EQ(w.server.connections(), 1u);
    w.stream.reset();
    w.loop.run_for(1s);
    EXPECT_EQ(w.server.connections(), 0u);
}

struct Real {
    SocketPoller poller;
    RealLoop loop{poller};
    SocketNetwork network{poller};
    Echo echo;
    template <class T>
    T run(Task<T> task) {
        return loop.run(timeout(20s, std::move(task)));
    }
};

TEST(Server, OverRealSocketsWithTls) {
    Real real;
    const WallTime now = real.loop.wall();
    auto ca = CertificateAuthority::create("ca", {now - 1h, now + 24h});
    auto pair = ca.issue_server("s", {"127.0.0.1", "localhost"}, {now - 1h, now + 24h});
    TlsServer tls({.certificate_pem = pair.certificate_pem, .key_pem = pair.key_pem});
    Server server(real.loop, real.run(real.network.listen("127.0.0.1", 0)), real.echo, {}, &tls);
    for (bool h2 : {true, false}) {
        TlsClientOptions options{.ca_pem = ca.pem().certificate_pem};
        if (!h2) options.protocols = {"http/1.1"};
        HttpClient client(real.loop, real.network, {.host = "127.0.0.1", .port = server.port(), .tls = options});
        for (int i = 0; i < 3; ++i) {
            auto response = real.run(client.send({.method = "PUT", .target = "/x", .body = std::string(200'000, 'b')}));
            EXPECT_EQ(real.run([](Response r) -> Task<std::string> {
                              co_return co_await r.body.read_all();
                          }(std::move(response)))
                          .size(),
                      200'007u);
        }
    }
    real.run(server.stop(5s));
}

TEST(Server, IsUnderstoodByCurl) {
    Real real;
    Server server(real.loop, real.run(real.network.listen("127.0.0.1", 0)), real.echo);
    const std::string url = "http://127.0.0.1:" + std::to_string(server.port()) + "/curl";
    for (const char* mode :
         {"--http1.1 -H 'Transfer-Encoding: chunked'", "--http1.0", "--http2-prior-knowledge", "--http2"}) {
        Process curl(real.poller, {.arguments = {"sh", "-c",
                                                 std::string("test \"$(curl -sS ") + mode + " -d data " + url +
                                                     ")\" = 'POST /curl data'"}});
        EXPECT_EQ(real.run(curl.wait()), 0) << mode;
    }
}

}  // namespace
}  // namespace mizzen::net
