// SPDX-License-Identifier: Apache-2.0
// Times and durations as Mizzen counts them. Nobody reads a clock: a Loop is asked (async/loop.hpp).
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace mizzen {

using Duration = std::chrono::nanoseconds;
// Monotonic: for timers and deadlines. Under simulation it starts at zero.
using Time = std::chrono::time_point<std::chrono::steady_clock, Duration>;
// Of the calendar: for what people and other systems read.
using WallTime = std::chrono::time_point<std::chrono::system_clock, Duration>;

// RFC 3339 in UTC with whole seconds, as metav1.Time is written: "2026-01-31T12:00:00Z".
std::string to_rfc3339(WallTime);
// With six digits of microseconds, as metav1.MicroTime is written: "2026-01-31T12:00:00.000000Z".
std::string to_rfc3339_micro(WallTime);
// Reads any RFC 3339 time, with fraction and offset; nothing if it is not one.
std::optional<WallTime> parse_rfc3339(std::string_view);

// Go's duration syntax, as Kubernetes writes it: "1h30m", "250ms", "-1.5s". Nothing if it is not one or does not fit.
std::optional<Duration> parse_duration(std::string_view);
std::string to_string(Duration);
// As kubectl shows an age: "5s", "3m20s", "4h", "12d", "2y10d". Negative reads "<invalid>".
std::string to_age(Duration);

}  // namespace mizzen
