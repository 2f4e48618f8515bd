// SPDX-License-Identifier: Apache-2.0
// BatchProcessor: hands ended spans to an exporter in batches, in the background and within bounds.
#pragma once
#include "mizzen/async/alarm.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/telemetry/trace/batch_queue.hpp"
#include "mizzen/telemetry/trace/tracer.hpp"

namespace mizzen::telemetry {

// Sends batches somewhere. Called for one batch at a time.
class SpanExporter {
  public:
    virtual ~SpanExporter() = default;
    // True if the other side has them. False or a thrown error gives the batch up: retries are the exporter's own,
    // within the time that it is given (BatchLimits::export_timeout), after which it is cancelled.
    virtual Task<bool> send(SpanBatch batch) = 0;
};

// Source: OpenTelemetry specification, trace/sdk, Batching processor. Works on `loop` from its construction on; its
// destruction drops what is left. `loop` and `exporter` outlive it.
class BatchProcessor final : public SpanProcessor {
  public:
    BatchProcessor(Loop& loop, SpanExporter& exporter, BatchLimits limits = {});

    // Never waits: a span that finds the queue full is dropped and counted. Spans that are not sampled are passed over.
    void ended(std::unique_ptr<SpanData> span) override;
    // Sends what is here now. True if all of it went out, delivered or given up, within `limit`. Being cancelled
    // counts as the limit, here and below.
    Task<bool> flush(Duration limit);
    // Sends what is here and takes nothing more. When `limit` has passed, the rest is abandoned and the exporter
    // cancelled. Gives the final counts.
    Task<BatchCounts> shut_down(Duration limit);

    const BatchCounts& counts() const { return queue_.counts(); }
    std::size_t waiting() const { return queue_.size(); }

  private:
    Task<> run();
    Task<bool> deliver(SpanBatch batch);
    Task<> until_flushed();

    Loop& loop_;
    SpanExporter& exporter_;
    BatchQueue queue_;
    Event changed_;     // The queue has something new to say.
    Event progressed_;  // A batch has ended.
    Alarm alarm_{changed_};
    Scope background_;
};

}  // namespace mizzen::telemetry
