// SPDX-License-Identifier: Apache-2.0
// Choosing, making and keeping connections.
#include "mizzen/net/client.hpp"

#include <algorithm>
#include <vector>

#include "mizzen/async/scope.hpp"
#include "mizzen/async/semaphore.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/detail/gunzip_body.hpp"
#include "mizzen/net/detail/http1_client.hpp"
#include "mizzen/net/detail/http2_client.hpp"

namespace mizzen::net {

using detail::Http1Connection;
using detail::Http1Pool;
using detail::Http2Client;

struct HttpClient::State {
    State(Loop& loop, Network& n, HttpClientOptions o)
        : network(n), options(std::move(o)), pool(std::make_shared<Http1Pool>(options.most_idle)), running(loop) {
        if (options.tls) tls.emplace(*options.tls);
        const bool usual = options.port == (options.tls ? 443 : 80);
        const bool is_v6 = options.host.find(':') != std::string::npos;
        authority = is_v6 ? "[" + options.host + "]" : options.host;
        if (!usual) authority += ":" + std::to_string(options.port);
    }
    Task<std::unique_ptr<Stream>> connect();
    Task<std::unique_ptr<Stream>> open();
    std::shared_ptr<Http2Client> usable_http2();
    Task<> prepare();
    Task<Response> send(Request& request);
    struct Tries {
        int broken = 0, refused = 0;
    };
    Task<std::optional<Response>> try_http1(Request& request, Tries& tries);
    Task<std::optional<Response>> try_http2(std::shared_ptr<Http2Client> connection, Request& request, Tries& tries);

    Network& network;
    HttpClientOptions options;
    std::string authority;
    std::optional<TlsClient> tls;
    enum class Protocol { unknown, http1, http2 } protocol = Protocol::unknown;
    std::shared_ptr<Http1Pool> pool;
    std::unique_ptr<Http1Connection> fresh;  // made while the protocol was not known yet
    Semaphore preparing{1};
    std::vector<std::shared_ptr<Http2Client>> http2;
    Scope running;
};

namespace {

// A server that refuses a stream did nothing with it: its limit was not known yet, or it is about to close.
constexpr int most_refusals = 8;

// Sending twice does no harm, even if the first was processed.
bool is_safe(const Request& request) {
    return request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
}

Task<> keep_running(std::shared_ptr<Http2Client> connection) { co_await connection->run(); }

}  // namespace

HttpClient::HttpClient(Loop& loop, Network& network, HttpClientOptions options)
    : state_(std::make_unique<State>(loop, network, std::move(options))) {}
HttpClient::~HttpClient() = default;

std::size_t HttpClient::connections() const {
    const auto alive = std::count_if(state_->http2.begin(), state_->http2.end(), [](auto& c) { return c->alive(); });
    return static_cast<std::size_t>(alive) + state_->pool->size();
}

Task<std::unique_ptr<Stream>> HttpClient::State::open() {
    auto stream = co_await network.connect(options.host, options.port);
    if (!tls) co_return stream;
    co_return co_await tls->connect(std::move(stream), options.host);
}

Task<std::unique_ptr<Stream>> HttpClient::State::connect() {
    const Context here = co_await context();
    try {
        co_return co_await timeout(options.connect_timeout, open());
    } catch (const Cancelled&) {
        if (here.cancel && here.cancel->cancelled()) throw;
    } catch (const Error& error) {
        throw NotSent(error);
    }
    throw NotSent(
        Error(ErrorKind::retry, "cannot connect to " + authority + " within " + to_string(options.connect_timeout)));
}

std::shared_ptr<Http2Client> HttpClient::State::usable_http2() {
    std::erase_if(http2, [](auto& c) { return !c->alive(); });
    for (auto& connection : http2) {
        if (connection->usable()) return connection;
    }
    return nullptr;
}

// Makes a connection, one at a time, until one can be used or HTTP/1.1 is known to be spoken.
Task<> HttpClient::State::prepare() {
    auto turn = co_await preparing.acquire();
    if (protocol == Protocol::http1 || usable_http2()) co_return;
    auto stream = co_await connect();
    const bool speaks_http2 = tls ? stream->protocol() == "h2" : options.http2;
    protocol = speaks_http2 ? Protocol::http2 : Protocol::http1;
    if (speaks_http2) {
        auto connection = std::make_shared<Http2Client>(std::move(stream), tls ? "https" : "http", authority);
        http2.push_back(connection);
        running.spawn(keep_running(std::move(connection)));
    } else {
        fresh = std::make_unique<Http1Connection>(std::move(stream));
    }
}

Task<std::optional<Response>> HttpClient::State::try_http1(Request& request, Tries& tries) {
    auto connection = fresh ? std::move(fresh) : pool->take();
    if (!connection) connection = std::make_unique<Http1Connection>(co_await connect());
    Http1Connection* raw = connection.get();
    const bool may_repeat =
        options.repeat_reads && raw->used_before && tries.broken == 0 && !request.body.is_stream() && is_safe(request);
    try {
        co_return co_await detail::exchange(connection, request, authority, pool);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::retry || !may_repeat || raw->answered) throw;
    }
    ++tries.broken;
    pool->clear();  // the others are no younger
    co_return std::nullopt;
}

Task<std::optional<Response>> HttpClient::State::try_http2(std::shared_ptr<Http2Client> connection, Request& request,
                                                           Tries& tries) {
    const bool used_before = connection->used_before();
    std::optional<Http2Client::Failure> failure;
    Response response = co_await connection->send(request, failure);
    if (!failure) co_return response;
    const bool may_repeat = failure->not_processed
                                ? ++tries.refused <= most_refusals
                                : options.repeat_reads && used_before && is_safe(request) && ++tries.broken <= 1;
    if (!may_repeat || request.body.is_stream()) throw Error(ErrorKind::retry, failure->message);
    co_return std::nullopt;
}

Task<Response> HttpClient::State::send(Request& request) {
    Tries tries;
    for (;;) {
        std::optional<Response> response;
        if (auto connection = usable_http2()) {
            response = co_await try_http2(std::move(connection), request, tries);
        } else if (protocol == Protocol::http1) {
            response = co_await try_http1(request, tries);
        } else {
            co_await prepare();
        }
        if (response) co_return std::move(*response);
    }
}

Task<Response> HttpClient::send(Request request) {
    const bool unpacks = state_->options.accept_gzip && !request.headers.find("accept-encoding");
    if (unpacks) request.headers.add("accept-encoding", "gzip");
    Response response = co_await state_->send(request);
    if (unpacks) detail::unpack(response);
    co_return response;
}

}  // namespace mizzen::net
