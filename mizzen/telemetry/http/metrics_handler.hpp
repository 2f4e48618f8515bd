// SPDX-License-Identifier: Apache-2.0
// MetricsHandler: the page that Prometheus scrapes.
#pragma once
#include "mizzen/async/loop.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/exposition/exposition.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"

namespace mizzen::telemetry {

// Answers GET and HEAD, whatever the path, with all metrics of a registry: in the format that Accept asks for, packed
// if Accept-Encoding takes zstd or gzip (the one of the higher weight, zstd of equals), only the families that name[]
// names. 405 to other methods.
class MetricsHandler final : public net::Handler {
  public:
    // `clock` and `registry` outlive the handler.
    MetricsHandler(const Loop& clock, const Registry& registry, ExpositionOptions options = {})
        : clock_(clock), registry_(registry), options_(options) {}

    Task<net::Response> handle(net::Request request) override;

  private:
    const Loop& clock_;
    const Registry& registry_;
    ExpositionOptions options_;
};

}  // namespace mizzen::telemetry
