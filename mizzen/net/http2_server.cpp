// SPDX-License-Identifier: Apache-2.0
// Serving HTTP/2: a task for each request.
#include "mizzen/net/detail/http2_server.hpp"

#include "mizzen/base/error.hpp"

namespace mizzen::net::detail {

Http2Server::Http2Server(Stream& stream, Inbox inbox, Service& service)
    : Http2Connection(Http2Session::Side::server, stream, std::move(inbox),
                      {.max_streams = service.options.max_streams}),
      service_(service) {}

Task<> Http2Server::run() {
    Scope answering(co_await context());
    struct Answering {
        Scope*& at;
        ~Answering() { at = nullptr; }
    } guard{answering_};
    answering_ = &answering;
    std::exception_ptr error;
    try {
        co_await transfer(service_.options.idle_timeout);
    } catch (const Cancelled&) {
        throw;
    } catch (const Error&) {
        error = std::current_exception();
    }
    answering.cancel("the client went away");
    co_await answering.join();
    if (error) std::rethrow_exception(error);
}

void Http2Server::finish() {
    session().go_away();
    changed();
}

void Http2Server::on_request(int stream, Request head) {
    if (!answering_) return;
    auto exchange = open(stream);
    head.peer = stream_.peer();
    answering_->spawn(answer_one(std::move(exchange), std::move(head)));
}

bool Http2Server::takes(Exchange& exchange) {
    if (exchange.discards || exchange.too_large) {
        const bool answered = exchange.has_response && session().queued(exchange.stream) == 0;
        if (answered) session().reset(exchange.stream, Http2Session::Reset::no_error);
        return false;
    }
    const std::size_t limit = service_.options.max_body;
    if (exchange.total <= limit) return true;
    exchange.too_large = true;
    exchange.received.clear();
    exchange.broken = "body is over " + std::to_string(limit) + " bytes";
    return false;
}

// An exchange that fails takes no other with it.
Task<> Http2Server::answer_one(std::shared_ptr<Exchange> exchange, Request request) {
    Context inside = co_await context();
    CancelScope cancel(inside.cancel);
    inside.cancel = &cancel;
    struct Watched {
        Exchange& exchange;
        ~Watched() {
            exchange.cancel = nullptr;
            exchange.discards = true;
        }
    } watched{*exchange};
    exchange->cancel = &cancel;
    if (!exchange->connection) cancel.cancel("the client went away");
    const std::string target = request.target;
    try {
        co_await InContext(respond(exchange, std::move(request)), inside);
    } catch (const std::exception& error) {
        const bool is_ours = exchange->connection && !cancel.cancelled();
        if (is_ours && service_.options.on_error) service_.options.on_error(target, error);
    }
    const bool complete = exchange->has_response || !exchange->connection;
    if (!complete) session().reset(exchange->stream, Http2Session::Reset::internal_error);
    session().consumed(exchange->stream, std::exchange(exchange->received, {}).size());
    changed();
}

// A body that is too large is refused before the handler sees it, if that is known by then.
Task<Response> Http2Server::response_to(std::shared_ptr<Exchange> exchange, Request request) {
    const auto length = request.headers.find("content-length");
    const bool is_long =
        length && length->size() < 20 && std::stoull("0" + std::string(*length)) > service_.options.max_body;
    if (is_long || exchange->too_large) {
        exchange->discards = true;
        co_return plain_response(413, "body is over " + std::to_string(service_.options.max_body) + " bytes");
    }
    if (!exchange->ended) {
        request.body = Body(std::make_unique<Http2Body>(exchange, false));
    } else if (!exchange->received.empty()) {
        const std::size_t size = exchange->received.size();
        request.body = Body(std::exchange(exchange->received, {}));
        session().consumed(exchange->stream, size);
    }
    co_return co_await answer(service_, std::move(request), exchange->too_large);
}

Task<> Http2Server::respond(std::shared_ptr<Exchange> exchange, Request request) {
    const std::string method = request.method;
    Response response = co_await response_to(exchange, std::move(request));
    const bool bodiless = has_no_body(method, response.status);
    const bool streams = response.body.is_stream() && !bodiless;
    session().respond(exchange->stream, response, streams, bodiless);
    changed();
    if (streams) co_await send_body(exchange, response.body);
    exchange->has_response = true;  // all of it is with the session
}

}  // namespace mizzen::net::detail
