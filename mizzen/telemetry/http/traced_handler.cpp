// SPDX-License-Identifier: Apache-2.0
#include "mizzen/telemetry/http/traced_handler.hpp"

#include <optional>
#include <utility>

#include "mizzen/telemetry/http/detail/http_span.hpp"
#include "mizzen/telemetry/http/detail/traced_body.hpp"
#include "mizzen/telemetry/trace/current_span.hpp"
#include "mizzen/telemetry/trace/http_headers.hpp"

namespace mizzen::telemetry {
namespace {

// One request, from its arrival to the end of its answer.
class Exchange {
  public:
    // Without metrics no time is taken.
    Exchange(const Loop& clock, const std::optional<HttpServerMetrics>& metrics, std::string_view method, Span span)
        : clock_(metrics ? &clock : nullptr), metrics_(metrics), method_(method), span_(std::move(span)) {
        if (!clock_) return;
        began_ = clock.now();
        metrics_->active.add(1);
    }
    Exchange(Exchange&& other) noexcept
        : clock_(std::exchange(other.clock_, nullptr)),
          metrics_(other.metrics_),
          method_(other.method_),
          began_(other.began_),
          status_(other.status_),
          span_(std::move(other.span_)) {}
    Exchange& operator=(Exchange&&) = delete;
    ~Exchange() {
        if (!clock_) return;
        metrics_->active.add(-1);
        metrics_->duration[{method_, status_}].observe(clock_->now() - began_, &span_);
    }

    Span& span() { return span_; }
    void answered(int status) {
        status_ = status;
        set_status(span_, status, 500);
    }
    void failed(const std::exception& error) { set_failed(span_, error); }

  private:
    const Loop* clock_;
    std::optional<HttpServerMetrics> metrics_;
    std::string_view method_;  // a literal
    Time began_{};
    int status_ = 500;  // what an exception becomes
    Span span_;
};

}  // namespace

Task<net::Response> TracedHandler::handle(net::Request request) {
    Propagated elsewhere;
    propagator_.extract(HttpHeaderReader(request.headers), elsewhere);
    const Span caller(std::move(elsewhere));
    const std::string_view method = known_method(request.method);
    Exchange exchange(clock_, metrics_, method,
                      tracer_.start(span_name(request.method), {.parent = &caller, .kind = SpanKind::server}));
    Span& span = exchange.span();
    if (span.is_recording()) {
        span.set("http.request.method", method);
        if (method == "_OTHER") span.set("http.request.method_original", request.method);
        span.set("url.path", request.path());
        if (!request.peer.address.empty()) span.set("network.peer.address", request.peer.address);
        if (auto agent = request.headers.find("user-agent")) span.set("user_agent.original", *agent);
    }
    net::Response response;
    try {
        const CurrentSpan here(co_await context(), span);
        response = co_await inner_.handle(std::move(request));
    } catch (const std::exception& error) {
        exchange.failed(error);
        throw;
    }
    exchange.answered(response.status);
    end_with_body(response, std::move(exchange));
    co_return response;
}

}  // namespace mizzen::telemetry
