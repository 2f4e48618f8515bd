// SPDX-License-Identifier: Apache-2.0
// TracedHandler: a server span and the metrics of HTTP servers around any handler.
#pragma once
#include <optional>
#include <string_view>

#include "mizzen/async/loop.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"
#include "mizzen/telemetry/trace/tracer.hpp"

namespace mizzen::telemetry {

// Labels of what a server did. Methods that HTTP does not know count as "_OTHER".
struct HttpServerLabels {
    std::string_view http_request_method;
    int http_response_status_code;
};

// Source: OpenTelemetry semantic conventions 1.x, HTTP metrics, with the buckets that they advise.
struct HttpServerMetrics {
    Histogram<HttpServerLabels> duration =
        histogram("http_server_request_duration_seconds", "Time from a request to the end of its answer.", "seconds")
            .buckets({.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10});
    UpDownCounter<> active = up_down_counter("http_server_active_requests", "Requests whose answer has not ended.");
};

// Passes requests on to `inner`. The span continues the trace of the request's headers, is current while `inner` works
// and ends with the last byte of the answer, or when that is given up. An answer of 5xx and an exception make it an
// error; an exception is thrown on. Only the path is recorded, because a query may hold secrets.
// Source: OpenTelemetry semantic conventions, HTTP spans.
class TracedHandler final : public net::Handler {
  public:
    // All of them outlive the handler; `clock`, the tracer's provider and the registry of `metrics` the answers too.
    TracedHandler(const Loop& clock, net::Handler& inner, Tracer tracer, const Propagator& propagator,
                  std::optional<HttpServerMetrics> metrics = {})
        : clock_(clock), inner_(inner), tracer_(std::move(tracer)), propagator_(propagator), metrics_(metrics) {}

    Task<net::Response> handle(net::Request request) override;

  private:
    const Loop& clock_;
    net::Handler& inner_;
    Tracer tracer_;
    const Propagator& propagator_;
    const std::optional<HttpServerMetrics> metrics_;
};

}  // namespace mizzen::telemetry
