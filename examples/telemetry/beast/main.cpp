// SPDX-License-Identifier: Apache-2.0
// A Boost.Beast server, one thread for each connection: beast_server [PORT] takes orders on loopback. Beast's fields
// are what propagators read, by an adapter of ten lines; telemetry goes where the OTEL_* variables say.
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <list>
#include <thread>

#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/background.hpp"

using namespace mizzen::telemetry;
namespace asio = boost::asio;
namespace http = boost::beast::http;

namespace {

struct Answer {
    int status;
};
struct ShopMetrics {
    Counter<Answer> requests = counter("shop_requests_total", "Requests answered, by status.").cap(20);
    Summary<> wait =
        summary("shop_wait_seconds", "Time from a request to its answer.", "seconds").quantiles({0.5, 0.99});
};

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

class BeastFields final : public HeaderReader {
  public:
    explicit BeastFields(const http::fields& fields) : fields_(fields) {}
    std::vector<std::string_view> all(std::string_view name) const override {
        std::vector<std::string_view> values;
        const auto [first, last] = fields_.equal_range(boost::beast::string_view(name.data(), name.size()));
        for (auto field = first; field != last; ++field) values.push_back(view(field->value()));
        return values;
    }
    void each(const std::function<void(std::string_view, std::string_view)>& visit) const override {
        for (const auto& field : fields_) visit(view(field.name_string()), view(field.value()));
    }

  private:
    const http::fields& fields_;
};

class Shop {
  public:
    explicit Shop(BackgroundTelemetry& telemetry)
        : propagator_(telemetry.propagator()),
          metrics_(telemetry.registry().make<ShopMetrics>()),
          tracer_(telemetry.tracer({.name = "shop"})),
          log_(telemetry.logger("shop.orders")) {}

    http::response<http::empty_body> answer(const http::request<http::string_body>& request) const {
        const auto began = std::chrono::steady_clock::now();
        Propagated elsewhere;
        propagator_.extract(BeastFields(request), elsewhere);
        const Span caller(std::move(elsewhere));
        Span span = tracer_.start("order", {.parent = &caller, .kind = SpanKind::server});

        const bool is_order = request.method() == http::verb::post && request.target() == "/orders";
        http::response<http::empty_body> response(is_order ? http::status::created : http::status::not_found,
                                                  request.version());
        const int status = static_cast<int>(response.result_int());
        span.set("http.response.status_code", status);
        log_.with(&span).info("answered with {}", status);
        metrics_.requests[{status}].add(1, &span);
        metrics_.wait.observe(std::chrono::steady_clock::now() - began);
        response.keep_alive(request.keep_alive());
        response.prepare_payload();
        return response;
    }

  private:
    const Propagator& propagator_;
    ShopMetrics metrics_;
    SharedTracer tracer_;
    Logger log_;
};

// Has a thread of its own. Where it goes it hangs up and waits for that.
class Connection {
  public:
    Connection(asio::ip::tcp::socket socket, const Shop& shop)
        : socket_(std::move(socket)), thread_([this, &shop] { serve(shop); }) {}
    ~Connection() {
        hang_up();
        thread_.join();
    }
    bool has_ended() const { return has_ended_; }

  private:
    void serve(const Shop& shop) {
        boost::beast::flat_buffer buffer;
        boost::system::error_code problem;
        for (bool goes_on = true; goes_on;) {
            http::request<http::string_body> request;
            http::read(socket_, buffer, request, problem);
            if (problem) break;
            const auto response = shop.answer(request);
            http::write(socket_, response, problem);
            goes_on = !problem && response.keep_alive();
        }
        hang_up();
        has_ended_ = true;
    }
    // By both threads, hence not by way of the socket object.
    void hang_up() { ::shutdown(socket_.native_handle(), SHUT_RDWR); }

    asio::ip::tcp::socket socket_;
    std::atomic<bool> has_ended_ = false;
    std::thread thread_;
};

}  // namespace

int main(int argc, char** argv) {
    try {
        asio::io_context io;
        asio::signal_set ends(io, SIGINT, SIGTERM);
        BackgroundTelemetry telemetry(read_environment(variables_from(std::getenv)));
        const Shop shop(telemetry);
        const auto port = static_cast<unsigned short>(argc > 1 ? std::atoi(argv[1]) : 8080);
        asio::ip::tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), port});
        std::list<Connection> connections;
        std::function<void()> accept = [&] {
            acceptor.async_accept([&](boost::system::error_code problem, asio::ip::tcp::socket socket) {
                if (problem) return;
                connections.remove_if([](const Connection& each) { return each.has_ended(); });
                connections.emplace_back(std::move(socket), shop);
                accept();
            });
        };
        accept();
        ends.async_wait([&](boost::system::error_code, int) { io.stop(); });
        std::printf("beast_server listens on 127.0.0.1:%d\n", acceptor.local_endpoint().port());
        std::fflush(stdout);
        io.run();
        return 0;  // the end of `telemetry` sends what is left
    } catch (const std::exception& error) {
        std::fprintf(stderr, "beast_server: %s\n", error.what());
        return 1;
    }
}
