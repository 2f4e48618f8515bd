// SPDX-License-Identifier: Apache-2.0
// SpanHandover: spans that ended on any thread, on their way to the thread of a loop.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

#include "mizzen/telemetry/fork/fork_watch.hpp"
#include "mizzen/telemetry/self/sdk_metrics.hpp"
#include "mizzen/telemetry/trace/batch_queue.hpp"
#include "mizzen/telemetry/trace/tracer.hpp"

namespace mizzen::telemetry {

// A queue of at most so many spans. Who ends a span waits for nothing but another push. A span that finds the queue
// full, or closed, is dropped and counted (otel_sdk_processor_span_processed_total). After a fork the child's copy is
// closed: what waits in it is the parent's.
class SpanHandover final : public SpanProcessor, private ForkWatch {
  public:
    // `wake` is called when the queue is half full, once until it is taken from, by the thread whose span made it so.
    SpanHandover(std::size_t most, const SdkMetrics& metrics, std::function<void()> wake);

    void ended(std::unique_ptr<SpanData> span) override;
    // All that waits, in the order it ended.
    SpanBatch take();
    void close();
    std::uint64_t dropped() const;

  private:
    void before_fork() noexcept override { mutex_.lock(); }
    void after_fork_in_parent() noexcept override { mutex_.unlock(); }
    void after_fork_in_child() noexcept override;

    const std::size_t most_;
    const SdkMetrics& metrics_;
    const BoundSum<MetricType::counter, std::uint64_t> full_, closed_too_early_;
    const std::function<void()> wake_;
    mutable std::mutex mutex_;  // guards what follows
    SpanBatch spans_;
    bool is_woken_ = false;
    bool is_closed_ = false;
    std::uint64_t dropped_ = 0;
};

}  // namespace mizzen::telemetry
