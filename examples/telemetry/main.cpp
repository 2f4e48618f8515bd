// SPDX-License-Identifier: Apache-2.0
// A plain C++ server that tells about itself: shop_server [PORT] answers orders and /metrics on loopback. Traces,
// metrics and logs go where the OTEL_* variables say.
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "mizzen/async/real_loop.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/server.hpp"
#include "mizzen/net/signals.hpp"
#include "mizzen/net/sockets.hpp"
#include "mizzen/telemetry/http/metrics_handler.hpp"
#include "mizzen/telemetry/http/traced_handler.hpp"
#include "mizzen/telemetry/telemetry.hpp"
#include "mizzen/telemetry/trace/current_span.hpp"

using namespace mizzen;
using namespace mizzen::telemetry;

namespace {

struct ShopMetrics {
    Counter<> orders = counter("shop_orders_total", "Orders taken.");
};

class Shop final : public net::Handler {
  public:
    Shop(ShopMetrics metrics, Logger log) : metrics_(metrics), log_(log) {}

    Task<net::Response> handle(net::Request request) override {
        if (request.path() != "/orders") co_return net::Response{.status = 404};
        metrics_.orders.add();
        log_.with(current_span(co_await context())).info("order taken", field("shop.method", request.method));
        co_return net::Response{.status = 201, .body = "taken\n"};
    }

  private:
    ShopMetrics metrics_;
    Logger log_;
};

// /metrics is for Prometheus, the rest for customers.
class Site final : public net::Handler {
  public:
    Site(net::Handler& metrics, net::Handler& shop) : metrics_(metrics), shop_(shop) {}
    Task<net::Response> handle(net::Request request) override {
        net::Handler& chosen = request.path() == "/metrics" ? metrics_ : shop_;
        co_return co_await chosen.handle(std::move(request));
    }

  private:
    net::Handler& metrics_;
    net::Handler& shop_;
};

Task<> serve(Loop& loop, net::SocketPoller& poller, net::Network& network, Telemetry& telemetry, int port) {
    Shop shop(telemetry.registry().make<ShopMetrics>(), telemetry.logger("shop.orders"));
    TracedHandler traced(loop, shop, telemetry.tracer({.name = "shop"}), telemetry.propagator(),
                         telemetry.registry().make<HttpServerMetrics>());
    MetricsHandler metrics(loop, telemetry.registry());
    Site site(metrics, traced);
    net::Server server(loop, co_await network.listen("127.0.0.1", port), site);
    std::printf("shop_server listens on 127.0.0.1:%d\n", server.port());
    std::fflush(stdout);
    co_await net::wait_for_signal(poller, {SIGINT, SIGTERM});
    co_await server.stop(std::chrono::seconds(1));
    if (!co_await telemetry.shut_down(std::chrono::seconds(5)))
        std::fprintf(stderr, "shop_server: not all telemetry was sent: %s\n", telemetry.problem().c_str());
}

int parse_port(std::string_view text) {
    int port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size() || port < 0 || port > 65535)
        throw Error(ErrorKind::invalid,
                    "expected a port from 0 to 65535, got \"" + std::string(text) + "\". Usage: shop_server [PORT]");
    return port;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const int port = argc > 1 ? parse_port(argv[1]) : 8080;
        net::SocketPoller poller;
        RealLoop loop(poller);
        net::SocketNetwork network(poller);
        Configuration configuration = read_environment([](std::string_view name) -> std::optional<std::string> {
            const char* value = std::getenv(std::string(name).c_str());
            return value ? std::optional<std::string>(value) : std::nullopt;
        });
        for (const std::string& warning : configuration.warnings)
            std::fprintf(stderr, "shop_server: %s\n", warning.c_str());
        Telemetry telemetry(loop, network, std::move(configuration), Random::from_system());
        loop.run(serve(loop, poller, network, telemetry, port));
        return 0;
    } catch (const Error& error) {
        std::fprintf(stderr, "shop_server: %s\n", error.what());
        return 1;
    }
}
