// SPDX-License-Identifier: Apache-2.0
// Times as logs write them.
#pragma once
#include <string>

#include "mizzen/base/time.hpp"

namespace mizzen::telemetry {

// RFC 3339 in UTC with nine digits: "2026-01-31T12:00:00.000000000Z".
std::string to_rfc3339_nano(WallTime);
// The time of day in UTC, to the millisecond: "12:00:00.000".
std::string to_clock(WallTime);

}  // namespace mizzen::telemetry
