// SPDX-License-Identifier: Apache-2.0
// Retry-After: how long a server asks to be left alone.
#pragma once
#include <optional>
#include <string_view>

#include "mizzen/base/time.hpp"

namespace mizzen::net {

// The value of Retry-After (RFC 9110, 10.2.3): seconds, or a date in one of the three forms of RFC 9110, 5.6.7; a date
// that has passed means zero, more than a century a century. Nothing if it is neither.
std::optional<Duration> parse_retry_after(std::string_view value, WallTime now);

}  // namespace mizzen::net
