// SPDX-License-Identifier: Apache-2.0
// SpanOutlet and LogOutlet: one entrance to several processors.
#pragma once
#include <functional>
#include <vector>

#include "mizzen/telemetry/logs/log_processor.hpp"
#include "mizzen/telemetry/self/sdk_metrics.hpp"
#include "mizzen/telemetry/trace/tracer.hpp"

namespace mizzen::telemetry {

class SpanOutlet final : public SpanProcessor {
  public:
    // `before` is called before each span; it may change `processors`. Both outlive this, as `metrics` does.
    SpanOutlet(const std::vector<SpanProcessor*>& processors, const SdkMetrics& metrics, std::function<void()> before)
        : processors_(processors), metrics_(metrics), before_(std::move(before)) {}

    void ended(std::unique_ptr<SpanData> span) override {
        before_();
        const bool is_sampled = span->context.flags.is_sampled();
        metrics_.span_live[{is_sampled ? SamplingOutcome::RECORD_AND_SAMPLE : SamplingOutcome::RECORD_ONLY}].add(-1);
        if (processors_.empty()) return;
        for (std::size_t i = 0; i + 1 < processors_.size(); ++i)
            processors_[i]->ended(std::make_unique<SpanData>(*span));
        processors_.back()->ended(std::move(span));
    }

  private:
    const std::vector<SpanProcessor*>& processors_;
    const SdkMetrics& metrics_;
    std::function<void()> before_;
};

class LogOutlet final : public LogProcessor {
  public:
    // As above.
    LogOutlet(const std::vector<LogProcessor*>& processors, const SdkMetrics& metrics, std::function<void()> before)
        : processors_(processors), metrics_(metrics), before_(std::move(before)) {}

    void take(LogBatch records) override {
        before_();
        metrics_.log_records.add(records.size());
        if (processors_.empty()) return;
        for (std::size_t i = 0; i + 1 < processors_.size(); ++i) processors_[i]->take(copy_of(records));
        processors_.back()->take(std::move(records));
    }

  private:
    const std::vector<LogProcessor*>& processors_;
    const SdkMetrics& metrics_;
    std::function<void()> before_;
};

}  // namespace mizzen::telemetry
