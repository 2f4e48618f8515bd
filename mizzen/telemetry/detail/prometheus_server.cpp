// SPDX-License-Identifier: Apache-2.0
// Listening, and /metrics.
#include "mizzen/telemetry/detail/prometheus_server.hpp"

#include "mizzen/async/delay.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen::telemetry {

PrometheusServer::PrometheusServer(Loop& loop, net::Network& network, const Registry& registry, std::string host,
                                   int port, Logger log)
    : loop_(loop),
      network_(network),
      metrics_(loop, registry),
      host_(std::move(host)),
      port_(port),
      log_(log),
      background_(loop) {
    background_.spawn(listen());
}

Task<> PrometheusServer::listen() {
    for (std::string told;;) {
        std::string problem;
        try {
            auto listener = co_await network_.listen(host_, port_);
            server_ = std::make_unique<net::Server>(loop_, std::move(listener), *this);
            if (!told.empty()) log_.info("metrics are served on http://{}:{}/metrics now", host_, port_);
            co_return;
        } catch (const Cancelled&) {
            throw;
        } catch (const Error& error) {
            problem = error.what();
        }
        if (problem != told)
            log_.error(
                "metrics are not served on http://{}:{}/metrics: {}; OTEL_EXPORTER_PROMETHEUS_HOST and _PORT "
                "choose another place",
                host_, port_, problem);
        told = problem;
        co_await delay(std::chrono::seconds(5));
    }
}

Task<net::Response> PrometheusServer::handle(net::Request request) {
    if (request.path() == "/metrics") co_return co_await metrics_.handle(std::move(request));
    co_return net::Response{
        .status = 404, .headers = {{"content-type", "text/plain"}}, .body = "Metrics are at /metrics.\n"};
}

Task<> PrometheusServer::stop(Duration grace) {
    background_.cancel("telemetry ends");
    if (server_) co_await server_->stop(grace);
}

}  // namespace mizzen::telemetry
