// SPDX-License-Identifier: Apache-2.0
// IntOrString from JSON.
#include "mizzen/json/int_or_string.hpp"

#include <limits>

#include "mizzen/base/error.hpp"

namespace mizzen::json {

IntOrString IntOrString::from_value(const Value& v) {
    if (v.is_string()) return v.as_string();
    if (!v.is_number())
        throw Error(ErrorKind::invalid, "expected an integer or a string, got " + std::string(to_string(v.kind())));
    const std::int64_t n = v.as_integer();
    if (n < std::numeric_limits<std::int32_t>::min() || n > std::numeric_limits<std::int32_t>::max())
        throw Error(ErrorKind::invalid, std::to_string(n) + " does not fit 32 bits");
    return static_cast<int>(n);
}

}  // namespace mizzen::json
