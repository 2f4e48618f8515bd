// SPDX-License-Identifier: Apache-2.0
// A handler with many ways, and a client and a server over any protocol in simulated time: what the tests of both
// share.
#pragma once
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/certificates.hpp"
#include "mizzen/net/client.hpp"
#include "mizzen/net/server.hpp"
#include "mizzen/net/simulated_network.hpp"

namespace mizzen::net::test {
using namespace std::chrono_literals;

// What the handler does depends on the path; it counts what it sees.
struct Shop final : Handler {
    int handled = 0, running = 0, cancelled = 0, produced = 0;
    std::map<std::string, int> orders;  // how often each was processed

    struct Ticks final : Body::Source {
        Ticks(Shop& s, int n, std::string c, Duration p) : shop(s), left(n), chunk(std::move(c)), pause(p) {
            ++shop.running;
        }
        ~Ticks() override { --shop.running; }
        Task<std::optional<Bytes>> next() override {
            if (left-- == 0) co_return std::nullopt;
            try {
                if (pause > 0s) co_await delay(pause);
            } catch (const Cancelled&) {
                ++shop.cancelled;
                throw;
            }
            ++shop.produced;
            co_return Bytes(chunk);
        }
        Shop& shop;
        int left;
        std::string chunk;
        Duration pause;
    };

    Task<Response> handle(Request request) override {
        ++handled;
        const std::string path(request.path());
        if (path == "/echo") {
            std::string body = co_await request.body.read_all(8u << 20);
            co_return Response{.headers = {{"X-Method", request.method},
                                           {"X-Host", std::string(request.headers.find("host").value_or(""))}},
                               .body = body};
        }
        if (path == "/user") {
            std::string text = request.peer.common_name;
            for (auto& o : request.peer.organizations) text += "," + o;
            co_return Response{.body = text};
        }
        if (path == "/large") co_return Response{.body = std::string(3'000'000, 'x')};
        if (path == "/ticks") co_return Response{.body = std::make_unique<Ticks>(*this, 5, "tick ", 1s)};
        if (path == "/flood")
            co_return Response{.body = std::make_unique<Ticks>(*this, 200, std::string(10'000, 'f'), 0s)};
        if (path == "/forever") co_return Response{.body = std::make_unique<Ticks>(*this, 1 << 30, "x", 1h)};
        if (path == "/deadline") co_await timeout(1s, sleep_for(1h));
        if (path == "/throw") throw std::runtime_error("oops");
        if (path == "/order") {
            ++orders[std::string(request.query())];
            co_await delay(5ms);
            co_return Response{.status = 201};
        }
        if (path == "/none") co_return Response{.status = 204};
        if (path == "/early") co_return Response{.status = 401, .body = "no"};
        if (path == "/slow") {
            ++running;
            struct Leave {
                int& n;
                ~Leave() { --n; }
            } leave{running};
            try {
                co_await delay(10s);
            } catch (const Cancelled&) {
                ++cancelled;
                throw;
            }
            co_return Response{.body = "slow"};
        }
        co_return Response{.status = 404, .headers = {{"content-type", "text/plain"}}, .body = "no " + path};
    }
};

enum class Kind { http1, http2, tls1, tls2 };

inline const CertificateAuthority& authority() {
    static const auto ca =
        CertificateAuthority::create("test CA", {WallTime(1767139200s), WallTime(1767139200s) + 24h * 3650});
    return ca;
}
inline const Validity year{WallTime(1767139200s), WallTime(1767139200s) + 24h * 365};

struct World {
    World(Kind k, std::uint64_t seed, ServerOptions server_options = {}, SimulatedNetwork::Options network_options = {})
        : kind(k), loop(seed), network(loop, network_options) {
        if (is_tls()) {
            static const auto pair = authority().issue_server("server", {"server", "10.1.2.3"}, year);
            tls.emplace(TlsServerOptions{.certificate_pem = pair.certificate_pem,
                                         .key_pem = pair.key_pem,
                                         .client_ca_pem = authority().pem().certificate_pem});
        }
        start(std::move(server_options));
        client.emplace(loop, network, options());
    }
    bool is_tls() const { return kind == Kind::tls1 || kind == Kind::tls2; }
    bool is_http2() const { return kind == Kind::http2 || kind == Kind::tls2; }
    void start(ServerOptions server_options = {}) {
        server.emplace(loop, loop.run(network.listen("server", 443)), shop, std::move(server_options),
                       tls ? &*tls : nullptr);
    }
    HttpClientOptions options() const {
        HttpClientOptions o{.host = "server", .port = 443, .http2 = kind == Kind::http2};
        if (is_tls()) o.tls = TlsClientOptions{.ca_pem = authority().pem().certificate_pem};
        if (kind == Kind::tls1) o.tls->protocols = {"http/1.1"};
        return o;
    }
    Response send(Request request) { return loop.run(client->send(std::move(request))); }
    std::string text(Response response) { return loop.run(read(std::move(response))); }
    std::string get(std::string target) { return text(send({.target = std::move(target)})); }
    static Task<std::string> read(Response response) { co_return co_await response.body.read_all(); }

    Kind kind;
    SimulatedLoop loop;
    SimulatedNetwork network;
    Shop shop;
    std::optional<TlsServer> tls;
    std::optional<Server> server;
    std::optional<HttpClient> client;
};

}  // namespace mizzen::net::test
