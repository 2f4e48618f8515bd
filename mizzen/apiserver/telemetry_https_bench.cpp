// SPDX-License-Identifier: Apache-2.0
// What telemetry costs an API server that is reached as kubectl reaches it: HTTP/2 over TLS, the server on a thread of
// its own. Its processor time for each request is compared, so the client does not count: a server that is busy answers
// as many requests as that time allows.
#include <benchmark/benchmark.h>
#include <time.h>

#include <algorithm>
#include <future>
#include <thread>
#include <vector>

#include "mizzen/apiserver/testing/telling_server.hpp"
#include "mizzen/async/event.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/net/certificates.hpp"
#include "mizzen/net/client.hpp"
#include "mizzen/net/server.hpp"
#include "mizzen/net/sockets.hpp"

namespace mizzen::apiserver {
namespace {

using namespace std::chrono_literals;

struct Certificates {
    explicit Certificates(WallTime now)
        : authority(net::CertificateAuthority::create("ca", {now - 1h, now + 24h})),
          server(authority.issue_server("server", {"127.0.0.1"}, {now - 1h, now + 24h})) {}
    net::CertificateAuthority authority;
    net::CertifiedKey server;
};

double processor_seconds() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

// Requests are the administrator's; /cpu tells what this thread used so far, /stop ends it.
class Front final : public net::Handler {
  public:
    Front(net::Handler& inner, Latch& stop) : inner_(inner), stop_(stop) {}
    Task<net::Response> handle(net::Request request) override {
        if (request.path() == "/cpu") co_return net::Response{.body = std::to_string(processor_seconds())};
        if (request.path() == "/stop") {
            stop_.open();
            co_return net::Response{};
        }
        request.peer = TellingServer::administrator();
        co_return co_await inner_.handle(std::move(request));
    }

  private:
    net::Handler& inner_;
    Latch& stop_;
};

void serve(Tells tells, const Certificates& certificates, std::promise<int>& port) {
    net::SocketPoller poller;
    RealLoop loop(poller);
    net::SocketNetwork network(poller);
    TellingServer telling(loop, tells);
    Latch stop;
    Front front(telling.handler(), stop);
    net::TlsServer tls(
        {.certificate_pem = certificates.server.certificate_pem, .key_pem = certificates.server.key_pem});
    net::Server server(loop, loop.run(network.listen("127.0.0.1", 0)), front, {}, &tls);
    port.set_value(server.port());
    loop.run([](Latch& stop, net::Server& server) -> Task<> {
        co_await stop.wait();
        co_await server.stop(1s);
    }(stop, server));
}

Task<std::string> ask(net::HttpClient& client, std::string target) {
    auto response = co_await client.send({.target = std::move(target), .headers = {{"User-Agent", "bench/1"}}});
    co_return co_await response.body.read_all();
}

Task<> ask_and_drop(net::HttpClient& client, std::string target) { co_await ask(client, std::move(target)); }

class Remote {
  public:
    Remote(Loop& loop, net::Network& network, Tells tells, const Certificates& certificates)
        : loop_(loop), thread_([this, tells, &certificates] { serve(tells, certificates, port_); }) {
        net::HttpClientOptions options{.host = "127.0.0.1", .port = port_.get_future().get(), .http2 = true};
        options.tls = net::TlsClientOptions{.ca_pem = certificates.authority.pem().certificate_pem};
        client_ = std::make_unique<net::HttpClient>(loop, network, options);
    }
    ~Remote() {
        loop_.run(ask_and_drop(*client_, "/stop"));
        client_.reset();
        thread_.join();
    }

    // The server's processor time for so many gets, 50 at once.
    double seconds_of(int requests) {
        const double before = std::stod(loop_.run(ask(*client_, "/cpu")));
        loop_.run([](Loop& loop, net::HttpClient& client, int requests) -> Task<> {
            for (int i = 0; i < requests;) {
                Scope scope(loop);
                for (int n = 0; n < 50; ++n, ++i) {
                    std::string target = config_maps;
                    target += "/map-" + std::to_string(i % 1000);
                    scope.spawn(ask_and_drop(client, std::move(target)));
                }
                co_await scope.join();
            }
        }(loop_, *client_, requests));
        return std::stod(loop_.run(ask(*client_, "/cpu"))) - before;
    }

  private:
    Loop& loop_;
    std::promise<int> port_;
    std::thread thread_;
    std::unique_ptr<net::HttpClient> client_;
};

void loss_over_https(benchmark::State& state, Tells tells) {
    net::SocketPoller poller;
    RealLoop loop(poller);
    net::SocketNetwork network(poller);
    const Certificates certificates(loop.wall());
    std::vector<double> ratios;
    double total = 0;
    for (auto _ : state) {
        for (int pair = 0; pair < 4; ++pair) {
            Remote off(loop, network, Tells::nothing, certificates), on(loop, network, tells, certificates);
            for (int turn = 0; turn < 20; ++turn) {
                double of_off = turn % 2 == 0 ? off.seconds_of(1000) : 0;
                const double of_on = on.seconds_of(1000);
                if (turn % 2 != 0) of_off = off.seconds_of(1000);
                if (turn >= 4) ratios.push_back(of_off / of_on);
                total += of_off;
            }
        }
    }
    std::ranges::nth_element(ratios, ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2));
    state.counters["loss_percent"] = (1 - ratios[ratios.size() / 2]) * 100;
    state.counters["server_seconds_a_request"] = total / (4 * 20 * 1000);
}
BENCHMARK_CAPTURE(loss_over_https, get_nothing, Tells::nothing)->Iterations(1);
BENCHMARK_CAPTURE(loss_over_https, get_metrics, Tells::metrics)->Iterations(1);
BENCHMARK_CAPTURE(loss_over_https, get_unsampled_spans, Tells::unsampled_spans)->Iterations(1);
BENCHMARK_CAPTURE(loss_over_https, get_spans, Tells::spans)->Iterations(1);

}  // namespace
}  // namespace mizzen::apiserver
