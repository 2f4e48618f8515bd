// SPDX-License-Identifier: Apache-2.0
// Patterns: what is wrong with one is a value, not an exception.
#include "mizzen/cel/patterns.hpp"

#include "mizzen/base/error.hpp"

namespace mizzen::cel {

Pattern compiled_pattern(std::string_view text) {
    try {
        return {std::make_shared<const Regex>(text), ""};
    } catch (const Error& e) {
        return {nullptr, e.message()};
    }
}

}  // namespace mizzen::cel
