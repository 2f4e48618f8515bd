// SPDX-License-Identifier: Apache-2.0
// Any bytes behind the preface to an HTTP/2 server, and any bytes to a client's session: no crash, no leak, no
// connection left.
#include <cstdint>
#include <cstdlib>

#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/http2.hpp"
#include "mizzen/net/server.hpp"
#include "mizzen/net/simulated_network.hpp"

namespace {

using namespace mizzen;
using namespace mizzen::net;

class Echo final : public Handler {
  public:
    Task<Response> handle(Request request) override {
        std::string body = co_await request.body.read_all(1000);
        co_return Response{.headers = request.headers, .body = body + std::string(100'000, 'x')};
    }
};

void serve(std::string_view bytes) {
    SimulatedLoop loop(1);
    SimulatedNetwork network(loop);
    Echo echo;
    Server server(loop, loop.run(network.listen("s", 80)), echo, {.max_body = 5000, .max_streams = 10});
    auto stream = loop.run(network.connect("s", 80));
    try {
        loop.run(stream->write(std::string_view("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")));
        loop.run(stream->write(bytes));
        loop.run_for(std::chrono::seconds(1));
    } catch (const Error&) {
        // The server closed the connection.
    }
    stream.reset();
    loop.run_for(std::chrono::seconds(1));
    if (server.connections() != 0) std::abort();
}

class Ignore final : public Http2Events {
  public:
    Http2Session* session = nullptr;
    void on_request(int, Request) override {}
    void on_response(int stream, Response) override { session->send(stream, Bytes("more")); }
    void on_data(int stream, std::string_view data) override { session->consumed(stream, data.size()); }
    void on_end(int stream, Headers) override { session->end(stream); }
    void on_closed(int, bool, bool) override {}
    void on_drained(int) override {}
};

void ask(std::string_view bytes) {
    Ignore events;
    Http2Session session(Http2Session::Side::client, events);
    events.session = &session;
    for (int i = 0; i < 3; ++i)
        session.request({.method = "POST", .body = std::string(70'000, 'b')}, "http", "s", i == 1);
    std::string out;
    try {
        session.produce(out);
        session.receive(bytes);
        session.produce(out);
    } catch (const Error&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 8192) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    serve(bytes);
    ask(bytes);
    return 0;
}
