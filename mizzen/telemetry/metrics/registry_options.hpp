// SPDX-License-Identifier: Apache-2.0
// RegistryOptions: what a registry is told once, when it is made.
#pragma once
#include <vector>

#include "mizzen/base/time.hpp"
#include "mizzen/telemetry/logs/log_ticks.hpp"
#include "mizzen/telemetry/metrics/exemplars.hpp"
#include "mizzen/telemetry/metrics/view.hpp"

namespace mizzen::telemetry {

struct RegistryOptions {
    // Now: since when is counted.
    WallTime start = {};
    // OTEL_METRICS_EXEMPLAR_FILTER.
    ExemplarFilter exemplar_filter = ExemplarFilter::trace_based;
    // Tells when exemplars were. In a simulation: ticks_of(loop).
    TickSource ticks = {};
    // Metrics told in another way than they are declared.
    std::vector<View> views = {};
};

}  // namespace mizzen::telemetry
