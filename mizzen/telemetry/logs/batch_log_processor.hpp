// SPDX-License-Identifier: Apache-2.0
// BatchLogProcessor: hands log records to an exporter in batches, in the background and within bounds.
#pragma once
#include <deque>

#include "mizzen/async/alarm.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/telemetry/logs/log_processor.hpp"
#include "mizzen/telemetry/trace/batch_queue.hpp"

namespace mizzen::telemetry {

// OTEL_BLRP_*, with their defaults.
inline constexpr BatchLimits default_log_batches{.delay = std::chrono::seconds(1)};

// A batch goes out when it is full, or when its oldest record has waited for the delay; one at a time. Source:
// OpenTelemetry specification, logs/sdk, Batching processor. Works on `loop` from its construction on; its destruction
// drops what is left. `loop` and `exporter` outlive it.
class BatchLogProcessor final : public LogProcessor {
  public:
    BatchLogProcessor(Loop& loop, LogExporter& exporter, BatchLimits limits = default_log_batches);

    // Records that find the queue full are dropped and counted.
    void take(LogBatch records) override;
    // Sends what is here and takes nothing more. When `limit` has passed, the rest is abandoned and the exporter
    // cancelled. Being cancelled counts as the limit. Gives the final counts.
    Task<BatchCounts> shut_down(Duration limit);

    // Of records: taken == waiting + in flight + exported + failed + abandoned.
    const BatchCounts& counts() const { return counts_; }
    std::size_t waiting() const { return records_.size(); }
    const BatchLimits& limits() const { return limits_; }

  private:
    Task<> run();
    Task<bool> deliver(LogBatch batch);
    Task<> until_ended();
    bool has_full_batch() const { return records_.size() >= limits_.batch; }
    bool is_due() const;
    LogBatch next_batch();

    Loop& loop_;
    LogExporter& exporter_;
    BatchLimits limits_;
    std::deque<std::unique_ptr<LogRecord>> records_;
    Time due_{};  // of the oldest record that waits
    std::size_t in_flight_ = 0;
    BatchCounts counts_;
    bool closed_ = false;
    bool ended_ = false;
    Event changed_;
    Alarm alarm_{changed_};
    Event progressed_;
    Scope background_;
};

}  // namespace mizzen::telemetry
