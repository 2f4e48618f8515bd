// SPDX-License-Identifier: Apache-2.0
// What one call may cost. Inner part of estimate.hpp.
#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "mizzen/cel/checker.hpp"
#include "mizzen/cel/estimate_sizes.hpp"

namespace mizzen::cel {

// A target or an argument.
struct Operand {
    const Expression* expression = nullptr;
    Type type;
    Bounds size;                    // unknown where nothing is known
    std::optional<Bounds> element;  // of a list: of its elements
};

struct CallEstimate {
    Bounds cost;  // without that of the arguments
    std::optional<Bounds> size;
};

// `target` is null for what is no member.
CallEstimate estimate_call(std::string_view function, std::string_view overload, const Operand* target,
                           const std::vector<Operand>& args);

}  // namespace mizzen::cel
