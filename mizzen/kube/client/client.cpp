// SPDX-License-Identifier: Apache-2.0
// Sending, repeating, giving up.
#include "mizzen/kube/client/client.hpp"

#include "mizzen/async/delay.hpp"
#include "mizzen/async/within.hpp"
#include "mizzen/kube/client/api_error.hpp"
#include "mizzen/kube/client/detail/observed_transport.hpp"
#include "mizzen/net/retry_after.hpp"

namespace mizzen::kube {
namespace {

constexpr std::size_t longest_refusal = std::size_t{1} << 20;

net::Request copy(const net::Request& request) {
    return {.method = request.method,
            .target = request.target,
            .headers = request.headers,
            .body = net::Body(request.body.bytes())};
}

// Done twice it is the same as done once.
bool is_idempotent(const net::Request& request) {
    if (request.method == "GET" || request.method == "HEAD" || request.method == "PUT" || request.method == "DELETE")
        return true;
    if (request.method != "PATCH") return false;
    auto type = request.headers.find("Content-Type").value_or("");
    return type.starts_with("application/apply-patch") || type.starts_with("application/merge-patch");
}

bool may_repeat(const ApiError& error, const net::Request& request) {
    if (error.code() == 429) return true;
    if (!is_idempotent(request)) return false;
    return error.code() == 503 || error.code() == 504 || (error.code() == 500 && error.retry_after());
}

Task<ApiError> read_refusal(net::Response& response, WallTime now) {
    std::string body = co_await response.body.read_all(longest_refusal);
    ApiError error(parse_status(response.status, body));
    if (const auto asked = response.headers.find("Retry-After"))
        if (const auto wait = net::parse_retry_after(*asked, now)) error.set_retry_after(*wait);
    co_return error;
}

}  // namespace

Client::Client(Loop& loop, std::unique_ptr<net::Transport> transport, ClientOptions options)
    : Client(loop, *transport, std::move(options)) {
    owned_ = std::move(transport);
}

Client::Client(Loop& loop, net::Transport& transport, ClientOptions options)
    : loop_(loop),
      options_(std::move(options)),
      observed_(detail::ObservedTransport::around(loop, transport, options_.telemetry, options_.host)),
      transport_(observed_ ? *observed_ : transport) {}

Client::~Client() = default;

Task<net::Response> Client::send(const net::Request& request) {
    for (bool fresh = false;; fresh = true) {
        net::Request out = copy(request);
        out.headers.set("User-Agent", options_.user_agent);
        for (auto& [name, value] : options_.headers) out.headers.add(name, value);
        if (options_.token) out.headers.set("Authorization", "Bearer " + co_await options_.token->token());
        net::Response response = co_await transport_.send(std::move(out));
        if (response.status != 401 || fresh || !options_.token || !options_.token->refused()) co_return response;
    }
}

Task<net::Response> Client::open(net::Request request) { co_return co_await send(request); }

Task<std::string> Client::exchange(const net::Request& request) {
    net::Response response = co_await send(request);
    if (response.status < 200 || response.status > 299) throw co_await read_refusal(response, loop_.wall());
    co_return co_await response.body.read_all(options_.longest_answer);
}

Task<std::string> Client::exchange_in_time(const net::Request& request) {
    co_return co_await within(options_.timeout, exchange(request),
                              "no answer from the API server within " + to_string(options_.timeout));
}

Task<std::string> Client::call(net::Request request) {
    for (int failures = 1;; ++failures) {
        std::optional<Duration> asked;
        try {
            co_return co_await exchange_in_time(request);
        } catch (const ApiError& error) {
            asked = error.retry_after();
            const bool too_long = asked && *asked > options_.retry.longest_retry_after;
            if (failures >= options_.retry.tries || too_long || !may_repeat(error, request)) throw;
        } catch (const Error& error) {
            if (failures >= options_.retry.tries || error.kind() != ErrorKind::retry || !is_idempotent(request)) throw;
        }
        co_await delay(asked.value_or(Duration::zero()) + options_.retry.wait.delay(failures, loop_.random()));
    }
}

}  // namespace mizzen::kube
