// SPDX-License-Identifier: Apache-2.0
// Snapshots full of what formats stumble over.
#pragma once
#include <cstdint>

#include "mizzen/telemetry/metrics/snapshot.hpp"

namespace mizzen::telemetry::subjects {

// The same for the same seed: families of all types whose names clash through suffixes or are no names at all, labels
// that are reserved, alike once they are escaped, empty or full of quotes, values at the ends of their range, exemplars
// that are too long.
Snapshot generated_snapshot(std::uint64_t seed);

}  // namespace mizzen::telemetry::subjects
