// SPDX-License-Identifier: Apache-2.0
// Place: where a value stands in its document, as a chain of stack frames; spelled out only when it has to be told.
#pragma once
#include <string>
#include <string_view>

namespace mizzen::json {

struct Place {
    const Place* up = nullptr;
    std::string_view key = {};  // a member's; without data for an item of an array
    std::size_t index = 0;
};

// "spec.containers[0].image"; "" for null, the document itself.
std::string to_path(const Place*);

}  // namespace mizzen::json
