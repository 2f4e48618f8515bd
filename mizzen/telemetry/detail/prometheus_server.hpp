// SPDX-License-Identifier: Apache-2.0
// PrometheusServer: the exporter that is scraped: a port of its own with /metrics on it.
#pragma once
#include <memory>
#include <string>

#include "mizzen/async/scope.hpp"
#include "mizzen/net/server.hpp"
#include "mizzen/telemetry/http/metrics_handler.hpp"
#include "mizzen/telemetry/logs/logger.hpp"

namespace mizzen::telemetry {

// Works on `loop` from its construction on. While the port cannot be had it tries again every five seconds and says so
// once. Source: OpenTelemetry specification, metrics/sdk_exporters/prometheus.
class PrometheusServer final : public net::Handler {
  public:
    // The first three outlive it.
    PrometheusServer(Loop& loop, net::Network& network, const Registry& registry, std::string host, int port,
                     Logger log);

    // 0 until it listens.
    int port() const { return server_ ? server_->port() : 0; }
    // Lets scrapes that run end within `grace`.
    Task<> stop(Duration grace);

    Task<net::Response> handle(net::Request request) override;

  private:
    Task<> listen();

    Loop& loop_;
    net::Network& network_;
    MetricsHandler metrics_;
    std::string host_;
    int port_;
    Logger log_;
    std::unique_ptr<net::Server> server_;
    Scope background_;
};

}  // namespace mizzen::telemetry
