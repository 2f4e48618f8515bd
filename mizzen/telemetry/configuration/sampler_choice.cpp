// SPDX-License-Identifier: Apache-2.0
#include "mizzen/telemetry/configuration/sampler_choice.hpp"

namespace mizzen::telemetry {
namespace {

// Source: OpenTelemetry specification, trace/sdk, AlwaysRecord.
class AlwaysRecord final : public Sampler {
  public:
    explicit AlwaysRecord(std::unique_ptr<Sampler> inner) : inner_(std::move(inner)) {}
    SamplingResult sample(const SamplingInput& input) override {
        SamplingResult result = inner_->sample(input);
        if (result.decision == Decision::drop) result.decision = Decision::record_only;
        return result;
    }
    std::string description() const override { return "AlwaysRecord{" + inner_->description() + "}"; }

  private:
    std::unique_ptr<Sampler> inner_;
};

}  // namespace

std::unique_ptr<Sampler> make_sampler(const SamplerChoice& choice) {
    switch (choice.kind) {
        case SamplerKind::always_off:
            return always_off();
        case SamplerKind::trace_id_ratio:
            return trace_id_ratio(choice.ratio);
        case SamplerKind::probability:
            return consistent_probability(choice.ratio);
        case SamplerKind::parent_threshold:
            return consistent_parent(choice.ratio);
        case SamplerKind::parent_based: {
            if (choice.parts.size() != 5) return parent_based(always_on());
            return parent_based({.root = make_sampler(choice.parts[0]),
                                 .remote_sampled = make_sampler(choice.parts[1]),
                                 .remote_not_sampled = make_sampler(choice.parts[2]),
                                 .local_sampled = make_sampler(choice.parts[3]),
                                 .local_not_sampled = make_sampler(choice.parts[4])});
        }
        case SamplerKind::always_record:
            return std::make_unique<AlwaysRecord>(choice.parts.empty() ? always_on() : make_sampler(choice.parts[0]));
        case SamplerKind::always_on:
            break;
    }
    return always_on();
}

}  // namespace mizzen::telemetry
