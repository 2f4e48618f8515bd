// SPDX-License-Identifier: Apache-2.0
// Samplers, and those inside them.
#include "mizzen/telemetry/configuration/detail/sampler_section.hpp"

namespace mizzen::telemetry {
namespace {

double read_ratio(const Node& node) {
    node.expect_members({"ratio"});
    const auto ratio = node.find("ratio");
    return ratio ? ratio->real(0, 1) : 1;
}

SamplerChoice read_parent_based(const Node& node) {
    node.expect_members({"root", "remote_parent_sampled", "remote_parent_not_sampled", "local_parent_sampled",
                         "local_parent_not_sampled"});
    const auto part = [&](std::string_view key, SamplerKind otherwise) {
        const auto inner = node.find(key);
        return inner ? read_sampler(*inner) : SamplerChoice{.kind = otherwise};
    };
    return {.kind = SamplerKind::parent_based,
            .parts = {part("root", SamplerKind::always_on), part("remote_parent_sampled", SamplerKind::always_on),
                      part("remote_parent_not_sampled", SamplerKind::always_off),
                      part("local_parent_sampled", SamplerKind::always_on),
                      part("local_parent_not_sampled", SamplerKind::always_off)}};
}

// Of what can be composed: what keeps a share of all traces, consistently, and what follows its parent's threshold.
SamplerChoice read_composite(const Node& node) {
    const auto [kind, options] =
        node.only({"always_off", "always_on", "parent_threshold", "probability", "rule_based"});
    if (kind == "probability") return {.kind = SamplerKind::probability, .ratio = read_ratio(options)};
    if (kind == "rule_based") options.fail("not supported here; take probability or parent_threshold");
    if (kind == "parent_threshold") {
        options.expect_members({"root"});
        const Node root = options.get("root");
        const SamplerChoice inner = read_composite(root);
        if (inner.kind == SamplerKind::parent_threshold)
            root.fail("not supported here: a threshold inside another; take probability, always_on or always_off");
        return {.kind = SamplerKind::parent_threshold, .ratio = inner.ratio};
    }
    options.expect_members({});
    return {.kind = SamplerKind::probability, .ratio = kind == "always_on" ? 1.0 : 0.0};
}

}  // namespace

SamplerChoice read_sampler(const Node& node) {
    const auto [kind, options] =
        node.only({"always_off", "always_on", "always_record", "composite/development", "jaeger_remote/development",
                   "parent_based", "probability/development", "trace_id_ratio_based"});
    if (kind == "parent_based") return read_parent_based(options);
    if (kind == "composite/development") return read_composite(options);
    if (kind == "trace_id_ratio_based") return {.kind = SamplerKind::trace_id_ratio, .ratio = read_ratio(options)};
    if (kind == "probability/development") return {.kind = SamplerKind::probability, .ratio = read_ratio(options)};
    if (kind == "always_record") {
        options.expect_members({"root"});
        return {.kind = SamplerKind::always_record, .parts = {read_sampler(options.get("root"))}};
    }
    if (kind == "jaeger_remote/development")
        options.fail("not supported here; take parent_based, trace_id_ratio_based, always_on or always_off");
    options.expect_members({});
    return {.kind = kind == "always_on" ? SamplerKind::always_on : SamplerKind::always_off};
}

}  // namespace mizzen::telemetry
