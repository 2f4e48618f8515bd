// SPDX-License-Identifier: Apache-2.0
// What is counted, and where.
#include "mizzen/telemetry/self/watched.hpp"

namespace mizzen::telemetry {
namespace {

SamplingOutcome outcome_of(Decision decision) {
    switch (decision) {
        case Decision::record_only:
            return SamplingOutcome::RECORD_ONLY;
        case Decision::record_and_sample:
            return SamplingOutcome::RECORD_AND_SAMPLE;
        case Decision::drop:
            break;
    }
    return SamplingOutcome::DROP;
}

}  // namespace

SamplingResult WatchedSampler::sample(const SamplingInput& input) {
    SamplingResult result = inner_->sample(input);
    const ParentOrigin origin = !input.parent.is_valid() ? ParentOrigin::none
                                : input.parent.is_remote ? ParentOrigin::remote
                                                         : ParentOrigin::local;
    const SamplingOutcome outcome = outcome_of(result.decision);
    metrics_.span_started[{origin, outcome}].add();
    if (outcome != SamplingOutcome::DROP) metrics_.span_live[{outcome}].add();
    return result;
}

void WatchedBatchProcessor::ended(std::unique_ptr<SpanData> span) {
    const BatchCounts before = inner_.counts();
    inner_.ended(std::move(span));
    watch_.queued(inner_.counts().taken - before.taken);
    watch_.refused(inner_.counts().refused - before.refused);
}

Task<bool> WatchedBatchProcessor::send(SpanBatch batch) {
    watch_.handed_on(batch.size());
    return exporter_.send(std::move(batch));
}

void WatchedBatchLogProcessor::take(LogBatch records) {
    const BatchCounts before = inner_.counts();
    inner_.take(std::move(records));
    watch_.queued(inner_.counts().taken - before.taken);
    watch_.refused(inner_.counts().refused - before.refused);
}

Task<bool> WatchedBatchLogProcessor::send(LogBatch batch) {
    watch_.handed_on(batch.size());
    return exporter_.send(std::move(batch));
}

}  // namespace mizzen::telemetry
