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

struct Call {
    Span span;
    void failed(const std::exception& error) { set_failed(span, error); }
};

}  // namespace

Task<net::Response> TracedTransport::send(net::Request request) {
    Call call{tracer_.start(span_name(request.method),
                            {.parent = current_span(co_await context()), .kind = SpanKind::client})};
    if (call.span.is_recording()) {
        call.span.set("http.request.method", known_method(request.method));
        call.span.set("url.path", request.path());
        call.span.set("server.address", server_);
    }
    HttpHeaderWriter headers(request.headers);
    propagator_.inject(call.span.propagated(), headers);
    try {
        net::Response response = co_await inner_.send(std::move(request));
        set_status(call.span, response.status, 400);
        end_with_body(response, std::move(call));
        co_return response;
    } catch (const std::exception& error) {
        call.failed(error);
        throw;
    }
}

}  // namespace mizzen::telemetry
