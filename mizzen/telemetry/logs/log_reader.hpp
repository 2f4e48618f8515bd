// SPDX-License-Identifier: Apache-2.0
// LogReader: reads what was logged, every so often, and hands it to a processor.
#pragma once
#include "mizzen/async/alarm.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/telemetry/logs/log_processor.hpp"

namespace mizzen::telemetry {

// Works on `loop` from its construction on. The only reader of its provider.
class LogReader {
  public:
    // `loop`, `provider` and `processor` outlive the reader. It reads every `interval`, at least a millisecond: often
    // enough that no ring is full before (LogOptions::ring_bytes).
    LogReader(Loop& loop, LoggerProvider& provider, LogProcessor& processor, DrainOptions options = {},
              Duration interval = std::chrono::milliseconds(100));

    // Hands on all that was logged before the call.
    void flush();
    // Reads no more by itself; flush() still does.
    void stop();

    const DrainCounts& counts() const { return drain_.counts(); }

  private:
    Task<> run();
    void hand_on(LogBatch records);

    Loop& loop_;
    LogDrain drain_;
    LogProcessor& processor_;
    Duration interval_;
    bool stopped_ = false;
    Event changed_;
    Alarm alarm_{changed_};
    Scope background_;
};

}  // namespace mizzen::telemetry
