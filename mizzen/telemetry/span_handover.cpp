// SPDX-License-Identifier: Apache-2.0
// One lock for each span that ends; the loop takes all of them with one.
#include <algorithm>
#include <utility>

#include "mizzen/telemetry/detail/span_handover.hpp"

namespace mizzen::telemetry {
namespace {
constexpr std::string_view component = "span_handover/0", type = "span_handover";
}

SpanHandover::SpanHandover(std::size_t most, const SdkMetrics& metrics, std::function<void()> wake)
    : most_(std::max<std::size_t>(most, 1)),
      metrics_(metrics),
      full_(metrics.span_processed[{component, type, "queue_full"}]),
      closed_too_early_(metrics.span_processed[{component, type, "already_shutdown"}]),
      wake_(std::move(wake)) {}

void SpanHandover::ended(std::unique_ptr<SpanData> span) {
    const bool is_sampled = span->context.flags.is_sampled();
    bool is_taken = false, is_to_wake = false, was_closed = false;
    {
        const std::lock_guard lock(mutex_);
        was_closed = is_closed_;
        is_taken = !is_closed_ && spans_.size() < most_;
        if (is_taken)
            spans_.push_back(std::move(span));
        else
            ++dropped_;
        is_to_wake = is_taken && spans_.size() * 2 >= most_ && !std::exchange(is_woken_, true);
    }
    if (is_to_wake) wake_();
    if (is_taken) return;
    (was_closed ? closed_too_early_ : full_).add();
    metrics_.span_live[{is_sampled ? SamplingOutcome::RECORD_AND_SAMPLE : SamplingOutcome::RECORD_ONLY}].add(-1);
}

SpanBatch SpanHandover::take() {
    const std::lock_guard lock(mutex_);
    is_woken_ = false;
    return std::exchange(spans_, {});
}

void SpanHandover::close() {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
}

std::uint64_t SpanHandover::dropped() const {
    const std::lock_guard lock(mutex_);
    return dropped_;
}

void SpanHandover::after_fork_in_child() noexcept {
    is_closed_ = true;
    mutex_.unlock();
}

}  // namespace mizzen::telemetry
