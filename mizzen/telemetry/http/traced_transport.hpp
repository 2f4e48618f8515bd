// SPDX-License-Identifier: Apache-2.0
// TracedTransport: a client span and the metrics of HTTP clients around each request of any transport.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "mizzen/async/loop.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"
#include "mizzen/telemetry/trace/tracer.hpp"

namespace mizzen::telemetry {

// Labels of what a client asked for. Methods that HTTP does not know count as "_OTHER".
struct HttpClientLabels {
    std::string_view http_request_method;
    std::string_view http_response_status_code;  // "" if no answer came
    std::string_view server_address;
    std::string_view error_type;  // "" if all went well: the status from 400 on, or what kind of error it was
};

// Source: OpenTelemetry semantic conventions 1.x, HTTP metrics, with the buckets that they advise.
struct HttpClientMetrics {
    Histogram<HttpClientLabels> duration =
        histogram("http_client_request_duration_seconds", "Time from a request to the end of its answer.", "seconds")
            .buckets({.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10});
};

// Sends requests through `inner`. Each gets a span of its own below the current one, whose context goes into the
// headers, and which ends with the last byte of the answer, or when that is given up. An answer of 4xx or 5xx and an
// exception make it an error; an exception is thrown on. Only the path is recorded, because a query may hold secrets.
// Source: OpenTelemetry semantic conventions, HTTP spans.
class TracedTransport final : public net::Transport {
  public:
    // `inner` and `propagator` outlive the transport, the tracer's provider, `clock` and the registry of `metrics` the
    // answers too. `server` is the address that is recorded ("api.example.com").
    TracedTransport(const Loop& clock, net::Transport& inner, Tracer tracer, const Propagator& propagator,
                    std::string server, std::optional<HttpClientMetrics> metrics = {})
        : clock_(clock),
          inner_(inner),
          tracer_(std::move(tracer)),
          propagator_(propagator),
          server_(std::make_shared<const std::string>(std::move(server))),
          metrics_(metrics) {}

    Task<net::Response> send(net::Request request) override;

  private:
    const Loop& clock_;
    net::Transport& inner_;
    Tracer tracer_;
    const Propagator& propagator_;
    std::shared_ptr<const std::string> server_;  // answers may end after the transport
    const std::optional<HttpClientMetrics> metrics_;
};

}  // namespace mizzen::telemetry
