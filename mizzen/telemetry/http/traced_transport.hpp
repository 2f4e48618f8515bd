// SPDX-License-Identifier: Apache-2.0
// TracedTransport: a client span around each request of any transport, and its context in the headers.
#pragma once
#include <string>

#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/trace/tracer.hpp"

namespace mizzen::telemetry {

// Sends requests through `inner`. Each gets a span of its own below the current one, whose context goes into the
// headers, and which ends with the last byte of the answer, or when that is given up. An answer of 4xx or 5xx and an
// exception make it an error; an exception is thrown on. Only the path is recorded, because a query may hold secrets.
// Source: OpenTelemetry semantic conventions, HTTP spans.
class TracedTransport final : public net::Transport {
  public:
    // `inner` and `propagator` outlive the transport, the tracer's provider the answers too. `server` is the address
    // that is recorded ("api.example.com").
    TracedTransport(net::Transport& inner, Tracer tracer, const Propagator& propagator, std::string server)
        : inner_(inner), tracer_(std::move(tracer)), propagator_(propagator), server_(std::move(server)) {}

    Task<net::Response> send(net::Request request) override;

  private:
    net::Transport& inner_;
    Tracer tracer_;
    const Propagator& propagator_;
    std::string server_;
};

}  // namespace mizzen::telemetry
