// SPDX-License-Identifier: Apache-2.0
// Attempts, pauses between them, and the end of the time.
#include "mizzen/telemetry/otlp/exporter.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/hidden_values.hpp"
#include "mizzen/telemetry/fork/fork_watch.hpp"
#include "mizzen/telemetry/otlp/detail/answer.hpp"
#include "mizzen/telemetry/otlp/detail/answer_message.hpp"
#include "mizzen/telemetry/otlp/detail/exporter_request.hpp"
#include "mizzen/telemetry/otlp/detail/retry.hpp"

namespace mizzen::telemetry::otlp {
namespace {

// Reads what may be read; the rest is dropped with the body, which ends the exchange.
Task<ReceivedAnswer> receive(net::Response response, std::size_t most) {
    ReceivedAnswer answer{.status = response.status, .headers = std::move(response.headers), .most = most};
    try {
        while (const auto chunk = co_await response.body.next()) {
            const std::size_t room = most - answer.body.size();
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
            .problem = error.what(),
            .error = may_pass                            ? "unreachable"
                     : error.kind() == ErrorKind::denied ? "denied"
                                                         : "failed"};
}

}  // namespace

Exporter::Exporter(Loop& loop, net::Transport& transport, Signal signal, ExporterOptions options, Random random,
                   ExportObserver* observer)
    : loop_(loop),
      transport_(transport),
      signal_(signal),
      options_(std::move(options)),
      random_(random),
      observer_(observer),
      generation_(fork_generation()) {}

// What is told of a batch when it ends, however it ends.
struct Exporter::Batch {
    Batch(Exporter& exporter, std::uint64_t items)
        : exporter(exporter), began(exporter.loop_.now()), outcome{.items = items} {
        if (exporter.observer_) exporter.observer_->began(items);
    }
    Batch(const Batch&) = delete;
    // A task that is destroyed where it stands gives its batch up too.
    ~Batch() {
        if (outcome.delivered + outcome.rejected + outcome.given_up < outcome.items) {
            outcome.given_up = outcome.items;
            error = "cancelled";
        }
        if (!exporter.observer_) return;
        outcome.took = exporter.loop_.now() - began;
        outcome.status = status;
        outcome.error = error;
        outcome.problem = problem;
        exporter.observer_->ended(outcome);
    }

    Exporter& exporter;
    const Time began;
    ExportOutcome outcome;
    std::string status, error, problem;
};

Task<bool> Exporter::send(std::string body, std::uint64_t items) {
    if (items == 0) co_return true;
    Batch batch(*this, items);
    if (options_.most_request > 0 && body.size() > options_.most_request) {
        co_return give_up(fmt::format("a request of {} bytes is over {} and was not sent; make batches smaller",
                                      body.size(), size_text(options_.most_request)),
                          "too_large", batch);
    }
    const ExportRequest request(signal_, options_, std::move(body));
    const Context here = co_await context();
    try {
        co_return co_await timeout(options_.timeout, deliver(request, batch));
    } catch (const Cancelled& cancelled) {
        const bool is_ours = !here.cancel || !here.cancel->cancelled();
        give_up(is_ours ? fmt::format("no answer within {}", mizzen::to_string(options_.timeout)) : cancelled.message(),
                is_ours ? "timeout" : "cancelled", batch);
        if (!is_ours) throw;
    }
    co_return false;
}

Task<bool> Exporter::deliver(const ExportRequest& request, Batch& batch) {
    const Time deadline = loop_.after(options_.timeout);
    RetrySchedule schedule(deadline);
    for (int attempts = 1;; ++attempts) {
        if (fork_generation() != generation_)
            co_return give_up("this process is a fork, and the batch is its parent's", "cancelled", batch);
        counts_.retries += attempts > 1;
        const Verdict verdict = co_await attempt(request, deadline - loop_.now());
        batch.status = verdict.status;
        if (verdict.outcome != Verdict::Outcome::again) co_return settle(verdict, batch);
        tell(verdict.problem);
        const auto pause = schedule.pause(loop_.now(), verdict.asked, random_);
        if (!pause) {
            give_up(fmt::format("given up after {} attempt{}: {}", attempts, attempts == 1 ? "" : "s", verdict.problem),
                    verdict.error, batch);
            batch.problem = cleaned(verdict.problem);
            co_return false;
        }
        co_await delay(*pause);
    }
}

Task<Verdict> Exporter::attempt(const ExportRequest& request, Duration left) {
    ++counts_.requests;
    try {
        const ReceivedAnswer answer =
            co_await receive(co_await transport_.send(request.attempt(left)), options_.most_answer);
        co_return options_.protocol == Protocol::grpc ? judge_grpc(answer)
                                                      : judge_http(answer, encoding(), loop_.wall());
    } catch (const Cancelled&) {
        throw;
    } catch (const Error& error) {
        co_return judge_failure(error);
    }
}

// True if the receiver has something of it.
bool Exporter::settle(const Verdict& verdict, Batch& batch) {
    if (verdict.outcome == Verdict::Outcome::refused) return give_up(verdict.problem, verdict.error, batch);
    const std::uint64_t items = batch.outcome.items;
    const std::uint64_t rejected = std::min(verdict.rejected, items);
    counts_.rejected += rejected;
    counts_.delivered += items - rejected;
    tell(verdict.problem);
    batch.outcome.rejected = rejected;
    batch.outcome.delivered = items - rejected;
    if (rejected > 0) batch.error = "rejected";
    batch.problem = problem_;
    return rejected < items;
}

bool Exporter::give_up(std::string why, std::string_view error, Batch& batch) {
    counts_.given_up += batch.outcome.items;
    tell(std::move(why));
    batch.outcome.given_up = batch.outcome.items;
    batch.error = error;
    batch.problem = problem_;
    return false;
}

void Exporter::tell(std::string problem) { problem_ = cleaned(std::move(problem)); }

std::string Exporter::cleaned(std::string problem) const {
    return one_line(net::with_hidden_values(std::move(problem), options_.headers));
}

}  // namespace mizzen::telemetry::otlp
