// SPDX-License-Identifier: Apache-2.0
// diff: what is different between two documents.
#pragma once
#include <string>
#include <vector>

#include "mizzen/json/value.hpp"

namespace mizzen::json {

struct Change {
    enum class Kind { added, removed, changed };
    Kind kind;
    std::string path;  // "spec.containers[0].image"; "" for the document itself
    Value before;      // null where added
    Value after;       // null where removed
    bool operator==(const Change&) const = default;
};

// In the order of the document. Objects are compared member by member, arrays item by item from their beginning.
std::vector<Change> diff(const Value& before, const Value& after);

// One line per change: "+ spec.replicas: 3", "- metadata.labels.app: \"shop\"", "~ spec.image: \"a\" → \"b\"".
std::string to_string(const std::vector<Change>&);

}  // namespace mizzen::json
