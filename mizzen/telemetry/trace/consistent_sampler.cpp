// SPDX-License-Identifier: Apache-2.0
// Consistent probability sampling: the decision is a comparison with a threshold that travels along.
#include <fmt/format.h>

#include "mizzen/telemetry/trace/sampler.hpp"
#include "mizzen/telemetry/trace/threshold.hpp"

namespace mizzen::telemetry {
namespace {

// What a rule wants, before the randomness of the trace is looked at.
struct Intent {
    std::uint64_t threshold = never_sampled;
    bool is_reliable = true;  // The threshold tells how many spans a kept one stands for.
};

// th is the threshold that this span has passed, so a dropped or an unreliably kept span carries none.
SamplingResult decide(const Intent& intent, OtelTraceState state, const SamplingInput& input) {
    const bool kept = intent.threshold < never_sampled && randomness_of(input.trace, state) >= intent.threshold;
    state.threshold.reset();
    if (kept && intent.is_reliable) state.threshold = intent.threshold;
    return {kept ? Decision::record_and_sample : Decision::drop, state.in(input.parent.state), {}};
}

class ConsistentProbability final : public Sampler {
  public:
    explicit ConsistentProbability(double ratio) : threshold_(threshold_of(ratio)) {}
    SamplingResult sample(const SamplingInput& input) override {
        return decide({threshold_}, OtelTraceState::of(input.parent.state), input);
    }
    std::string description() const override {
        return fmt::format("ProbabilitySampler{{{:.6f}}}", ratio_of(threshold_));
    }

  private:
    std::uint64_t threshold_;
};

class ConsistentParent final : public Sampler {
  public:
    explicit ConsistentParent(double root_ratio) : root_(threshold_of(root_ratio)) {}
    SamplingResult sample(const SamplingInput& input) override {
        OtelTraceState state = OtelTraceState::of(input.parent.state);
        Intent intent{root_};
        if (input.parent.is_valid()) {
            if (state.threshold) {
                intent = {*state.threshold};
            } else {
                intent = {input.parent.flags.is_sampled() ? 0 : never_sampled, false};
            }
        }
        return decide(intent, std::move(state), input);
    }
    std::string description() const override {
        return fmt::format("ParentThreshold{{root:ProbabilitySampler{{{:.6f}}}}}", ratio_of(root_));
    }

  private:
    std::uint64_t root_;
};

}  // namespace

std::unique_ptr<Sampler> consistent_probability(double ratio) { return std::make_unique<ConsistentProbability>(ratio); }
std::unique_ptr<Sampler> consistent_parent(double root_ratio) { return std::make_unique<ConsistentParent>(root_ratio); }

}  // namespace mizzen::telemetry
