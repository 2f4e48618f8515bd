// SPDX-License-Identifier: Apache-2.0
// Samplers, processors and exporters whose work is counted: each wraps one that does it.
#pragma once
#include <memory>
#include <utility>

#include "mizzen/telemetry/logs/batch_log_processor.hpp"
#include "mizzen/telemetry/self/queue_watch.hpp"
#include "mizzen/telemetry/trace/batch_processor.hpp"
#include "mizzen/telemetry/trace/sampler.hpp"

namespace mizzen::telemetry {

// Counts spans that start. Those of a debug trace (B3) are not asked about, so they are not counted.
class WatchedSampler final : public Sampler {
  public:
    WatchedSampler(std::unique_ptr<Sampler> inner, const SdkMetrics& metrics)
        : inner_(std::move(inner)), metrics_(metrics) {}
    SamplingResult sample(const SamplingInput& input) override;
    std::string description() const override { return inner_->description(); }

  private:
    std::unique_ptr<Sampler> inner_;
    const SdkMetrics& metrics_;
};

class WatchedBatchProcessor final : public SpanProcessor, private SpanExporter {
  public:
    // All of them outlive it.
    WatchedBatchProcessor(Loop& loop, SpanExporter& exporter, BatchLimits limits, QueueWatch& watch)
        : exporter_(exporter), watch_(watch), inner_(loop, *this, limits) {}

    void ended(std::unique_ptr<SpanData> span) override;
    BatchProcessor& inner() { return inner_; }

  private:
    [[clang::coro_wrapper]] Task<bool> send(SpanBatch batch) override;

    SpanExporter& exporter_;
    QueueWatch& watch_;
    BatchProcessor inner_;
};

class WatchedBatchLogProcessor final : public LogProcessor, private LogExporter {
  public:
    // All of them outlive it.
    WatchedBatchLogProcessor(Loop& loop, LogExporter& exporter, BatchLimits limits, QueueWatch& watch)
        : exporter_(exporter), watch_(watch), inner_(loop, *this, limits) {}

    void take(LogBatch records) override;
    BatchLogProcessor& inner() { return inner_; }

  private:
    [[clang::coro_wrapper]] Task<bool> send(LogBatch batch) override;

    LogExporter& exporter_;
    QueueWatch& watch_;
    BatchLogProcessor inner_;
};

}  // namespace mizzen::telemetry
