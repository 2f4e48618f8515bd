// SPDX-License-Identifier: Apache-2.0
// LogDrain: makes records of what was logged, in the order of time. Does no I/O and reads no clock but the ticks.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "mizzen/telemetry/logs/log_record.hpp"
#include "mizzen/telemetry/logs/logger_provider.hpp"
#include "mizzen/telemetry/logs/repeat_limit.hpp"

namespace mizzen::telemetry {

using LogBatch = std::vector<std::unique_ptr<LogRecord>>;

struct DrainOptions {
    // So long a message waits for older ones of other threads. One whose thread was stopped for longer, in the middle
    // of the call, comes late.
    Duration grace = std::chrono::milliseconds(5);
    // Of one call site at most `repeats` messages in `repeats_per`; the others are counted, and a record at the end of
    // that time says how many they were. 0: no limit.
    std::uint32_t repeats = 10;
    Duration repeats_per = std::chrono::seconds(1);
    // Each record has code.file.path and code.line.number.
    bool with_source = false;
    // Of the fields of a record: OTEL_LOGRECORD_ATTRIBUTE_*_LIMIT. What is past them is left out and counted.
    AttributeLimits limits = {};
};

// What became of the messages. Ever growing.
struct DrainCounts {
    std::uint64_t records = 0;   // given out, those of the drain's own included
    std::uint64_t repeated = 0;  // counted instead of given out
    std::uint64_t dropped = 0;   // found their ring full
    friend bool operator==(const DrainCounts&, const DrainCounts&) = default;
};

// The only reader of its provider, from one thread. Called every 10 to 100 ms by whoever writes the logs out:
//
//     for (const auto& record : drain.drain(loop.wall())) append_json_line(out, *record);
//
// Its own records are of the module "mizzen.logs": "12 messages dropped …", once for those that were lost since the
// last drain, with the attribute log.dropped. "repeated 90 times: …" is of the module that repeated itself, with
// log.repeated and where the call stands. Texts in records are valid UTF-8.
class LogDrain {
  public:
    // `now` is what the calendar says while the ticks are read.
    LogDrain(LoggerProvider& provider [[clang::lifetimebound]], WallTime now, DrainOptions options = {});

    // What was logged until `now` less the grace.
    LogBatch drain(WallTime now);
    // All that was logged before the call: for the end, and for who wants to see it at once.
    LogBatch flush(WallTime now);

    const DrainCounts& counts() const { return counts_; }

  private:
    struct Source;
    void merge(WallTime cut, LogBatch& out);
    bool read_one(LogRing& ring, std::uint64_t mark, WallTime cut, LogBatch& out);
    void tell_repeats(const std::vector<Repeats>& ended, LogBatch& out);
    void tell_dropped(WallTime at, LogBatch& out);
    LogBatch take(WallTime now, bool everything);
    WallTime time_of(std::uint64_t ticks) const;

    LoggerProvider& provider_;
    DrainOptions options_;
    TickCalendar calendar_;
    RepeatLimit limit_;
    const LogModule& own_module_;
    WallTime observed_{};
    std::uint64_t last_ticks_ = 0;
    WallTime last_time_{};
    DrainCounts counts_;
    std::uint64_t dropped_told_ = 0;
};

}  // namespace mizzen::telemetry
