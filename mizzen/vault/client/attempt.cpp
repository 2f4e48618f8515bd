// SPDX-License-Identifier: Apache-2.0
#include "mizzen/vault/client/detail/attempt.hpp"

#include <algorithm>

#include "mizzen/async/delay.hpp"
#include "mizzen/net/client.hpp"
#include "mizzen/net/retry_after.hpp"
#include "mizzen/telemetry/trace/http_headers.hpp"
#include "mizzen/vault/client/detail/missing_capability.hpp"
#include "mizzen/vault/client/detail/next_step.hpp"
#include "mizzen/vault/client/detail/refusal.hpp"
#include "mizzen/vault/client/detail/wire.hpp"

namespace mizzen::vault {
namespace {

bool is_read(const Call& call) { return call.method == "GET" || call.method == "LIST" || call.method == "SCAN"; }

}  // namespace

Task<Answer> Client::Attempt::run() {
    for (int failures = 1;; ++failures) {
        std::optional<Answer> answer;
        const Failure failure = co_await try_once(answer);
        if (answer) co_return std::move(*answer);
        if (failure.refused && failure.refused->cause() == Cause::denied && co_await logged_in_again(*failure.refused))
            --failures;
        else
            co_await before_next(failures, failure);
    }
}

Task<Client::Attempt::Failure> Client::Attempt::try_once(std::optional<Answer>& answer) {
    Secret token;
    if (call_.token)
        token = *call_.token;
    else if (call_.needs_token)
        token = co_await shared_.identity.token();
    try {
        Reply reply = co_await exchange(call_, std::move(token));
        answer = read(reply);
        if (answer) co_return Failure{};
        co_return Failure{.refused = refusal(reply), .silent = {}};
    } catch (const net::NotSent& error) {
        if (error.kind() != ErrorKind::retry) throw;
        co_return Failure{.refused = {}, .silent = error, .sent = false};
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::retry) throw;
        co_return Failure{.refused = {}, .silent = error};
    }
}

Task<Reply> Client::Attempt::exchange(const Call& call, Secret token) {
    const Time turn = shared_.turns.take(shared_.loop.now());
    if (turn > shared_.loop.now()) co_await sleep_until(turn);
    net::Request request = detail::to_request(call, name_space_);
    request.headers.set("User-Agent", shared_.options.user_agent);
    if (!token.empty()) request.headers.set("X-Vault-Token", std::string(token.reveal()));
    if (const telemetry::Propagator* propagator = shared_.options.telemetry.propagator) {
        telemetry::HttpHeaderWriter headers(request.headers);
        propagator->inject(span_.propagated(), headers);
    }
    used_ = std::move(token);
    is_under_way_ = true;
    const Aim aim = is_read(call) && !call.from_leader ? Aim::any : Aim::active;
    Reply reply = co_await shared_.servers.send(std::move(request), aim);
    is_under_way_ = false;
    co_return reply;
}

std::optional<Answer> Client::Attempt::read(const Reply& reply) const {
    const bool expected = std::find(call_.answers.begin(), call_.answers.end(), reply.status) != call_.answers.end();
    if ((reply.status < 200 || reply.status > 299) && !expected) return std::nullopt;
    try {
        Answer answer = parse_answer(reply.status, reply.body);
        // A 404 of an engine that is not there says so; the one of an empty list says nothing.
        const json::Value* errors = answer.body.find("errors");
        const bool complains = errors && errors->is_array() && !errors->as_array().empty();
        if (expected && complains && answer.data.is_null()) return std::nullopt;
        return answer;
    } catch (Error& error) {
        error.add_context("while reading the answer to " + detail::name_of(call_));
        throw;
    }
}

VaultError Client::Attempt::refusal(const Reply& reply) const {
    VaultError error = detail::refusal(call_, reply.status, reply.body);
    if (const auto asked = reply.headers.find("Retry-After"))
        if (const auto wait = net::parse_retry_after(*asked, shared_.loop.wall())) error.set_retry_after(*wait);
    return error;
}

Task<bool> Client::Attempt::logged_in_again(const VaultError& denied) {
    if (!call_.needs_token || call_.token || examined_) throw denied;
    examined_ = true;
    const Secret used = used_;
    const Reply self = co_await exchange({.path = "auth/token/lookup-self"}, used);
    if (self.status == 403) {
        if (co_await shared_.identity.replace(used)) co_return true;
        throw VaultError(Cause::token_dead, 403,
                         detail::name_of(call_) + ": the token has expired or was revoked; log in again",
                         denied.errors());
    }
    const Reply capabilities = co_await exchange(detail::capabilities_call(call_), used);
    throw VaultError(Cause::denied, 403, detail::missing_capability(call_, capabilities.status, capabilities.body),
                     denied.errors());
}

Task<> Client::Attempt::before_next(int failures, const Failure& failure) {
    const Retries& retries = shared_.options.retries;
    const detail::Step step = failure.refused ? detail::after_refusal(call_.repeat, *failure.refused)
                                              : detail::after_silence(call_.repeat, failure.sent);
    if (step == detail::Step::reply_lost) throw lost(failure.silent->message());
    const auto asked = failure.refused ? failure.refused->retry_after() : std::nullopt;
    const bool asks_too_much = asked && *asked > retries.longest_retry_after;
    if (step == detail::Step::give_up || failures >= retries.tries || asks_too_much) {
        if (failure.refused) throw *failure.refused;
        throw *failure.silent;
    }
    shared_.metrics.repeated[{call_.operation}].add();
    co_await delay(asked.value_or(Duration::zero()) + retries.wait.delay(failures, shared_.loop.random()));
}

VaultError Client::Attempt::lost(const std::string& why) const {
    return VaultError(Cause::reply_lost, 0,
                      detail::name_of(call_) + ": no answer (" + why +
                          "), and the server may have done it; it is not sent again, look first at what is there");
}

}  // namespace mizzen::vault
