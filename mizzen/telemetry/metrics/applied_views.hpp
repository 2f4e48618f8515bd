// SPDX-License-Identifier: Apache-2.0
// What views make of a metric. Pure.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/telemetry/metrics/description.hpp"
#include "mizzen/telemetry/metrics/view.hpp"

namespace mizzen::telemetry::detail {

struct Viewed {
    Description description;
    bool is_dropped = false;
    // Which of the declared labels are left; nothing if all are.
    std::optional<std::vector<std::size_t>> columns;
    // Of a closed set of which labels were removed: which row each declared one has become.
    std::vector<std::size_t> rows;
    // What could not be done, for people.
    std::vector<std::string> warnings;
};

Viewed apply(std::span<const View> views, const Description& declared);

// Throws Error(invalid) if one can never be applied.
void check(std::span<const View> views);

// '*': any characters, '?': any one.
bool matches(std::string_view pattern, std::string_view name);

}  // namespace mizzen::telemetry::detail
