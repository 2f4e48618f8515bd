// SPDX-License-Identifier: Apache-2.0
// SamplerChoice: a sampler, and the samplers inside it, as a plain value.
#pragma once
#include <memory>
#include <vector>

#include "mizzen/telemetry/trace/sampler.hpp"

namespace mizzen::telemetry {

enum class SamplerKind {
    always_on,
    always_off,
    trace_id_ratio,
    probability,  // consistent_probability
    parent_based,
    parent_threshold,  // consistent_parent
    always_record,     // what its part drops is recorded all the same, for processors in this process
};

struct SamplerChoice {
    SamplerKind kind = SamplerKind::always_on;
    double ratio = 1;  // of trace_id_ratio, probability and parent_threshold: 0 to 1
    // Of parent_based: root, remote sampled, remote not sampled, local sampled, local not sampled. None means always_on
    // for the root, and what the parent says otherwise. Of always_record: what decides.
    std::vector<SamplerChoice> parts = {};
    friend bool operator==(const SamplerChoice&, const SamplerChoice&) = default;
};

std::unique_ptr<Sampler> make_sampler(const SamplerChoice& choice);

}  // namespace mizzen::telemetry
