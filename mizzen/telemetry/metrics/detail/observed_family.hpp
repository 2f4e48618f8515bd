// SPDX-License-Identifier: Apache-2.0
// A metric whose values are asked for.
#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>

#include "mizzen/telemetry/metrics/applied_views.hpp"
#include "mizzen/telemetry/metrics/registry.hpp"

namespace mizzen::telemetry::detail {

// One callback. Those that declare the same are one family.
struct ObservedFamily {
    Description declared;
    Viewed viewed;
    std::function<void(const Tell&, WallTime)> ask;
    std::mutex mutex = {};         // held while asking
    Registry* registry = nullptr;  // nothing once the registry or the observation is gone; under mutex
};

// Asks all callbacks of one family, and adds it, or why it is lost.
void read(std::span<const std::shared_ptr<ObservedFamily>> of_one_name, Snapshot& snapshot);

}  // namespace mizzen::telemetry::detail
