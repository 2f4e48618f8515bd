// SPDX-License-Identifier: Apache-2.0
// One snapshot's way to the receiver: versions, attempts, pauses, and what became of its points.
#include <fmt/format.h>

#include <algorithm>

#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/hidden_values.hpp"
#include "mizzen/telemetry/otlp/detail/answer_message.hpp"
#include "mizzen/telemetry/otlp/detail/retry.hpp"
#include "mizzen/telemetry/remote_write/detail/write_answer.hpp"
#include "mizzen/telemetry/remote_write/detail/write_head.hpp"
#include "mizzen/telemetry/remote_write/remote_writer.hpp"

namespace mizzen::telemetry::remote_write {
namespace {

using Outcome = WriteVerdict::Outcome;

constexpr std::size_t most_said = 64u << 10;
// What asks for more than this is a mistake, or nobody who means us well.
constexpr Duration longest_asked = std::chrono::minutes(5);

// Fills `answer` as it comes: a status counts also where the words behind it do not come.
Task<> exchange(net::Transport& transport, net::Request request, WriteAnswer& answer) {
    net::Response response = co_await transport.send(std::move(request));
    answer.status = response.status;
    answer.headers = std::move(response.headers);
    if (answer.status / 100 == 2) co_return;
    while (const auto chunk = co_await response.body.next()) {
        answer.body += chunk->view().substr(0, most_said - answer.body.size());
        if (answer.body.size() == most_said) break;
    }
}

}  // namespace

// What is told of a snapshot when it ends, however it ends.
class RemoteWriter::Delivery {
  public:
    Delivery(RemoteWriter& writer, std::uint64_t points)
        : writer_(writer), began_(writer.loop_.now()), outcome_{.items = points} {
        writer_.on_its_way_ = points;
        if (writer_.observer_ && points > 0) writer_.observer_->began(points);
    }
    Delivery(const Delivery&) = delete;
    // A task that is destroyed where it stands gives up what is left, too.
    ~Delivery() {
        const std::uint64_t left = outcome_.items - outcome_.delivered - outcome_.rejected - outcome_.given_up;
        if (left > 0) error_ = "cancelled";
        outcome_.given_up += left;
        writer_.counts_.abandoned += std::exchange(writer_.on_its_way_, 0);
        if (!writer_.observer_ || outcome_.items == 0) return;
        outcome_.took = writer_.loop_.now() - began_;
        outcome_.status = status_;
        outcome_.error = error_;
        outcome_.problem = problem_;
        writer_.observer_->ended(outcome_);
    }

    void settle(const WriteVerdict& verdict, const Amount& sent) {
        if (writer_.ended_) return;  // counted as abandoned
        const std::uint64_t missing = sent.points() - verdict.written;
        const bool is_taken = verdict.outcome == Outcome::taken;
        writer_.on_its_way_ -= sent.points();
        writer_.counts_.written += verdict.written;
        writer_.counts_.exemplars += verdict.exemplars;
        (is_taken ? writer_.counts_.rejected : writer_.counts_.refused) += missing;
        outcome_.delivered += verdict.written;
        (is_taken ? outcome_.rejected : outcome_.given_up) += missing;
        status_ = verdict.status;
        if (verdict.error.empty()) return;
        error_ = verdict.error;
        problem_ = writer_.problem_;
    }
    bool is_told() const { return outcome_.delivered > 0; }

  private:
    RemoteWriter& writer_;
    const Time began_;
    otlp::ExportOutcome outcome_;
    std::string status_, error_, problem_;
};

Task<bool> RemoteWriter::send(Shared snapshot) {
    const Snapshot ended = told_ ? ended_series(*told_, *snapshot) : Snapshot();
    counts_.taken += points_of(ended);
    Delivery delivery(*this, points_of(*snapshot) + points_of(ended));
    Telling telling;
    if (told_) telling.exemplars_after = told_->time;
    const bool has_time = co_await tell(*snapshot, telling, delivery);
    if (delivery.is_told()) told_ = snapshot;
    co_return has_time&& co_await tell(ended, {.is_stale = true}, delivery);
}

Task<bool> RemoteWriter::send_marks() {
    if (!told_) co_return true;
    Snapshot ended = *told_;
    ended.time = last_ + std::chrono::milliseconds(1);
    counts_.taken += points_of(ended);
    Delivery delivery(*this, points_of(ended));
    co_return co_await tell(ended, {.is_stale = true}, delivery);
}

// False if there was no more time.
Task<bool> RemoteWriter::tell(const Snapshot& snapshot, const Telling& telling, Delivery& delivery) {
    std::vector<WriteRequest> requests = encode(snapshot, version_, options_.encode, telling);
    for (std::size_t i = 0; i < requests.size();) {
        const WriteVerdict verdict = co_await deliver(requests[i]);
        if (verdict.outcome == Outcome::again) co_return false;
        if (verdict.outcome == Outcome::older) {
            version_ = Version::v1;
            requests = encode(snapshot, version_, options_.encode, telling);
            ++counts_.retries;
            continue;
        }
        say(verdict.problem);
        delivery.settle(verdict, requests[i].amount);
        requests[i++].message = {};
    }
    co_return true;
}

Task<WriteVerdict> RemoteWriter::deliver(const WriteRequest& request) {
    const net::Headers head = write_head(version_, options_);
    const Bytes body(snappy_block(request.message));
    otlp::RetrySchedule schedule(Time::max());
    for (;;) {
        // The answer may have come in the moment that the end came.
        if (ended_) co_return WriteVerdict{.outcome = Outcome::again};
        if (fork_generation() != generation_) {
            say("this process is a fork, and the snapshots are its parent's");
            co_return WriteVerdict{.outcome = Outcome::again};
        }
        const WriteVerdict verdict = co_await attempt(
            {.method = "POST", .target = options_.path, .headers = head, .body = body}, request.amount);
        if (verdict.outcome != Outcome::again) co_return verdict;
        say(verdict.problem);
        auto asked = verdict.asked;
        if (asked) asked = std::min(*asked, longest_asked);
        const auto pause = schedule.pause(loop_.now(), asked, random_);
        if (!pause || !co_await wait_until(loop_.after(*pause))) co_return verdict;
        ++counts_.retries;
    }
}

Task<WriteVerdict> RemoteWriter::attempt(net::Request request, const Amount& sent) {
    ++counts_.requests;
    const Context here = co_await context();
    WriteAnswer answer;
    WriteVerdict failed;
    try {
        co_await timeout(options_.timeout, exchange(transport_, std::move(request), answer));
    } catch (const Cancelled&) {
        if (here.cancel && here.cancel->cancelled()) throw;
        failed = {.outcome = Outcome::again,
                  .problem = fmt::format("no answer within {}", mizzen::to_string(options_.timeout)),
                  .error = "timeout"};
    } catch (const Error& error) {
        failed = judge_write_failure(error);
    }
    co_return answer.status == 0 ? failed : judge_write(answer, version_, sent, loop_.wall());
}

// False if that is not before the end, which may be set while this waits.
Task<bool> RemoteWriter::wait_until(Time due) {
    while (loop_.now() < due) {
        if (due >= end_) co_return false;
        loop_.start(alarm_, due);
        co_await changed_.wait();
    }
    co_return true;
}

void RemoteWriter::say(std::string problem) {
    problem_ = otlp::one_line(net::with_hidden_values(std::move(problem), options_.headers));
}

}  // namespace mizzen::telemetry::remote_write
