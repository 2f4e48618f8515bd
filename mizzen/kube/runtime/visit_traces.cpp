// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/runtime/visit_traces.hpp"

#include <algorithm>
#include <charconv>

namespace mizzen::kube {
namespace {

using telemetry::Span;
using telemetry::SpanContext;

constexpr Duration longest_trail = std::chrono::minutes(5);
constexpr std::size_t most_causes = 8;

// Zero, which no write has, if it is no number.
std::uint64_t number(std::string_view version) {
    std::uint64_t value = 0;
    std::from_chars(version.data(), version.data() + version.size(), value);
    return value;
}

std::vector<telemetry::SpanLink> links_to_others(const std::vector<SpanContext>& causes, const SpanContext& parent) {
    std::vector<telemetry::SpanLink> links;
    for (const SpanContext& cause : causes)
        if (cause.trace != parent.trace) links.push_back({.span = cause});
    return links;
}

}  // namespace

void VisitTraces::caused(const ObjectKey& key, std::string_view version) {
    if (!is_on() || !telemetry_.causes) return;
    const auto cause = telemetry_.causes->find(number(version), clock_.now());
    if (!cause) return;
    std::vector<SpanContext>& causes = trails_[key].causes;
    if (causes.size() == most_causes) causes.erase(causes.begin());
    causes.push_back(*cause);
}

Span VisitTraces::begin(const Visit& visit, std::string_view controller) {
    if (!is_on()) return {};
    Trail& trail = trails_[visit.key()];
    const std::vector<SpanContext> causes = std::exchange(trail.causes, {});
    const Time now = clock_.now();
    if (!causes.empty()) {
        trail.last = causes.back();
        trail.since = now;
    } else if (now - trail.since > longest_trail) {
        trail.last = {};
    }
    const Span parent(telemetry::Propagated{.span = trail.last});
    const auto links = links_to_others(causes, trail.last);
    Span span = telemetry_.tracer.start("reconcile " + std::string(controller), {.parent = &parent, .links = links});
    if (!trail.last.is_valid()) {
        trail.last = span.context();
        trail.since = now;
    }
    if (!span.is_recording()) return span;
    span.set("mizzen.controller", controller);
    span.set("k8s.object.kind", visit.kind().kind);
    span.set("k8s.object.name", visit.owner().name);
    span.set("k8s.object.uid", visit.owner().uid);
    if (!visit.owner().namespace_.empty()) span.set("k8s.namespace.name", visit.owner().namespace_);
    return span;
}

void VisitTraces::wrote(const Span& span, const std::vector<Written>& writes) {
    if (!is_on() || !telemetry_.causes) return;
    for (const Written& write : writes)
        if (const std::uint64_t version = number(write.resource_version))
            telemetry_.causes->record(version, span.context(), clock_.now());
}

void VisitTraces::forget(const ObjectKey& key) { trails_.erase(key); }

}  // namespace mizzen::kube
