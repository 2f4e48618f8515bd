// SPDX-License-Identifier: Apache-2.0
// Times as logs write them, by way of what base/ writes.
#include "mizzen/telemetry/logs/log_time.hpp"

#include <fmt/format.h>

#include <iterator>

namespace mizzen::telemetry {
namespace {

std::int64_t nanoseconds_of_second(WallTime t) { return (t - std::chrono::floor<std::chrono::seconds>(t)).count(); }

}  // namespace

std::string to_rfc3339_nano(WallTime t) {
    std::string text = to_rfc3339(t);
    text.pop_back();  // the Z
    fmt::format_to(std::back_inserter(text), ".{:09}Z", nanoseconds_of_second(t));
    return text;
}

std::string to_clock(WallTime t) {
    std::string text = to_rfc3339(t);
    text.erase(0, text.find('T') + 1).pop_back();
    fmt::format_to(std::back_inserter(text), ".{:03}", nanoseconds_of_second(t) / 1'000'000);
    return text;
}

}  // namespace mizzen::telemetry
