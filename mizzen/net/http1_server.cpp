// SPDX-License-Identifier: Apache-2.0
// Serving HTTP/1.1: keep-alive, bodies both ways, and noticing that the client has gone.
#include "mizzen/net/detail/http1_server.hpp"

#include <algorithm>

#include "mizzen/async/scope.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen::net::detail {

using http1::BodyDecoder;
using http1::Framing;
using http1::ProtocolError;

namespace {
// No more input than this waits for its use.
constexpr std::size_t most_buffered = 64u << 10;
// A request body of up to this size is read before the handler is called, a response body goes out with its head.
constexpr std::size_t small_body = 64u << 10;
constexpr Duration linger_time = std::chrono::seconds(1);
}  // namespace

// The body of the request that is served now, as its handler's Body and the connection share it.
struct Http1Server::Inbound {
    Inbound(Http1Server& c, const http1::RequestHead& head)
        : connection(&c), decoder(head.framing), ask_for_it(head.expects_continue) {}
    Http1Server* connection;  // nothing once the exchange is over
    BodyDecoder decoder;
    bool ask_for_it;
    std::size_t size = 0;
    bool too_large = false;

    Task<std::optional<Bytes>> next() {
        if (decoder.done()) co_return std::nullopt;
        if (!connection) throw Error(ErrorKind::bug, "a request body is read after its request was answered");
        if (std::exchange(ask_for_it, false))
            co_await connection->stream_.write(std::string_view("HTTP/1.1 100 Continue\r\n\r\n"));
        for (;;) {
            Inbox& inbox = connection->inbox_;
            auto step = decoder.decode(inbox.data());
            std::optional<Bytes> chunk;
            if (!step.data.empty()) chunk = std::string(step.data);
            inbox.consume(step.used);
            if (step.used) connection->taken_.notify_all();
            if (chunk) co_return limited(std::move(*chunk));
            if (decoder.done()) co_return std::nullopt;
            if (!co_await connection->more(inbox.size()))
                throw Error(ErrorKind::retry, "the client broke off its request");
        }
    }
    Bytes limited(Bytes chunk) {
        size += chunk.size();
        const std::size_t limit = connection->service_.options.max_body;
        if (size <= limit) return chunk;
        too_large = true;
        throw Error(ErrorKind::invalid, "body is over " + std::to_string(limit) + " bytes");
    }
};

class Http1RequestBody final : public Body::Source {
  public:
    explicit Http1RequestBody(std::shared_ptr<Http1Server::Inbound> inbound) : inbound_(std::move(inbound)) {}
    Task<std::optional<Bytes>> next() override { co_return co_await inbound_->next(); }

  private:
    std::shared_ptr<Http1Server::Inbound> inbound_;
};

Task<> Http1Server::run() {
    Scope reading(co_await context());
    reading.spawn(read_on());
    while (co_await serve_one()) {
    }
    co_await stream_.shut_down();
}

void Http1Server::finish() {
    finishing_ = true;
    arrived_.notify_all();
}

Task<> Http1Server::read_on() {
    try {
        for (;;) {
            while (inbox_.size() >= most_buffered + http1::max_head) co_await taken_.wait();
            const std::size_t n = co_await stream_.read(inbox_.space());
            if (n == 0) break;
            inbox_.filled(n);
            arrived_.notify_all();
        }
    } catch (const Cancelled&) {
        throw;
    } catch (const Error&) {
        ended_ = true;  // broken: there is nobody left to answer, just as at the end
    }
    ended_ = true;
    arrived_.notify_all();
    if (exchange_) exchange_->cancel("the client went away");
}

Task<bool> Http1Server::more(std::size_t seen) {
    while (inbox_.size() <= seen) {
        if (ended_ || (finishing_ && !busy_)) co_return false;
        co_await arrived_.wait();
    }
    co_return true;
}

// The size of the head that has arrived; 0 if the connection ends before one.
Task<std::size_t> Http1Server::read_head() {
    std::size_t searched = 0;
    for (;;) {
        const std::size_t size = http1::head_size(inbox_.data(), searched);
        if (size > 0) co_return size;
        searched = inbox_.size();
        const Duration limit = searched ? service_.options.head_timeout : service_.options.idle_timeout;
        if (!co_await timeout(limit, more(searched))) co_return 0;
    }
}

Task<bool> Http1Server::serve_one() {
    int status = 0;
    std::string problem;
    try {
        const std::size_t size = co_await read_head();
        if (size == 0) co_return false;
        auto head = http1::parse_request(inbox_.data().substr(0, size));
        inbox_.consume(size);
        taken_.notify_all();
        const std::size_t limit = service_.options.max_body;
        if (head.framing.kind == Framing::length && head.framing.size > limit) {
            throw ProtocolError(413, "body is over " + std::to_string(limit) + " bytes");
        }
        co_return co_await exchange(std::move(head));
    } catch (const ProtocolError& error) {
        status = error.status();
        problem = error.message();
    }
    co_await refuse(status, std::move(problem));
    co_return false;
}

Task<> Http1Server::refuse(int status, std::string message) {
    out_.clear();
    Response response = plain_response(status, message);
    http1::write_response(out_, response, {Framing::length, response.body.bytes().size()}, false);
    out_ += response.body.bytes().view();
    co_await stream_.write(out_);
    co_await linger();
}

// Reads on for a while: closing at once could reset the connection before the client has read the answer.
Task<> Http1Server::linger() {
    co_await stream_.shut_down();
    const Context here = co_await context();
    const Time end = here.loop->now() + linger_time;
    for (std::size_t dropped = 0; dropped < (256u << 10) && here.loop->now() < end; dropped += inbox_.size()) {
        inbox_.consume(inbox_.size());
        taken_.notify_all();
        if (!co_await timeout(end - here.loop->now(), more(0))) break;
    }
}

Task<bool> Http1Server::exchange(http1::RequestHead head) {
    struct Busy {
        Http1Server& server;
        std::shared_ptr<Inbound> inbound;
        CancelScope cancel;
        Busy(Http1Server& s, std::shared_ptr<Inbound> i, CancelScope* parent)
            : server(s), inbound(std::move(i)), cancel(parent) {
            server.busy_ = true;
            server.exchange_ = &cancel;
        }
        ~Busy() {
            server.busy_ = false;
            server.exchange_ = nullptr;
            inbound->connection = nullptr;
        }
    };
    Context inside = co_await context();
    auto inbound = std::make_shared<Inbound>(*this, head);
    Busy busy(*this, inbound, inside.cancel);
    inside.cancel = &busy.cancel;

    Request request = std::move(head.request);
    request.peer = stream_.peer();
    head.request.method = request.method;
    if (head.framing.kind == Framing::length && head.framing.size <= small_body && !head.expects_continue) {
        std::string body;
        while (auto chunk = co_await timeout(service_.options.head_timeout, inbound->next())) body += chunk->view();
        request.body = Body(std::move(body));
    } else if (head.framing.kind != Framing::none) {
        request.body = Body(std::make_unique<Http1RequestBody>(inbound));
    }
    Response response = co_await InContext(answer(service_, std::move(request), inbound->too_large), inside);
    const bool keep_alive = head.keep_alive && inbound->decoder.done() && !finishing_ && !service_.stopping;
    co_await InContext(write_response(std::move(response), head, keep_alive), inside);
    if (!inbound->decoder.done()) co_await linger();
    co_return keep_alive;
}

Task<> Http1Server::write_response(Response response, const http1::RequestHead& head, bool keep_alive) {
    const bool streams = response.body.is_stream();
    const bool bodiless = has_no_body(head.request.method, response.status);
    Framing framing;
    if (streams) {
        if (!bodiless) framing.kind = head.http10 ? Framing::until_end : Framing::chunked;
    } else if (!bodiless || head.request.method == "HEAD") {
        framing = {Framing::length, response.body.bytes().size()};
    }
    out_.clear();
    http1::write_response(out_, response, framing, keep_alive && framing.kind != Framing::until_end);
    if (bodiless) co_return co_await stream_.write(out_);
    if (!streams) {
        const std::string_view body = response.body.bytes();
        const bool small = body.size() <= small_body;
        if (small) out_ += body;
        co_await stream_.write(out_);
        if (!small) co_await stream_.write(body);
        co_return;
    }
    co_await stream_.write(out_);
    while (auto chunk = co_await response.body.next()) {
        out_.clear();
        if (framing.kind == Framing::chunked) {
            http1::write_chunk(out_, *chunk);
        } else {
            out_ = chunk->view();
        }
        co_await stream_.write(out_);
    }
    if (framing.kind == Framing::chunked) co_await stream_.write(http1::last_chunk);
}

}  // namespace mizzen::net::detail
