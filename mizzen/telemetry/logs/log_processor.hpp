// SPDX-License-Identifier: Apache-2.0
// LogProcessor and LogExporter: what records that were drained go through on their way out.
#pragma once
#include "mizzen/async/task.hpp"
#include "mizzen/telemetry/logs/log_drain.hpp"

namespace mizzen::telemetry {

// Takes records from a LogReader. Source: OpenTelemetry specification, logs/sdk, LogRecordProcessor.
class LogProcessor {
  public:
    virtual ~LogProcessor() = default;
    // Called on the thread of the loop with at least one record, in the order of time; does not wait.
    virtual void take(LogBatch records) = 0;
};

// For each of several processors.
LogBatch copy_of(const LogBatch& records);

// Sends batches somewhere. Called for one batch at a time.
class LogExporter {
  public:
    virtual ~LogExporter() = default;
    // True if the other side has them. False or a thrown error gives the batch up: retries are the exporter's own,
    // within the time that it is given (BatchLimits::export_timeout), after which it is cancelled.
    virtual Task<bool> send(LogBatch batch) = 0;
};

}  // namespace mizzen::telemetry
