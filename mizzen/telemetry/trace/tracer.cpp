// SPDX-License-Identifier: Apache-2.0
// Spans are started: parent, ids, sampling, and data only where it is recorded.
#include "mizzen/telemetry/trace/tracer.hpp"

namespace mizzen::telemetry {

TracerProvider::TracerProvider(const Loop& clock, Random random, std::unique_ptr<Sampler> sampler,
                               SpanProcessor& processor, SpanLimits limits)
    : clock_(clock), random_(random), sampler_(std::move(sampler)), processor_(processor), limits_(limits) {}

Span TracerProvider::start(Name&& name, const SpanStart& start,
                           const std::shared_ptr<const InstrumentationScope>& scope) {
    static const SpanContext no_parent;
    const bool has_parent = start.parent && start.parent->context().is_valid();
    const SpanContext& parent = has_parent ? start.parent->context() : no_parent;

    Span span;
    if (start.parent) span.carried_.baggage = start.parent->baggage();
    SpanContext& context = span.carried_.span;
    context.trace = has_parent ? parent.trace : TraceId::draw(random_);
    context.span = SpanId::draw(random_);
    context.flags = has_parent ? parent.flags : TraceFlags{TraceFlags::random_bit};
    context.is_debug = parent.is_debug;

    SamplingResult result =
        parent.is_debug
            ? SamplingResult{Decision::record_and_sample, parent.state, {}}
            : sampler_->sample({parent, context.trace, name.view(), start.kind, start.attributes, start.links});
    context.flags = context.flags.with_sampled(result.decision == Decision::record_and_sample);
    // Mostly there is none, and a move would read back at once what was just written.
    if (!result.state.empty()) context.state = std::move(result.state);
    if (result.decision == Decision::drop) return span;

    // Not zeroed first, as make_unique would: every member has its initialiser.
    span.data_ = std::make_unique_for_overwrite<SpanData>();
    span.data_->parent = parent.span;
    span.data_->parent_is_remote = parent.is_remote;
    span.data_->scope = scope;
    record(span, std::move(name), start, result);
    return span;
}

void TracerProvider::record(Span& span, Name&& name, const SpanStart& start, SamplingResult& result) {
    SpanData& data = *span.data_;
    span.provider_ = this;
    data.context = span.context();
    data.name = std::move(name);
    data.kind = start.kind;
    for (const Attribute& a : start.attributes) data.attributes.set(a.key, a.value, limits_.attributes);
    for (Attribute& a : result.attributes) {
        data.attributes.set(std::move(a.key), std::move(a.value), limits_.attributes);
    }
    for (const SpanLink& link : start.links) span.add_link(link.span, link.attributes);
    data.start = start.at ? *start.at : clock_.wall();
}

Span Tracer::start(Name name, const SpanStart& start) const {
    if (provider_) return provider_->start(std::move(name), start, scope_);
    return start.parent ? Span(start.parent->propagated()) : Span();
}

}  // namespace mizzen::telemetry
