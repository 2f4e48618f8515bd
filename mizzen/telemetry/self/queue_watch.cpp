// SPDX-License-Identifier: Apache-2.0
// A queue's numbers and its two log lines.
#include "mizzen/telemetry/self/queue_watch.hpp"

#include <algorithm>

namespace mizzen::telemetry {

QueueWatch::QueueWatch(const SdkMetrics& metrics, otlp::Signal signal, std::string_view type, std::size_t number,
                       std::size_t capacity, Logger log)
    : what_(signal == otlp::Signal::logs ? "log records" : "spans"), capacity_(capacity), log_(log) {
    const std::string name = std::string(type) + "/" + std::to_string(number);
    const bool is_logs = signal == otlp::Signal::logs;
    size_metric_ = (is_logs ? metrics.log_queue_size : metrics.span_queue_size)[{name, type}];
    (is_logs ? metrics.log_queue_capacity : metrics.span_queue_capacity)[{name, type}].add(
        static_cast<std::int64_t>(capacity));
    const auto& processed = is_logs ? metrics.log_processed : metrics.span_processed;
    processed_ = processed[{name, type, ""}];
    refused_ = processed[{name, type, "queue_full"}];
}

void QueueWatch::queued(std::size_t items) {
    size_ += items;
    size_metric_.add(static_cast<std::int64_t>(items));
}

void QueueWatch::refused(std::size_t items) {
    if (items == 0) return;
    refused_.add(items);
    if (dropped_ == dropped_told_)
        log_.warn("the queue of {} is full, {} wait: what comes now is dropped until the exporter has caught up", what_,
                  size_);
    dropped_ += items;
}

void QueueWatch::handed_on(std::size_t items) {
    processed_.add(items);
    handed_on_or_gone(items);
}

void QueueWatch::handed_on_or_gone(std::size_t items) {
    items = std::min(items, size_);
    size_ -= items;
    size_metric_.add(-static_cast<std::int64_t>(items));
    if (dropped_ == dropped_told_ || size_ > capacity_ / 2) return;
    log_.info("the queue of {} has room again; {} were dropped", what_, dropped_ - dropped_told_);
    dropped_told_ = dropped_;
}

}  // namespace mizzen::telemetry
