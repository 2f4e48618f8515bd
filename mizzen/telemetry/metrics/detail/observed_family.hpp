// SPDX-License-Identifier: Apache-2.0
// A metric whose values are asked for.
#pragma once
#include <functional>
#include <mutex>
#include <span>
#include <string_view>

#include "mizzen/telemetry/metrics/applied_views.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"

namespace mizzen::telemetry::detail {

struct ObservedFamily {
    Viewed viewed;
    std::function<void(const Tell&)> ask;
    std::mutex mutex = {};         // held while asking
    Registry* registry = nullptr;  // nothing once the registry or the observation is gone; under mutex
};

// Asks, and adds the family, or why it is lost.
void read(ObservedFamily& observed, Snapshot& snapshot);

}  // namespace mizzen::telemetry::detail
