// SPDX-License-Identifier: Apache-2.0
// A server of plain C++, with threads and blocking sockets: threads_server [PORT] takes orders on loopback. It knows
// nothing of loops or tasks; three lines in main() make its telemetry, which goes where the OTEL_* variables say.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "mizzen/base/error.hpp"
#include "mizzen/base/text.hpp"
#include "mizzen/telemetry/background.hpp"

using namespace mizzen::telemetry;

namespace {

struct Answer {
    int status;
};
struct ShopMetrics {
    Counter<Answer> requests = counter("shop_requests_total", "Requests answered, by status.").cap(20);
    Summary<> wait =
        summary("shop_wait_seconds", "Time from a request to its answer.", "seconds").quantiles({0.5, 0.99});
};

// The fields of a request, for propagators.
class Fields final : public HeaderReader {
  public:
    explicit Fields(std::string_view head) {
        for (const std::string_view line : mizzen::split(head, '\n'))
            if (const std::size_t colon = line.find(':'); colon != line.npos)
                all_.emplace_back(mizzen::to_lower(line.substr(0, colon)), mizzen::trim(line.substr(colon + 1)));
    }
    std::vector<std::string_view> all(std::string_view name) const override {
        std::vector<std::string_view> values;
        for (const auto& [key, value] : all_)
            if (key == name) values.push_back(value);
        return values;
    }
    void each(const std::function<void(std::string_view, std::string_view)>& visit) const override {
        for (const auto& [key, value] : all_) visit(key, value);
    }

  private:
    std::vector<std::pair<std::string, std::string_view>> all_;
};

class Shop {
  public:
    explicit Shop(BackgroundTelemetry& telemetry)
        : propagator_(telemetry.propagator()),
          metrics_(telemetry.registry().make<ShopMetrics>()),
          tracer_(telemetry.tracer({.name = "shop"})),
          log_(telemetry.logger("shop.orders")) {}

    // Called by the thread of a connection, with the head of a request.
    std::string answer(std::string_view head) const {
        const auto began = std::chrono::steady_clock::now();
        Propagated elsewhere;
        propagator_.extract(Fields(head), elsewhere);
        const Span caller(std::move(elsewhere));
        Span span = tracer_.start("order", {.parent = &caller, .kind = SpanKind::server});

        const int status = head.starts_with("POST /orders ") ? 201 : 404;
        span.set("http.response.status_code", status);
        log_.with(&span).info("answered with {}", status);
        metrics_.requests[{status}].add(1, &span);
        metrics_.wait.observe(std::chrono::steady_clock::now() - began);
        return "HTTP/1.1 " + std::string(status == 201 ? "201 Created" : "404 Not Found") +
               "\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    }

  private:
    const Propagator& propagator_;
    ShopMetrics metrics_;
    SharedTracer tracer_;
    Logger log_;
};

void serve(int connection, const Shop& shop) {
    std::string head;
    for (char buffer[4096]; head.find("\r\n\r\n") == head.npos && head.size() < 65536;) {
        const ssize_t n = read(connection, buffer, sizeof buffer);
        if (n <= 0) break;
        head.append(buffer, static_cast<std::size_t>(n));
    }
    const std::string answer = shop.answer(head);
    for (std::size_t sent = 0; sent < answer.size();) {
        const ssize_t n = send(connection, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
        if (n <= 0) break;
        sent += static_cast<std::size_t>(n);
    }
    close(connection);
}

// The socket that listens, and its port; -1 if it cannot be had.
std::pair<int, int> listen_on(int port) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{.sin_family = AF_INET,
                        .sin_port = htons(static_cast<std::uint16_t>(port)),
                        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    if (bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(fd, 64) != 0) return {-1, port};
    getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    return {fd, ntohs(address.sin_port)};
}

}  // namespace

int main(int argc, char** argv) {
    try {
        sigset_t ends;
        sigemptyset(&ends);
        for (const int signal : {SIGINT, SIGTERM}) sigaddset(&ends, signal);
        pthread_sigmask(SIG_BLOCK, &ends, nullptr);

        BackgroundTelemetry telemetry(read_environment(variables_from(std::getenv)));
        const Shop shop(telemetry);
        const auto [listener, port] = listen_on(argc > 1 ? std::atoi(argv[1]) : 8080);
        if (listener < 0) {
            std::fprintf(stderr, "threads_server: port %d cannot be had; give another: threads_server PORT\n", port);
            return 1;
        }
        std::vector<std::thread> workers;
        for (int i = 0; i < 4; ++i)
            workers.emplace_back([&shop, listener = listener] {
                for (int connection; (connection = accept(listener, nullptr, nullptr)) >= 0;) serve(connection, shop);
            });
        std::printf("threads_server listens on 127.0.0.1:%d\n", port);
        std::fflush(stdout);

        int signal = 0;
        sigwait(&ends, &signal);
        shutdown(listener, SHUT_RDWR);
        for (std::thread& worker : workers) worker.join();
        close(listener);
        return 0;  // the end of `telemetry` sends what is left
    } catch (const mizzen::Error& error) {
        std::fprintf(stderr, "threads_server: %s\n", error.what());
        return 1;
    }
}
