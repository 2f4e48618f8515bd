// SPDX-License-Identifier: Apache-2.0
// The samplers of the specification that look at the trace id, at the parent or at the clock.
#include "mizzen/telemetry/trace/sampler.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/trace/threshold.hpp"

namespace mizzen::telemetry {
namespace {

SamplingResult kept_if(bool kept, const SamplingInput& input) {
    return {kept ? Decision::record_and_sample : Decision::drop, input.parent.state, {}};
}

class Constant final : public Sampler {
  public:
    explicit Constant(bool on) : on_(on) {}
    SamplingResult sample(const SamplingInput& input) override { return kept_if(on_, input); }
    std::string description() const override { return on_ ? "AlwaysOnSampler" : "AlwaysOffSampler"; }

  private:
    bool on_;
};

class Ratio final : public Sampler {
  public:
    explicit Ratio(double ratio) : ratio_(std::isnan(ratio) ? 0 : std::clamp(ratio, 0.0, 1.0)) {}
    SamplingResult sample(const SamplingInput& input) override {
        return kept_if((input.trace.low & (never_sampled - 1)) >= threshold_, input);
    }
    std::string description() const override { return fmt::format("TraceIdRatioBased{{{:.6f}}}", ratio_); }

  private:
    double ratio_;
    std::uint64_t threshold_ = threshold_of(ratio_);
};

class ParentBased final : public Sampler {
  public:
    explicit ParentBased(ParentSamplers samplers) : samplers_(std::move(samplers)) {
        for (const auto* part : {&samplers_.root, &samplers_.remote_sampled, &samplers_.remote_not_sampled,
                                 &samplers_.local_sampled, &samplers_.local_not_sampled}) {
            if (!*part) throw Error(ErrorKind::invalid, "parent_based: one of the five samplers is missing");
        }
    }
    SamplingResult sample(const SamplingInput& input) override { return chosen(input.parent).sample(input); }
    std::string description() const override {
        return fmt::format(
            "ParentBased{{root:{},remoteParentSampled:{},remoteParentNotSampled:{},localParentSampled:{},"
            "localParentNotSampled:{}}}",
            samplers_.root->description(), samplers_.remote_sampled->description(),
            samplers_.remote_not_sampled->description(), samplers_.local_sampled->description(),
            samplers_.local_not_sampled->description());
    }

  private:
    Sampler& chosen(const SpanContext& parent) {
        if (!parent.is_valid()) return *samplers_.root;
        if (parent.flags.is_sampled()) return *(parent.is_remote ? samplers_.remote_sampled : samplers_.local_sampled);
        return *(parent.is_remote ? samplers_.remote_not_sampled : samplers_.local_not_sampled);
    }
    ParentSamplers samplers_;
};

class RateLimited final : public Sampler {
  public:
    RateLimited(double per_second, const Loop& clock) : per_second_(per_second), limit_(per_second), clock_(clock) {}
    SamplingResult sample(const SamplingInput& input) override { return kept_if(limit_.admit(clock_.now()), input); }
    std::string description() const override { return fmt::format("RateLimitingSampler{{{:.6f}}}", per_second_); }

  private:
    double per_second_;
    RateLimit limit_;
    const Loop& clock_;
};

}  // namespace

RateLimit::RateLimit(double per_second)
    : per_second_(per_second > 0 ? per_second : 0),
      most_(std::max(per_second_, 1.0)),
      tokens_(per_second_ > 0 ? most_ : 0) {}

bool RateLimit::admit(Time now) {
    if (!started_) last_ = now;
    started_ = true;
    if (now > last_) {
        // Subtracted without sign: two far times may lie further apart than a Duration reaches.
        const auto elapsed = static_cast<std::uint64_t>(now.time_since_epoch().count()) -
                             static_cast<std::uint64_t>(last_.time_since_epoch().count());
        tokens_ = std::min(most_, tokens_ + static_cast<double>(elapsed) * 1e-9 * per_second_);
        last_ = now;
    }
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
}

std::unique_ptr<Sampler> always_on() { return std::make_unique<Constant>(true); }
std::unique_ptr<Sampler> always_off() { return std::make_unique<Constant>(false); }
std::unique_ptr<Sampler> trace_id_ratio(double ratio) { return std::make_unique<Ratio>(ratio); }
std::unique_ptr<Sampler> parent_based(ParentSamplers samplers) {
    return std::make_unique<ParentBased>(std::move(samplers));
}
std::unique_ptr<Sampler> parent_based(std::unique_ptr<Sampler> root) {
    ParentSamplers samplers;
    samplers.root = std::move(root);
    return parent_based(std::move(samplers));
}
std::unique_ptr<Sampler> rate_limited(double per_second, const Loop& clock) {
    return std::make_unique<RateLimited>(per_second, clock);
}

}  // namespace mizzen::telemetry
