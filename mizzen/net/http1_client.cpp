// SPDX-License-Identifier: Apache-2.0
// Sending a request over HTTP/1.1 and reading what comes back.
#include <optional>
#include <utility>

#include "mizzen/base/error.hpp"
#include "mizzen/net/detail/http1_client.hpp"
#include "mizzen/net/http1.hpp"

namespace mizzen::net::detail {

using http1::BodyDecoder;
using http1::Framing;

std::unique_ptr<Http1Connection> Http1Pool::take() {
    if (idle_.empty()) return nullptr;
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
}

void Http1Pool::give_back(std::unique_ptr<Http1Connection> connection) {
    connection->used_before = true;
    if (idle_.size() < most_) idle_.push_back(std::move(connection));
}

namespace {

constexpr std::size_t small_body = 64u << 10;

Task<bool> read_more(Http1Connection& connection) {
    const std::size_t n = co_await connection.stream->read(connection.inbox.space());
    connection.inbox.filled(n);
    connection.answered |= n > 0;
    co_return n > 0;
}

class ResponseBody final : public Body::Source {
  public:
    ResponseBody(std::unique_ptr<Http1Connection> connection, BodyDecoder decoder, bool keep_alive,
                 std::weak_ptr<Http1Pool> pool)
        : connection_(std::move(connection)), decoder_(decoder), keep_alive_(keep_alive), pool_(std::move(pool)) {}

    Task<std::optional<Bytes>> next() override {
        while (connection_) {
            Inbox& inbox = connection_->inbox;
            auto step = decoder_.decode(inbox.data());
            std::optional<Bytes> chunk;
            if (!step.data.empty()) chunk = std::string(step.data);
            inbox.consume(step.used);
            if (decoder_.done()) finish();
            if (chunk) co_return chunk;
            if (decoder_.done()) break;
            if (co_await read_more(*connection_)) continue;
            const std::string other = connection_->stream->peer().address;
            connection_.reset();
            if (!decoder_.may_end_here())
                throw Error(ErrorKind::retry, other + " closed the connection in the middle of a response");
        }
        co_return std::nullopt;
    }

  private:
    void finish() {
        auto pool = pool_.lock();
        if (pool && keep_alive_ && connection_->inbox.size() == 0) pool->give_back(std::move(connection_));
        connection_.reset();
    }
    std::unique_ptr<Http1Connection> connection_;
    BodyDecoder decoder_;
    bool keep_alive_;
    std::weak_ptr<Http1Pool> pool_;
};

Task<> write_request(Http1Connection& connection, Request& request, std::string_view host) {
    Framing framing;
    const std::string_view body = request.body.bytes();
    if (request.body.is_stream()) {
        framing.kind = Framing::chunked;
    } else if (!body.empty() || (request.method != "GET" && request.method != "HEAD" && request.method != "DELETE")) {
        framing = {Framing::length, body.size()};
    }
    std::string out;
    http1::write_request(out, request, framing, host);
    if (body.size() <= small_body) out += body;
    connection.wrote = true;
    co_await connection.stream->write(out);
    if (body.size() > small_body) co_await connection.stream->write(body);
    if (!request.body.is_stream()) co_return;
    while (auto chunk = co_await request.body.next()) {
        out.clear();
        http1::write_chunk(out, *chunk);
        co_await connection.stream->write(out);
    }
    co_await connection.stream->write(http1::last_chunk);
}

Task<http1::ResponseHead> read_head(Http1Connection& connection, std::string_view method) {
    for (;;) {
        std::size_t searched = 0, size = 0;
        while ((size = http1::head_size(connection.inbox.data(), searched)) == 0) {
            searched = connection.inbox.size();
            if (!co_await read_more(connection)) {
                throw Error(ErrorKind::retry,
                            connection.stream->peer().address + " closed the connection instead of answering");
            }
        }
        auto head = http1::parse_response(connection.inbox.data().substr(0, size), method);
        connection.inbox.consume(size);
        // 100 Continue and its like come before the response proper.
        if (head.response.status >= 200) co_return head;
    }
}

}  // namespace

Task<Response> exchange(std::unique_ptr<Http1Connection>& connection, Request& request, std::string_view host,
                        std::weak_ptr<Http1Pool> pool) {
    connection->wrote = connection->answered = false;
    std::exception_ptr broke;
    try {
        co_await write_request(*connection, request, host);
    } catch (const Cancelled&) {
        throw;
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::retry) throw;
        broke = std::current_exception();  // The server may have answered before it stopped reading.
    }
    std::optional<http1::ResponseHead> head;
    try {
        head = co_await read_head(*connection, request.method);
    } catch (const Cancelled&) {
        throw;
    } catch (const Error&) {
        if (!broke) throw;
    }
    if (!head) std::rethrow_exception(broke);
    const bool keep_alive = head->keep_alive && !broke;
    BodyDecoder decoder(head->framing);
    if (!decoder.done() && head->framing.kind == Framing::length && head->framing.size <= connection->inbox.size()) {
        // All is here: no need to go piece by piece.
        auto step = decoder.decode(connection->inbox.data());
        head->response.body = Body(std::string(step.data));
        connection->inbox.consume(step.used);
    }
    if (!decoder.done()) {
        head->response.body =
            Body(std::make_unique<ResponseBody>(std::move(connection), decoder, keep_alive, std::move(pool)));
    } else if (auto kept = pool.lock(); kept && keep_alive && connection->inbox.size() == 0) {
        kept->give_back(std::move(connection));
    }
    co_return std::move(head->response);
}

}  // namespace mizzen::net::detail
