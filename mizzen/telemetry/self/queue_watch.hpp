// SPDX-License-Identifier: Apache-2.0
// QueueWatch: counts what goes through a processor's queue, and says when it is full.
#pragma once
#include <string>

#include "mizzen/telemetry/logs/logger.hpp"
#include "mizzen/telemetry/self/sdk_metrics.hpp"

namespace mizzen::telemetry {

// The log is told when the first item is dropped, and when the queue is half empty again.
class QueueWatch {
  public:
    // `items`: "spans" or "log records". `name`: "batching_span_processor/0".
    QueueWatch(const SdkMetrics& metrics, otlp::Signal signal, std::string_view type, std::size_t number,
               std::size_t capacity, Logger log);

    void queued(std::size_t items);
    void refused(std::size_t items);
    void handed_on(std::size_t items);
    // What waited is gone.
    void emptied() { handed_on_or_gone(size_); }

    // How many were refused.
    std::uint64_t dropped() const { return dropped_; }

  private:
    void handed_on_or_gone(std::size_t items);

    std::string_view what_;
    BoundSum<MetricType::up_down_counter, std::int64_t> size_metric_;
    BoundSum<MetricType::counter, std::uint64_t> processed_, refused_;
    std::size_t capacity_;
    Logger log_;
    std::size_t size_ = 0;
    std::uint64_t dropped_ = 0, dropped_told_ = 0;
};

}  // namespace mizzen::telemetry
