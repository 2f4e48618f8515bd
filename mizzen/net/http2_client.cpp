// SPDX-License-Identifier: Apache-2.0
// Requests over HTTP/2.
#include "mizzen/net/detail/http2_client.hpp"

#include <optional>

#include "mizzen/async/scope.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen::net::detail {

namespace {
constexpr Duration idle_check = std::chrono::minutes(5);
}

Http2Client::Http2Client(std::unique_ptr<Stream> stream, std::string scheme, std::string authority)
    : Http2Connection(Http2Session::Side::client, *stream, Inbox(), {.stream_window = 1u << 20}),
      owned_(std::move(stream)),
      scheme_(std::move(scheme)),
      authority_(std::move(authority)) {}

Task<> Http2Client::run() {
    try {
        co_await transfer(idle_check);
    } catch (const Cancelled&) {
        alive_ = false;
        throw;
    } catch (const Error&) {
        alive_ = false;  // each exchange has been told; the connection itself interests nobody
    }
    alive_ = false;
    owned_->close();
}

void Http2Client::on_response(int stream, Response head) {
    auto exchange = find(stream);
    if (!exchange) return;
    exchange->response = std::move(head);
    exchange->has_response = true;
    exchange->arrived.notify_all();
}

Task<> Http2Client::send_request_body(std::shared_ptr<Exchange> exchange, Body& body) {
    struct Notify {
        Exchange& exchange;
        ~Notify() { exchange.arrived.notify_all(); }
    } at_the_end{*exchange};
    co_await send_body(exchange, body);
}

Task<Response> Http2Client::send(Request& request, std::optional<Failure>& failure) {
    const bool streams = request.body.is_stream();
    auto exchange = open(session().request(request, scheme_, authority_, streams));
    used_before_ = true;
    changed();
    // Resets the stream if this task ends before the response belongs to its body.
    struct Guard {
        std::shared_ptr<Exchange> exchange;
        ~Guard() {
            if (!exchange || !exchange->connection) return;
            exchange->discards = true;
            exchange->connection->session().reset(exchange->stream, Http2Session::Reset::cancel);
            exchange->connection->changed();
        }
    } guard{exchange};

    Scope sending(co_await context());
    if (streams) sending.spawn(send_request_body(exchange, request.body));
    while (!exchange->has_response && exchange->connection && !sending.error()) co_await exchange->arrived.wait();
    if (!exchange->has_response) {
        if (exchange->connection) co_await sending.join();  // the request's body broke off
        failure = Failure{exchange->broken, exchange->refused};
        co_return Response{};
    }
    // A server may answer before it has the whole request; it may even not want the rest.
    while (sending.running() > 0 && exchange->connection) co_await exchange->arrived.wait();
    guard.exchange.reset();
    Response response = std::move(exchange->response);
    if (exchange->ended && exchange->trailers.size() == 0) {
        response.body = Body(std::move(exchange->received));
    } else {
        response.body = Body(std::make_unique<Http2Body>(exchange, true));
    }
    co_return response;
}

}  // namespace mizzen::net::detail
