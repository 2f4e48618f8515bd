// SPDX-License-Identifier: Apache-2.0
// A transport whose requests are counted, timed and traced.
#pragma once
#include <memory>
#include <string>

#include "mizzen/kube/client/detail/client_metrics.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/http/traced_transport.hpp"
#include "mizzen/telemetry/instrumentation.hpp"

namespace mizzen::kube::detail {

class ObservedTransport final : public net::Transport {
  public:
    // nullptr where nobody wants to know.
    static std::unique_ptr<net::Transport> around(const Loop& clock, net::Transport& inner,
                                                  const telemetry::Instrumentation& telemetry, const std::string& host);

    ObservedTransport(const Loop& clock, net::Transport& inner, const telemetry::Instrumentation& telemetry,
                      std::string host);
    Task<net::Response> send(net::Request request) override;

  private:
    const Loop& clock_;
    std::string host_;
    telemetry::TracedTransport traced_;
    ClientMetrics metrics_;
};

}  // namespace mizzen::kube::detail
