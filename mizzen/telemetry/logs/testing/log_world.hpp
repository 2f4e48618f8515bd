// SPDX-License-Identifier: Apache-2.0
// LogWorld: loggers, their drain and a clock that a test moves.
#pragma once
#include <atomic>
#include <string>
#include <vector>

#include "mizzen/telemetry/logs/log_drain.hpp"
#include "mizzen/telemetry/logs/logger.hpp"

namespace mizzen::telemetry {

// One tick is a nanosecond. Starts on 2026-01-31T12:00:00Z; without grace and without a limit of repeats, unless said.
struct LogWorld {
    explicit LogWorld(DrainOptions options = {.grace = {}, .repeats = 0}, std::size_t ring_bytes = 64 * 1024)
        : provider({.ticks = {.read = &LogWorld::read, .from = this}, .ring_bytes = ring_bytes}),
          drain(provider, now(), options) {}
    LogWorld(const LogWorld&) = delete;

    WallTime now() const { return start + Duration(since_start.load()); }
    void pass(Duration d) { since_start += d.count(); }
    // The records that are due, or all.
    LogBatch due() { return drain.drain(now()); }
    LogBatch all() { return drain.flush(now()); }
    static std::vector<std::string> texts(const LogBatch& batch) {
        std::vector<std::string> texts;
        for (const auto& record : batch) texts.push_back(record->body);
        return texts;
    }

    static inline const WallTime start = *parse_rfc3339("2026-01-31T12:00:00Z");
    std::atomic<std::int64_t> since_start = 0;
    LoggerProvider provider;
    LogDrain drain;

  private:
    static std::uint64_t read(const void* from) noexcept {
        return static_cast<std::uint64_t>(static_cast<const LogWorld*>(from)->since_start.load());
    }
};

}  // namespace mizzen::telemetry
