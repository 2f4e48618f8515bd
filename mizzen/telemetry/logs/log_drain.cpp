// SPDX-License-Identifier: Apache-2.0
// All rings as one stream.
#include "mizzen/telemetry/logs/log_drain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

#include "mizzen/base/utf8.hpp"
#include "mizzen/telemetry/logs/log_entry.hpp"

namespace mizzen::telemetry {
namespace {

using namespace std::chrono_literals;

// Smaller steps back come from learning the rate better, larger ones from someone who set the calendar.
constexpr Duration jitter = 100ms;

}  // namespace

// A ring and how far it is read this time: else a thread that logs as fast as this reads would never let go.
struct LogDrain::Source {
    std::shared_ptr<LogRing> ring;
    std::uint64_t mark = 0;
    bool has_ended = false;
};

LogDrain::LogDrain(LoggerProvider& provider, WallTime now, DrainOptions options)
    : provider_(provider),
      options_(options),
      calendar_(provider.ticks(), now),
      limit_(options.repeats, options.repeats_per),
      own_module_(provider.levels().module("mizzen.logs")) {}

LogBatch LogDrain::drain(WallTime now) { return take(now, false); }
LogBatch LogDrain::flush(WallTime now) { return take(now, true); }

LogBatch LogDrain::take(WallTime now, bool everything) {
    calendar_.show(provider_.ticks(), now);
    observed_ = now;
    LogBatch out;
    const WallTime cut = now - options_.grace;
    merge(everything ? WallTime::max() : cut, out);
    const WallTime end = everything ? std::max(now, last_time_) : cut;
    tell_repeats(everything ? limit_.take_all(end) : limit_.take_ended(end), out);
    tell_dropped(end, out);
    counts_.records += out.size();
    return out;
}

void LogDrain::merge(WallTime cut, LogBatch& out) {
    std::vector<Source> sources;
    for (auto& ring : provider_.rings()) {
        const bool has_ended = ring->has_ended();  // before the mark: then the mark is its end
        const std::uint64_t mark = ring->written();
        sources.push_back({std::move(ring), mark, has_ended});
    }
    using Next = std::pair<std::uint64_t, std::size_t>;  // ticks, source
    std::priority_queue<Next, std::vector<Next>, std::greater<>> next;
    const auto look_at = [&](std::size_t source) {
        if (const std::byte* entry = sources[source].ring->front(sources[source].mark))
            next.emplace(detail::head_of(entry).ticks, source);
    };
    for (std::size_t i = 0; i < sources.size(); ++i) look_at(i);
    while (!next.empty()) {
        const std::size_t source = next.top().second;
        next.pop();
        if (read_one(*sources[source].ring, sources[source].mark, cut, out)) look_at(source);
    }
    for (const Source& source : sources) {
        counts_.dropped += source.ring->take_dropped();
        if (source.has_ended && source.ring->is_empty()) provider_.forget(*source.ring);
    }
}

// False if the oldest entry is not due.
bool LogDrain::read_one(LogRing& ring, std::uint64_t mark, WallTime cut, LogBatch& out) {
    const std::byte* entry = ring.front(mark);
    const detail::LogHead head = detail::head_of(entry);
    const WallTime time = time_of(head.ticks);
    if (time > cut) return false;
    tell_repeats(limit_.take_ended(time), out);
    if (limit_.admit({head.module, head.text, head.where, head.severity}, time)) {
        auto record = std::make_unique<LogRecord>(
            LogRecord{.time = time, .observed = time, .severity = head.severity, .scope = head.module->scope});
        detail::read_entry(entry, *record, options_.limits);
        if (options_.with_source) detail::set_source(*record, head.where);
        out.push_back(std::move(record));
    } else {
        ++counts_.repeated;
    }
    ring.pop();
    last_ticks_ = head.ticks;
    last_time_ = time;
    return true;
}

WallTime LogDrain::time_of(std::uint64_t ticks) const {
    const WallTime time = calendar_.at(ticks);
    const bool is_jitter = ticks >= last_ticks_ && time < last_time_ && last_time_ - time < jitter;
    return is_jitter ? last_time_ : time;
}

void LogDrain::tell_repeats(const std::vector<Repeats>& ended, LogBatch& out) {
    for (const Repeats& repeats : ended) {
        auto record = std::make_unique<LogRecord>(LogRecord{
            .time = repeats.until,
            .observed = observed_,
            .severity = repeats.site.severity,
            .body = to_valid_utf8(fmt::format("repeated {} times: {}", repeats.count, repeats.site.text)),
            .attributes = {{"log.repeated", repeats.count}},
            .scope = repeats.site.module->scope,
        });
        detail::set_source(*record, repeats.site.where);
        out.push_back(std::move(record));
    }
}

void LogDrain::tell_dropped(WallTime at, LogBatch& out) {
    const std::uint64_t dropped = counts_.dropped - std::exchange(dropped_told_, counts_.dropped);
    if (dropped == 0) return;
    out.push_back(std::make_unique<LogRecord>(LogRecord{
        .time = at,
        .observed = observed_,
        .severity = Severity::warn,
        .body = fmt::format("{} message{} dropped: a thread logs faster than the drain reads; drain more often, or use "
                            "larger rings",
                            dropped, dropped == 1 ? "" : "s"),
        .attributes = {{"log.dropped", dropped}},
        .scope = own_module_.scope,
    }));
}

}  // namespace mizzen::telemetry
