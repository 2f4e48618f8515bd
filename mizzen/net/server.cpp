// SPDX-License-Identifier: Apache-2.0
// Accepting connections, choosing their protocol, stopping.
#include "mizzen/net/server.hpp"

#include <algorithm>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/detail/http1_server.hpp"
#include "mizzen/net/detail/http2_server.hpp"
#include "mizzen/net/detail/server_connection.hpp"
#include "mizzen/net/tls.hpp"

namespace mizzen::net {

using detail::Inbox;

namespace {
constexpr std::string_view http2_preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
constexpr Duration pause_after_refusal = std::chrono::milliseconds(100);
}  // namespace

struct Server::State {
    State(Loop& loop, std::unique_ptr<Listener> l, Handler& handler, ServerOptions options, TlsServer* t)
        : listener(std::move(l)),
          service{.handler = handler, .options = std::move(options)},
          tls(t),
          connections(loop),
          accepting(loop) {
        accepting.spawn(accept_all());
    }
    Task<> accept_all();
    Task<> serve(std::unique_ptr<Stream> stream);
    Task<> serve_stream(Stream& stream);
    Task<bool> starts_http2(Stream& stream, Inbox& inbox);
    Task<> run(detail::ServerConnection& connection, Task<> task);

    std::unique_ptr<Listener> listener;
    detail::Service service;
    TlsServer* tls;
    List<detail::ServerConnection> open;
    Scope connections;
    Scope accepting;
};

Server::Server(Loop& loop, std::unique_ptr<Listener> listener, Handler& handler, ServerOptions options, TlsServer* tls)
    : state_(std::make_unique<State>(loop, std::move(listener), handler, std::move(options), tls)) {}
Server::~Server() = default;

int Server::port() const { return state_->listener->port(); }
std::size_t Server::connections() const { return state_->connections.running(); }

Task<> Server::State::accept_all() {
    for (;;) {
        bool full = false;
        try {
            connections.spawn(serve(co_await listener->accept()));
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::overloaded) throw;
            full = true;
        }
        if (full) co_await delay(pause_after_refusal);
    }
}

// Whatever breaks a connection ends that connection only.
Task<> Server::State::serve(std::unique_ptr<Stream> stream) {
    try {
        if (tls) stream = co_await timeout(service.options.head_timeout, tls->accept(std::move(stream)));
        co_await serve_stream(*stream);
    } catch (const Error&) {
        stream.reset();
    }
}

Task<> Server::State::serve_stream(Stream& stream) {
    Inbox inbox;
    const bool http2 =
        stream.protocol() == "h2" ||
        (stream.protocol().empty() && co_await timeout(service.options.idle_timeout, starts_http2(stream, inbox)));
    if (http2) {
        detail::Http2Server connection(stream, std::move(inbox), service);
        co_return co_await run(connection, connection.run());
    }
    detail::Http1Server connection(stream, std::move(inbox), service);
    co_await run(connection, connection.run());
}

Task<> Server::State::run(detail::ServerConnection& connection, Task<> task) {
    open.push_back(connection);
    if (service.stopping) connection.finish();
    co_await std::move(task);
}

// Reads until it is clear which protocol the client speaks.
Task<bool> Server::State::starts_http2(Stream& stream, Inbox& inbox) {
    for (;;) {
        const std::string_view start = inbox.data().substr(0, http2_preface.size());
        if (start != http2_preface.substr(0, start.size())) co_return false;
        if (start.size() == http2_preface.size()) co_return true;
        const std::size_t n = co_await stream.read(inbox.space());
        if (n == 0) co_return false;
        inbox.filled(n);
    }
}

Task<> Server::stop(Duration grace) {
    state_->listener->close();
    state_->accepting.cancel("the server stops");
    state_->service.stopping = true;
    for (auto& connection : state_->open) connection.finish();
    const Context here = co_await context();
    try {
        co_await timeout(grace, state_->connections.join());
    } catch (const Cancelled&) {
        if (here.cancel && here.cancel->cancelled()) throw;
    }
    state_->connections.cancel("the server stops");
    co_await state_->connections.join();
}

}  // namespace mizzen::net
