// SPDX-License-Identifier: Apache-2.0
// Observing a call, and ending it in time.
#include "mizzen/vault/client/client.hpp"

#include "mizzen/async/within.hpp"
#include "mizzen/telemetry/trace/current_span.hpp"
#include "mizzen/vault/client/detail/attempt.hpp"
#include "mizzen/vault/client/detail/refusal.hpp"

namespace mizzen::vault {

Client::Client(Loop& loop, Servers& servers, TokenSource& identity, ClientOptions options)
    : shared_(std::make_shared<Shared>(loop, servers, identity, std::move(options))),
      name_space_(shared_->options.name_space) {}

Client Client::in(std::string name_space) const {
    Client out = *this;
    out.name_space_ = std::move(name_space);
    return out;
}

Loop& Client::loop() const { return shared_->loop; }

Task<Answer> Client::call(Call call) const {
    // Held here, so that a call outlives its handle.
    const std::shared_ptr<Shared> shared = shared_;
    const std::string name_space = name_space_;
    const Time began = shared->loop.now();
    telemetry::Span span = shared->options.telemetry.tracer.start(
        "vault " + std::string(call.operation),
        {.parent = telemetry::current_span(co_await context()), .kind = telemetry::SpanKind::client});
    const auto count = [&](std::string_view result) {
        shared->metrics.calls[{call.operation, result}].add();
        shared->metrics.duration[{call.operation}].observe(shared->loop.now() - began, &span);
    };
    const auto fail = [&](const Error& error, std::string_view result) {
        span.set("error.type", std::string(result));
        // Not the message: it names the path.
        span.set_status(telemetry::StatusCode::error, result);
        if (error.kind() != ErrorKind::cancelled) count(result);
    };
    Attempt attempt(*shared, name_space, call, span);
    try {
        const std::string late = detail::name_of(call) + ": no answer within " + mizzen::to_string(shared->options.timeout);
        Answer answer = co_await within(shared->options.timeout, attempt.run(), late);
        shared->metrics.warnings[{call.operation}].add(answer.warnings.size());
        count("ok");
        co_return answer;
    } catch (const VaultError& error) {
        fail(error, to_string(error.cause()));
        throw;
    } catch (const Error& error) {
        const bool is_lost = attempt.may_be_lost() && error.kind() == ErrorKind::retry;
        fail(error, is_lost ? "reply_lost" : "no_answer");
        if (is_lost) throw attempt.lost(error.message());
        throw;
    }
}

}  // namespace mizzen::vault
