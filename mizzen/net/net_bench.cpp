// SPDX-License-Identifier: Apache-2.0
// Requests per second between a client and a server that share one thread, over loopback; and what a handshake and a CA
// cost.
#include <benchmark/benchmark.h>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/net/certificates.hpp"
#include "mizzen/net/client.hpp"
#include "mizzen/net/local_transport.hpp"
#include "mizzen/net/server.hpp"
#include "mizzen/net/sockets.hpp"

namespace mizzen::net {
namespace {

using namespace std::chrono_literals;

class Small final : public Handler {
  public:
    Task<Response> handle(Request) override {
        co_return Response{.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-cache, private"}},
                           .body = body_};
    }

  private:
    Bytes body_{std::string(500, 'x')};
};

struct World {
    World(bool tls, bool http2) {
        const WallTime now = loop.wall();
        std::optional<TlsClientOptions> client_tls;
        if (tls) {
            auto ca = CertificateAuthority::create("ca", {now - 1h, now + 24h});
            auto pair = ca.issue_server("s", {"127.0.0.1"}, {now - 1h, now + 24h});
            tls_server.emplace(TlsServerOptions{.certificate_pem = pair.certificate_pem, .key_pem = pair.key_pem});
            client_tls = TlsClientOptions{.ca_pem = ca.pem().certificate_pem};
            if (!http2) client_tls->protocols = {"http/1.1"};
        }
        server.emplace(loop, loop.run(network.listen("127.0.0.1", 0)), handler, ServerOptions{},
                       tls_server ? &*tls_server : nullptr);
        options = {.host = "127.0.0.1", .port = server->port(), .tls = client_tls, .http2 = http2};
        client.emplace(loop, network, options);
    }
    SocketPoller poller;
    RealLoop loop{poller};
    SocketNetwork network{poller};
    Small handler;
    std::optional<TlsServer> tls_server;
    std::optional<Server> server;
    HttpClientOptions options;
    std::optional<HttpClient> client;
};

Request list_pods() {
    return {
        .target = "/api/v1/namespaces/default/pods?limit=1",
        .headers = {
            {"Accept", "application/json"}, {"User-Agent", "mizzen"}, {"Authorization", "Bearer 0123456789abcdef"}}};
}

Task<> ask(Transport& client) {
    auto response = co_await client.send(list_pods());
    benchmark::DoNotOptimize(co_await response.body.read_all());
}

Task<> ask_in_rounds(Transport& client, benchmark::State& state, Loop& loop, int at_once) {
    if (at_once == 1) {
        for (auto _ : state) co_await ask(client);
        co_return;
    }
    for (auto _ : state) {
        Scope scope(loop);
        for (int i = 0; i < at_once; ++i) scope.spawn(ask(client));
        co_await scope.join();
    }
}

// Arguments: TLS, HTTP/2, requests at once.
void requests(benchmark::State& state) {
    World world(state.range(0), state.range(1));
    const int at_once = static_cast<int>(state.range(2));
    world.loop.run(ask_in_rounds(*world.client, state, world.loop, at_once));
    state.SetItemsProcessed(state.iterations() * at_once);
}
BENCHMARK(requests)
    ->ArgNames({"tls", "http2", "at_once"})
    ->Args({0, 0, 1})
    ->Args({0, 1, 1})
    ->Args({1, 0, 1})
    ->Args({1, 1, 1})
    ->Args({0, 1, 50})
    ->Args({1, 1, 50});

void local(benchmark::State& state) {
    World world(false, false);
    LocalTransport transport(world.handler);
    world.loop.run(ask_in_rounds(transport, state, world.loop, 1));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(local);

// A new connection with a full handshake, and one request.
void connect_with_tls(benchmark::State& state) {
    World world(true, true);
    world.loop.run([](World& world, benchmark::State& state) -> Task<> {
        for (auto _ : state) {
            HttpClient client(world.loop, world.network, world.options);
            co_await ask(client);
        }
    }(world, state));
}
BENCHMARK(connect_with_tls);

void authority_and_server_certificate(benchmark::State& state) {
    const Validity year{WallTime(1767225600s), WallTime(1767225600s) + 24h * 365};
    for (auto _ : state) {
        auto ca = CertificateAuthority::create("ca", year);
        benchmark::DoNotOptimize(ca.issue_server("s", {"localhost", "127.0.0.1"}, year));
    }
}
BENCHMARK(authority_and_server_certificate);

class Megabytes final : public Handler {
  public:
    Task<Response> handle(Request) override { co_return Response{.body = body_}; }

  private:
    Bytes body_{std::string(4u << 20, 'x')};
};

// A 4 MiB list over HTTP/2 and TLS.
void large_response(benchmark::State& state) {
    World world(true, true);
    Megabytes handler;
    world.server.emplace(world.loop, world.loop.run(world.network.listen("127.0.0.1", 0)), handler,
                         ServerOptions{.compress_over = 0}, &*world.tls_server);
    world.options.port = world.server->port();
    HttpClient client(world.loop, world.network, world.options);
    world.loop.run(ask_in_rounds(client, state, world.loop, 1));
    state.SetBytesProcessed(state.iterations() * (4 << 20));
}
BENCHMARK(large_response);

}  // namespace
}  // namespace mizzen::net

BENCHMARK_MAIN();
