// SPDX-License-Identifier: Apache-2.0
// Attempts, pauses between them, and the end of the time.
#include "mizzen/telemetry/otlp/exporter.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/otlp/detail/answer.hpp"
#include "mizzen/telemetry/otlp/detail/answer_message.hpp"
#include "mizzen/telemetry/otlp/detail/exporter_request.hpp"
#include "mizzen/telemetry/otlp/detail/retry.hpp"

namespace mizzen::telemetry::otlp {
namespace {

// Reads what may be read; the rest is dropped with the body, which ends the exchange.
Task<ReceivedAnswer> receive(net::Response response) {
    ReceivedAnswer answer{.status = response.status, .headers = std::move(response.headers)};
    try {
        while (const auto chunk = co_await response.body.next()) {
            const std::size_t room = most_answer - answer.body.size();
            answer.is_too_large = chunk->size() > room;
            if (answer.is_too_large) break;
            answer.body += chunk->view();
        }
        answer.trailers = response.body.trailers();
    } catch (const Cancelled&) {
        throw;
    } catch (const Error&) {
        answer.broke_off = true;
    }
    co_return answer;
}

// No answer came. A name that does not resolve may be that of a receiver which is not there yet; a certificate that is
// not trusted, or an answer that is no HTTP, is there to stay.
Verdict judge_failure(const Error& error) {
    const bool may_pass = error.kind() == ErrorKind::retry || error.kind() == ErrorKind::overloaded ||
                          error.kind() == ErrorKind::not_found;
    return {.outcome = may_pass ? Verdict::Outcome::again : Verdict::Outcome::refused,
            .asked = error.retry_after(),
            .problem = error.what()};
}

// What is shorter is no key, and would hide half of what is said.
constexpr std::size_t least_secret = 4;

void hide(std::string& text, std::string_view secret) {
    if (secret.size() < least_secret) return;
    for (std::size_t at = 0; (at = text.find(secret, at)) != std::string::npos; at += 3)
        text.replace(at, secret.size(), "***");
}

}  // namespace

Exporter::Exporter(Loop& loop, net::Transport& transport, Signal signal, ExporterOptions options, Random random)
    : loop_(loop), transport_(transport), signal_(signal), options_(std::move(options)), random_(random) {}

Task<bool> Exporter::send(std::string body, std::uint64_t items) {
    if (items == 0) co_return true;
    if (body.size() > most_request) {
        co_return give_up(fmt::format("a request of {} bytes is over {} MiB and was not sent; make batches smaller",
                                      body.size(), most_request >> 20),
                          items);
    }
    const ExportRequest request(signal_, options_, std::move(body));
    const Context here = co_await context();
    try {
        co_return co_await timeout(options_.timeout, deliver(request, items));
    } catch (const Cancelled& cancelled) {
        const bool is_ours = !here.cancel || !here.cancel->cancelled();
        give_up(is_ours ? fmt::format("no answer within {}", mizzen::to_string(options_.timeout)) : cancelled.message(),
                items);
        if (!is_ours) throw;
    }
    co_return false;
}

Task<bool> Exporter::deliver(const ExportRequest& request, std::uint64_t items) {
    const Time deadline = loop_.after(options_.timeout);
    RetrySchedule schedule(deadline);
    for (int attempts = 1;; ++attempts) {
        counts_.retries += attempts > 1;
        const Verdict verdict = co_await attempt(request, deadline - loop_.now());
        if (verdict.outcome != Verdict::Outcome::again) co_return settle(verdict, items);
        tell(verdict.problem);
        const auto pause = schedule.pause(loop_.now(), verdict.asked, random_);
        if (!pause) {
            co_return give_up(
                fmt::format("given up after {} attempt{}: {}", attempts, attempts == 1 ? "" : "s", verdict.problem),
                items);
        }
        co_await delay(*pause);
    }
}

Task<Verdict> Exporter::attempt(const ExportRequest& request, Duration left) {
    ++counts_.requests;
    try {
        const ReceivedAnswer answer = co_await receive(co_await transport_.send(request.attempt(left)));
        co_return options_.protocol == Protocol::grpc ? judge_grpc(answer)
                                                      : judge_http(answer, encoding(), loop_.wall());
    } catch (const Cancelled&) {
        throw;
    } catch (const Error& error) {
        co_return judge_failure(error);
    }
}

// True if the receiver has something of it.
bool Exporter::settle(const Verdict& verdict, std::uint64_t items) {
    if (verdict.outcome == Verdict::Outcome::refused) return give_up(verdict.problem, items);
    const std::uint64_t rejected = std::min(verdict.rejected, items);
    counts_.rejected += rejected;
    counts_.delivered += items - rejected;
    tell(verdict.problem);
    return rejected < items;
}

bool Exporter::give_up(std::string why, std::uint64_t items) {
    counts_.given_up += items;
    tell(std::move(why));
    return false;
}

// Receivers have been seen to repeat in an error what they were sent, a key among it.
void Exporter::tell(std::string problem) {
    for (const auto& [name, value] : options_.headers) {
        hide(problem, value);
        hide(problem, std::string_view(value).substr(value.find(' ') + 1));  // without its "Bearer "
    }
    problem_ = one_line(problem);
}

}  // namespace mizzen::telemetry::otlp
