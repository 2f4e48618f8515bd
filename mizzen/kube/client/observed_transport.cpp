// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/client/detail/observed_transport.hpp"

#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/trace/propagator.hpp"

namespace mizzen::kube::detail {
namespace {

const telemetry::Propagator& propagator_of(const telemetry::Instrumentation& telemetry) {
    static const auto none = telemetry::composite_propagator({});
    return telemetry.propagator ? *telemetry.propagator : *none;
}

}  // namespace

std::unique_ptr<net::Transport> ObservedTransport::around(const Loop& clock, net::Transport& inner,
                                                          const telemetry::Instrumentation& telemetry,
                                                          const std::string& host) {
    if (!telemetry.tracer.is_connected() && !telemetry.registry) return nullptr;
    return std::make_unique<ObservedTransport>(clock, inner, telemetry, host);
}

ObservedTransport::ObservedTransport(const Loop& clock, net::Transport& inner,
                                     const telemetry::Instrumentation& telemetry, std::string host)
    : clock_(clock),
      host_(std::move(host)),
      traced_(clock, inner, telemetry.tracer, propagator_of(telemetry), host_),
      metrics_(telemetry.registry ? telemetry.registry->make<ClientMetrics>() : ClientMetrics()) {}

Task<net::Response> ObservedTransport::send(net::Request request) {
    const Time began = clock_.now();
    const std::string method = request.method;
    std::string code = "<error>";
    const auto count = [&] {
        metrics_.requests[{code, host_, method}].add();
        metrics_.duration[{host_, method}].observe(clock_.now() - began);
    };
    try {
        net::Response response = co_await traced_.send(std::move(request));
        code = std::to_string(response.status);
        count();
        co_return response;
    } catch (const Cancelled&) {
        throw;
    } catch (...) {
        count();
        throw;
    }
}

}  // namespace mizzen::kube::detail
