// SPDX-License-Identifier: Apache-2.0
// Implements watch_source.hpp.
#include "mizzen/apiserver/verbs/watch_source.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mizzen/apiserver/verbs/revision_wait.hpp"

namespace mizzen::apiserver {
namespace {

// As many events go out in one piece as fit; a single one is never copied.
constexpr std::size_t piece_bytes = 64u << 10;

}  // namespace

WatchSource::WatchSource(Machinery& server, ServedPtr resource, Selection selection, WatchFrames frames, WatchPlan plan,
                         Running running)
    : server_(server),
      resource_(std::move(resource)),
      selection_(std::move(selection)),
      frames_(std::move(frames)),
      plan_(plan),
      cursor_(plan.after),
      catalog_generation_(server.catalog.generation()),
      end_(server.loop.now() + plan.duration),
      next_bookmark_(server.loop.now() + server.options.bookmark_interval),
      running_(std::move(running)) {
    // The state is taken now: what is written from here on comes as changes.
    if (plan_.initial_state) queue_initial_state();
}

void WatchSource::queue_initial_state() {
    resource_->collection->each(selection_.prefix(), "", [&](const RecordPtr& record) {
        if (selection_.matches(*record)) initial_.push_back(record);
        return true;
    });
}

std::optional<ChangeKind> WatchSource::shown_as(const Change& change) const {
    bool before = change.before && selection_.matches(*change.before);
    bool after = change.kind != ChangeKind::deleted && selection_.matches(*change.record);
    if (before && after) return ChangeKind::modified;
    if (after) return ChangeKind::added;
    if (before) return ChangeKind::deleted;
    return std::nullopt;
}

bool WatchSource::collect_changes() {
    std::size_t bytes = 0;
    for (; !initial_.empty() && bytes < piece_bytes; initial_.pop_front()) {
        pending_.push_back(frames_.added(*resource_, initial_.front()));
        bytes += pending_.back().size();
    }
    if (!initial_.empty()) return true;
    if (plan_.initial_events_bookmark) {
        plan_.initial_events_bookmark = false;
        pending_.push_back(frames_.bookmark(*resource_, cursor_, true));
    }
    const Collection& collection = *resource_->collection;
    if (!collection.remembers(cursor_)) {
        pending_.push_back(WatchFrames::error(
            expired(fmt::format("too old resource version: {} ({})", cursor_, server_.store.revision()))));
        finished_ = true;
        return true;
    }
    while (bytes < piece_bytes) {
        const Change* change = collection.next_change(cursor_);
        if (!change) break;
        cursor_ = change->revision();
        std::optional<ChangeKind> as = shown_as(*change);
        if (!as) continue;
        pending_.push_back(frames_.changed(*resource_, *change, *as));
        bytes += pending_.back().size();
    }
    return !pending_.empty();
}

bool WatchSource::is_still_served() {
    if (catalog_generation_ == server_.catalog.generation()) return true;
    catalog_generation_ = server_.catalog.generation();
    ServedPtr now = server_.catalog.find(resource_->group, resource_->version, resource_->plural);
    if (now)
        resource_ = std::move(now);
    else
        finished_ = true;
    return !finished_;
}

Bytes WatchSource::take_pending() {
    std::vector<Bytes> frames = std::exchange(pending_, {});
    if (frames.size() == 1) return std::move(frames.front());
    std::string all;
    std::size_t size = 0;
    for (const Bytes& frame : frames) size += frame.size();
    all.reserve(size);
    for (const Bytes& frame : frames) all.append(frame.view());
    return all;
}

Task<std::optional<Bytes>> WatchSource::next() {
    while (!finished_) {
        if (collect_changes()) co_return take_pending();
        Time now = server_.loop.now();
        if (!is_still_served() || now >= end_) break;
        if (plan_.bookmarks && now >= next_bookmark_) {
            next_bookmark_ = now + server_.options.bookmark_interval;
            cursor_ = std::max(cursor_, server_.store.revision());
            co_return frames_.bookmark(*resource_, cursor_, false);
        }
        Time wake = plan_.bookmarks ? std::min(end_, next_bookmark_) : end_;
        co_await wait_at_most(resource_->collection->changed(), wake - now);
    }
    finished_ = true;
    co_return std::nullopt;
}

}  // namespace mizzen::apiserver
