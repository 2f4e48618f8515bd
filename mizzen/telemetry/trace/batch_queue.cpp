// SPDX-License-Identifier: Apache-2.0
// Batches by size, by delay and on demand.
#include "mizzen/telemetry/trace/batch_queue.hpp"

#include <algorithm>

namespace mizzen::telemetry {

BatchQueue::BatchQueue(BatchLimits limits) : limits_(limits) {
    limits_.queue = std::max<std::size_t>(1, limits_.queue);
    limits_.batch = std::clamp<std::size_t>(limits_.batch, 1, limits_.queue);
    limits_.delay = std::max(Duration::zero(), limits_.delay);
    limits_.export_timeout = std::max(Duration::zero(), limits_.export_timeout);
}

bool BatchQueue::add(std::unique_ptr<SpanData> span, Time now) {
    if (closed_ || spans_.size() >= limits_.queue) {
        ++counts_.refused;
        return false;
    }
    if (spans_.empty()) waiting_since_ = now;
    spans_.push_back(std::move(span));
    ++counts_.taken;
    return true;
}

std::optional<Time> BatchQueue::due() const {
    if (spans_.empty() || in_flight_ > 0) return std::nullopt;
    if (urgent_ > 0 || has_full_batch()) return Time::min();
    const bool reaches_the_end_of_time = waiting_since_ > Time::max() - limits_.delay;
    return reaches_the_end_of_time ? Time::max() : waiting_since_ + limits_.delay;
}

SpanBatch BatchQueue::take(Time now) {
    SpanBatch batch;
    const auto when = due();
    if (!when || *when > now) return batch;
    const std::size_t n = std::min(limits_.batch, spans_.size());
    batch.reserve(n);
    std::move(spans_.begin(), spans_.begin() + static_cast<std::ptrdiff_t>(n), std::back_inserter(batch));
    spans_.erase(spans_.begin(), spans_.begin() + static_cast<std::ptrdiff_t>(n));
    out_is_urgent_ = urgent_ > 0;
    urgent_ -= std::min(urgent_, n);
    in_flight_ = n;
    waiting_since_ = now;
    return batch;
}

void BatchQueue::finished(bool exported) {
    (exported ? counts_.exported : counts_.failed) += in_flight_;
    in_flight_ = 0;
    out_is_urgent_ = false;
}

void BatchQueue::close() {
    closed_ = true;
    flush();
}

void BatchQueue::abandon() {
    counts_.abandoned += spans_.size() + in_flight_;
    spans_.clear();
    urgent_ = 0;
    in_flight_ = 0;
    out_is_urgent_ = false;
}

}  // namespace mizzen::telemetry
