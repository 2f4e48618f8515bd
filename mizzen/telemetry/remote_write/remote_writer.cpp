// SPDX-License-Identifier: Apache-2.0
// The grid of collections, the queue, and the end.
#include "mizzen/telemetry/remote_write/remote_writer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen::telemetry::remote_write {

RemoteWriter::RemoteWriter(Loop& loop, const Registry& registry, net::Transport& transport, RemoteWriterOptions options,
                           Random random, otlp::ExportObserver* observer)
    : loop_(loop),
      registry_(registry),
      transport_(transport),
      options_(std::move(options)),
      random_(random),
      observer_(observer),
      version_(options_.version),
      grid_(loop),
      sending_(loop) {
    options_.interval = std::max<Duration>(options_.interval, std::chrono::milliseconds(1));
    options_.queue = std::max<std::size_t>(options_.queue, 1);
    options_.encode.most_series = std::max<std::size_t>(options_.encode.most_series, 1);
    grid_.spawn(collect_on_grid());
    sending_.spawn(send_queue());
}

std::uint64_t RemoteWriter::waiting() const {
    std::uint64_t points = on_its_way_;
    for (const Shared& snapshot : queue_) points += points_of(*snapshot);
    return points;
}

Task<> RemoteWriter::collect_on_grid() {
    const Time start = loop_.now();
    for (Time due = loop_.after(options_.interval);;) {
        co_await sleep_until(due);
        collect();
        due = loop_.after(options_.interval - (loop_.now() - start) % options_.interval);
    }
}

void RemoteWriter::collect() {
    if (ended_) return;  // in the child of a fork
    WallTime time = loop_.wall();
    // A series has one value in a millisecond. A clock that was set back further is the receiver's to judge.
    const WallTime least = last_ + std::chrono::milliseconds(1);
    if (time < least && least - time < std::chrono::seconds(1)) time = least;
    last_ = time;
    auto snapshot = std::make_shared<Snapshot>(registry_.collect(time));
    lost_ = std::move(snapshot->lost);
    ++counts_.collections;
    counts_.taken += points_of(*snapshot);
    if (queue_.size() >= options_.queue) {
        lose(*queue_.front(), counts_.dropped, "queue_full");
        queue_.pop_front();
    }
    queue_.push_back(std::move(snapshot));
    changed_.notify_all();
}

Task<> RemoteWriter::send_queue() {
    while (!ended_) {
        if (!queue_.empty()) {
            Shared next = std::move(queue_.front());
            queue_.pop_front();
            if (!co_await send(std::move(next))) break;
        } else if (closed_) {
            co_await send_marks();
            break;
        } else {
            co_await changed_.wait();
        }
    }
    abandon();
    progressed_.notify_all();
}

// Counts a snapshot that is never sent.
void RemoteWriter::lose(const Snapshot& snapshot, std::uint64_t& count, std::string_view error) {
    const std::uint64_t points = points_of(snapshot);
    count += points;
    if (!observer_ || points == 0) return;
    const std::string problem =
        fmt::format("no more than {} snapshots wait{}{}", options_.queue, problem_.empty() ? "" : "; ", problem_);
    observer_->began(points);
    observer_->ended({.items = points, .given_up = points, .error = error, .problem = problem});
}

void RemoteWriter::abandon() {
    ended_ = true;
    counts_.abandoned += std::exchange(on_its_way_, 0);
    for (const Shared& snapshot : queue_) lose(*snapshot, counts_.abandoned, "cancelled");
    queue_.clear();
}

Task<> RemoteWriter::until_ended() {
    while (!ended_) co_await progressed_.wait();
}

Task<RemoteWriterCounts> RemoteWriter::shut_down(Duration limit) {
    end_ = std::min(end_, loop_.after(limit));
    if (!closed_) {
        closed_ = true;
        grid_.cancel("the last collection has been made");
        collect();
    }
    changed_.notify_all();
    try {
        co_await timeout(limit, until_ended());
    } catch (const Cancelled&) {
        sending_.cancel("telemetry was given no more time to send");
        abandon();
    }
    co_return counts_;
}

}  // namespace mizzen::telemetry::remote_write
