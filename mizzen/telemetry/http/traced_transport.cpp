// SPDX-License-Identifier: Apache-2.0
#include "mizzen/telemetry/http/traced_transport.hpp"

#include <optional>
#include <utility>

#include "mizzen/telemetry/http/detail/http_span.hpp"
#include "mizzen/telemetry/http/detail/traced_body.hpp"
#include "mizzen/telemetry/trace/current_span.hpp"
#include "mizzen/telemetry/trace/http_headers.hpp"

namespace mizzen::telemetry {
namespace {

// One request, from when it is sent to the end of its answer.
class Call {
  public:
    Call(const Loop& clock, const std::optional<HttpClientMetrics>& metrics, std::string_view method,
         std::shared_ptr<const std::string> server, Span span)
        : clock_(metrics ? &clock : nullptr),
          metrics_(metrics),
          method_(method),
          server_(std::move(server)),
          span_(std::move(span)) {
        if (clock_) began_ = clock.now();
    }
    Call(Call&& other) noexcept
        : clock_(std::exchange(other.clock_, nullptr)),
          metrics_(other.metrics_),
          method_(other.method_),
          server_(std::move(other.server_)),
          status_(std::move(other.status_)),
          error_(std::move(other.error_)),
          began_(other.began_),
          span_(std::move(other.span_)) {}
    Call& operator=(Call&&) = delete;
    ~Call() {
        if (clock_) metrics_->duration[{method_, status_, *server_, error_}].observe(clock_->now() - began_, &span_);
    }

    Span& span() { return span_; }
    void answered(int status) {
        if (clock_) status_ = std::to_string(status);
        if (status >= errors_from) error_ = status_;
        set_status(span_, status, errors_from);
    }
    void failed(const std::exception& error) {
        error_ = error_type(error);
        set_failed(span_, error);
    }

  private:
    static constexpr int errors_from = 400;
    const Loop* clock_;
    std::optional<HttpClientMetrics> metrics_;
    std::string_view method_;  // a literal
    std::shared_ptr<const std::string> server_;
    std::string status_, error_;
    Time began_{};
    Span span_;
};

}  // namespace

Task<net::Response> TracedTransport::send(net::Request request) {
    const std::string_view method = known_method(request.method);
    Call call(clock_, metrics_, method, server_,
              tracer_.start(span_name(request.method),
                            {.parent = current_span(co_await context()), .kind = SpanKind::client}));
    Span& span = call.span();
    if (span.is_recording()) {
        span.set("http.request.method", method);
        span.set("url.path", request.path());
        span.set("server.address", *server_);
    }
    HttpHeaderWriter headers(request.headers);
    propagator_.inject(span.propagated(), headers);
    net::Response response;
    try {
        response = co_await inner_.send(std::move(request));
    } catch (const std::exception& error) {
        call.failed(error);
        throw;
    }
    call.answered(response.status);
    end_with_body(response, std::move(call));
    co_return response;
}

}  // namespace mizzen::telemetry
