// SPDX-License-Identifier: Apache-2.0
// Moving bytes between a stream and an HTTP/2 session, and the bodies of its exchanges.
#include "mizzen/net/detail/http2_connection.hpp"

#include <utility>

#include "mizzen/async/scope.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen::net::detail {

namespace {
// A body source is asked for more while less than this waits to be sent.
constexpr std::size_t most_queued = 64u << 10;
// After so long without a byte the other end is asked whether it is still there, and has so long to answer.
constexpr Duration ping_after = std::chrono::seconds(30);
constexpr Duration ping_timeout = std::chrono::seconds(15);
}  // namespace

Http2Body::~Http2Body() {
    exchange_->discards = true;
    if (!exchange_->connection) return;
    if (reset_ && !exchange_->ended) {
        exchange_->connection->session().reset(exchange_->stream, Http2Session::Reset::cancel);
    } else {
        exchange_->connection->session().consumed(exchange_->stream, exchange_->received.size());
        exchange_->received.clear();
    }
    exchange_->connection->changed();
}

Task<std::optional<Bytes>> Http2Body::next() {
    Exchange& exchange = *exchange_;
    while (exchange.received.empty()) {
        if (exchange.too_large) throw Error(ErrorKind::invalid, exchange.broken);
        if (exchange.ended) co_return std::nullopt;
        if (!exchange.connection) throw Error(ErrorKind::retry, exchange.broken);
        co_await exchange.arrived.wait();
    }
    if (exchange.connection) {
        exchange.connection->session().consumed(exchange.stream, exchange.received.size());
        exchange.connection->changed();
    }
    co_return Bytes(std::exchange(exchange.received, {}));
}

Http2Connection::Http2Connection(Http2Session::Side side, Stream& stream, Inbox inbox, Http2Settings settings)
    : stream_(stream), inbox_(std::move(inbox)), session_(side, *this, settings) {}

Http2Connection::~Http2Connection() { close_all("the connection was dropped"); }

std::shared_ptr<Exchange> Http2Connection::open(int stream) {
    auto exchange = std::make_shared<Exchange>();
    exchange->connection = this;
    exchange->stream = stream;
    return exchanges_[stream] = exchange;
}

std::shared_ptr<Exchange> Http2Connection::find(int stream) const {
    auto at = exchanges_.find(stream);
    return at == exchanges_.end() ? nullptr : at->second;
}

void Http2Connection::on_data(int stream, std::string_view data) {
    auto exchange = find(stream);
    if (!exchange) return;
    exchange->total += data.size();
    if (!takes(*exchange)) {
        session_.consumed(stream, data.size());
    } else {
        exchange->received += data;
    }
    exchange->arrived.notify_all();
}

void Http2Connection::on_end(int stream, Headers trailers) {
    if (auto exchange = find(stream)) {
        exchange->trailers = std::move(trailers);
        exchange->ended = true;
        exchange->arrived.notify_all();
    }
}

void Http2Connection::on_closed(int stream, bool clean, bool refused) {
    auto exchange = find(stream);
    if (!exchange) return;
    exchanges_.erase(stream);
    exchange->refused = refused;
    const std::string& other = stream_.peer().address;
    close(*exchange, other + (refused ? " takes no more requests"
                              : clean ? " ended the exchange early"
                                      : " reset the exchange"));
}

void Http2Connection::on_drained(int stream) {
    if (auto exchange = find(stream)) exchange->drained.notify_all();
}

void Http2Connection::close(Exchange& exchange, std::string why) {
    exchange.connection = nullptr;
    if (!exchange.too_large) exchange.broken = std::move(why);
    exchange.arrived.notify_all();
    exchange.drained.notify_all();
    if (exchange.cancel) exchange.cancel->cancel("the client went away");
}

void Http2Connection::close_all(const std::string& why) {
    for (auto& [stream, exchange] : std::exchange(exchanges_, {})) close(*exchange, why);
}

Task<> Http2Connection::send_body(std::shared_ptr<Exchange> exchange, Body& body) {
    while (auto chunk = co_await body.next()) {
        if (exchange->connection) {
            session_.send(exchange->stream, std::move(*chunk));
            changed();
        }
        while (exchange->connection && session_.queued(exchange->stream) > most_queued)
            co_await exchange->drained.wait();
        if (!exchange->connection) throw Error(ErrorKind::retry, exchange->broken);
    }
    session_.end(exchange->stream);
    changed();
}

Task<> Http2Connection::transfer(Duration idle_timeout) {
    std::string why = stream_.peer().address + " closed the connection";
    std::exception_ptr error;
    Scope writing(co_await context());
    writing.spawn(write_on());
    try {
        co_await read_on(idle_timeout);
    } catch (const Error& broke) {
        why = broke.message();
        error = std::current_exception();
    }
    close_all(why);
    if (error) std::rethrow_exception(error);
}

// Nothing if `limit` passed.
Task<std::optional<std::size_t>> Http2Connection::read_within(Duration limit) {
    const Context here = co_await context();
    try {
        co_return co_await timeout(limit, stream_.read(inbox_.space()));
    } catch (const Cancelled&) {
        if (here.cancel && here.cancel->cancelled()) throw;
    }
    co_return std::nullopt;
}

Task<> Http2Connection::read_on(Duration idle_timeout) {
    Duration idle{};
    bool pinged = false;
    for (;;) {
        if (inbox_.size() > 0) {
            session_.receive(inbox_.data());
            inbox_.consume(inbox_.size());
            changed();
        }
        const Duration limit = pinged ? ping_timeout : ping_after;
        const auto n = co_await read_within(limit);
        if (n == std::size_t{0}) co_return;
        if (n) {
            inbox_.filled(*n);
            idle = {};
            pinged = false;
            continue;
        }
        if (pinged) throw Error(ErrorKind::retry, stream_.peer().address + " does not answer any more");
        idle = exchanges_.empty() ? idle + limit : Duration();
        if (idle >= idle_timeout) {
            session_.go_away();
        } else if (!exchanges_.empty()) {
            session_.ping();
            pinged = true;
        }
        changed();
    }
}

Task<> Http2Connection::write_on() {
    std::string out;
    for (;;) {
        out.clear();
        session_.produce(out);
        if (!out.empty()) {
            co_await stream_.write(out);
        } else if (session_.over()) {
            co_await stream_.shut_down();
            stream_.close();
            co_return;
        } else {
            co_await changed_.wait();
        }
    }
}

}  // namespace mizzen::net::detail
