// SPDX-License-Identifier: Apache-2.0
// LogReader: sends what was logged, every so often.
#pragma once
#include <cstdint>

#include "mizzen/async/alarm.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/telemetry/logs/log_drain.hpp"
#include "mizzen/telemetry/otlp/exporter.hpp"

namespace mizzen::telemetry::otlp {

// Records that were logged, by their end. What waits, waits in the rings of the threads, which are bounded.
struct LogReaderCounts {
    std::uint64_t exported = 0;
    std::uint64_t failed = 0;  // given up by the exporter
    friend bool operator==(const LogReaderCounts&, const LogReaderCounts&) = default;
};

// Works on `loop` from its construction on; its destruction drops what is on its way. The only reader of the provider.
class LogReader {
  public:
    // `exporter` is for Signal::logs; it, `loop` and `provider` outlive the reader. It reads every `interval`.
    LogReader(Loop& loop, LoggerProvider& provider, Exporter& exporter, Resource resource,
              Duration interval = std::chrono::seconds(1));

    // Sends what has been logged and reads no more. When `limit` has passed what is on its way is cancelled and counts
    // as failed. Being cancelled counts as the limit.
    Task<LogReaderCounts> shut_down(Duration limit);

    const LogReaderCounts& counts() const { return counts_; }

  private:
    Task<> run();
    Task<> send(LogBatch batch);
    Task<> until_ended();

    Loop& loop_;
    LogDrain drain_;
    Exporter& exporter_;
    Resource resource_;
    Duration interval_;
    LogReaderCounts counts_;
    bool closed_ = false;
    bool ended_ = false;
    Event changed_;
    Alarm alarm_{changed_};
    Event progressed_;
    Scope background_;
};

}  // namespace mizzen::telemetry::otlp
