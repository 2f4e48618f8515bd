// SPDX-License-Identifier: Apache-2.0
// TracerProvider and Tracer: where spans come from and where they go when they end.
#pragma once
#include <memory>
#include <optional>
#include <span>

#include "mizzen/async/loop.hpp"
#include "mizzen/base/random.hpp"
#include "mizzen/telemetry/trace/sampler.hpp"
#include "mizzen/telemetry/trace/span.hpp"

namespace mizzen::telemetry {

// Takes spans that have ended: a batch processor, a test.
class SpanProcessor {
  public:
    virtual ~SpanProcessor() = default;
    // Called on the thread of the loop; does not wait. Spans that are recorded but not sampled come too.
    virtual void ended(std::unique_ptr<SpanData> span) = 0;
};

struct SpanStart {
    const Span* parent = nullptr;  // Null or without a valid context: a new trace.
    SpanKind kind = SpanKind::internal;
    std::span<const Attribute> attributes = {};
    std::span<const SpanLink> links = {};
    std::optional<WallTime> at = {};  // Else now.
};

// Decides, draws ids and hands on ended spans, for all tracers of one loop. Outlives their spans.
class TracerProvider {
  public:
    // `clock` tells when spans start and end; `processor` outlives the provider. `random` is the provider's own, so
    // that tracing changes nothing of what a simulation draws.
    TracerProvider(const Loop& clock, Random random, std::unique_ptr<Sampler> sampler, SpanProcessor& processor,
                   SpanLimits limits = {});
    TracerProvider(const TracerProvider&) = delete;
    TracerProvider& operator=(const TracerProvider&) = delete;

    // For a child after fork(), which would draw its parent's ids.
    void reseed(Random random) { random_ = random; }
    const SpanLimits& limits() const { return limits_; }

  private:
    friend class Tracer;
    friend class Span;
    Span start(Name&& name, const SpanStart& start, const std::shared_ptr<const InstrumentationScope>& scope);
    void record(Span& span, Name&& name, const SpanStart& start, SamplingResult& result);

    const Loop& clock_;
    Random random_;
    std::unique_ptr<Sampler> sampler_;
    SpanProcessor& processor_;
    SpanLimits limits_;
};

// Makes the spans of one instrumentation scope. A copy is cheap.
class Tracer {
  public:
    // Makes spans that record nothing and pass on the context of their parent.
    Tracer() = default;
    Tracer(TracerProvider& provider [[clang::lifetimebound]], InstrumentationScope scope)
        : provider_(&provider), scope_(std::make_shared<const InstrumentationScope>(std::move(scope))) {}

    // False of one that was made without a provider.
    bool is_connected() const { return provider_ != nullptr; }
    // `Span span = tracer.start("reconcile", {.parent = current_span(co_await context())});`
    Span start(Name name, const SpanStart& start = {}) const;

  private:
    TracerProvider* provider_ = nullptr;
    std::shared_ptr<const InstrumentationScope> scope_;
};

}  // namespace mizzen::telemetry
