// SPDX-License-Identifier: Apache-2.0
// Samplers decide, when a span starts, whether it is recorded and whether the trace goes to the exporters.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/async/loop.hpp"
#include "mizzen/telemetry/trace/span_data.hpp"

namespace mizzen::telemetry {

enum class Decision : std::uint8_t {
    drop,               // Not recorded.
    record_only,        // Recorded for processors in this process, not exported; children are not sampled.
    record_and_sample,  // Recorded and exported; the sampled flag travels on.
};

// All that is known of a span before it starts.
struct SamplingInput {
    const SpanContext& parent;  // Not valid: a root.
    const TraceId& trace;
    std::string_view name;
    SpanKind kind = SpanKind::internal;
    std::span<const Attribute> attributes = {};
    std::span<const SpanLink> links = {};
};

struct SamplingResult {
    Decision decision = Decision::drop;
    TraceState state = {};                   // The new span's.
    std::vector<Attribute> attributes = {};  // Added to the span's.
};

// Source: OpenTelemetry specification, trace/sdk, Sampler. A sampler depends on its input alone (rate_limited on its
// clock too) and belongs to one thread.
class Sampler {
  public:
    virtual ~Sampler() = default;
    virtual SamplingResult sample(const SamplingInput& input) = 0;
    // "ParentBased{root:TraceIdRatioBased{0.500000},…}", for logs.
    virtual std::string description() const = 0;
};

std::unique_ptr<Sampler> always_on();
std::unique_ptr<Sampler> always_off();
// `ratio` (0 to 1) of all traces, by the last 7 bytes of the trace id alone.
std::unique_ptr<Sampler> trace_id_ratio(double ratio);

// What decides where there is a parent; the defaults follow its sampled flag.
struct ParentSamplers {
    std::unique_ptr<Sampler> root;
    std::unique_ptr<Sampler> remote_sampled = always_on();
    std::unique_ptr<Sampler> remote_not_sampled = always_off();
    std::unique_ptr<Sampler> local_sampled = always_on();
    std::unique_ptr<Sampler> local_not_sampled = always_off();
};
// Throws Error(invalid) where one of them is missing.
std::unique_ptr<Sampler> parent_based(ParentSamplers samplers);
std::unique_ptr<Sampler> parent_based(std::unique_ptr<Sampler> root);

// `ratio` of all traces, consistently with everybody else who follows the specification: R is rv or comes from the
// trace id, and the threshold that a sampled span has passed travels on as th.
std::unique_ptr<Sampler> consistent_probability(double ratio);
// The parent's th decides, or where it has none its sampled flag; roots are sampled as consistent_probability does.
std::unique_ptr<Sampler> consistent_parent(double root_ratio);

// At most so many per second, in bursts of at most one second's worth and at least one. Pure: time is an argument.
class RateLimit {
  public:
    explicit RateLimit(double per_second);
    // Time that goes back counts as no time.
    bool admit(Time now);

  private:
    double per_second_;
    double most_;
    double tokens_;
    Time last_{};
    bool started_ = false;
};
// Keeps spans as long as the rate allows, whatever their trace; meant as the root of parent_based, where it limits
// traces. `clock` outlives the sampler.
std::unique_ptr<Sampler> rate_limited(double per_second, const Loop& clock);

struct ConfiguredSampler {
    std::unique_ptr<Sampler> sampler;   // Always there.
    std::vector<std::string> warnings;  // For the log: what was not understood and what happened instead.
};
// The texts of OTEL_TRACES_SAMPLER and OTEL_TRACES_SAMPLER_ARG; "" is unset. What is not understood is reported and
// replaced by its default: parentbased_always_on, ratio 1.
ConfiguredSampler configure_sampler(std::string_view name, std::string_view argument);

}  // namespace mizzen::telemetry
