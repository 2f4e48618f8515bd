// SPDX-License-Identifier: Apache-2.0
// JsonPath: kubectl's JSONPath, as printer columns and `-o jsonpath` use it:
// .status.conditions[?(@.type=="Ready")].status.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/json/value.hpp"

namespace mizzen::apiserver {

// One path: .name, ['name'], a backslash before a dot in a name, [0], [-1], [1:3], [0:6:2], [*], .*, ..name, [0,2],
// ['a','b'],
// [?(@.a)], [?(@.a=="x")] with == != < <= > >=. A leading $ or @ says nothing. No {range}, no text around.
// https://kubernetes.io/docs/reference/kubectl/jsonpath/
class JsonPath {
  public:
    // Throws Error(invalid) that says what is wrong with the text.
    static JsonPath parse(std::string_view text);

    // Every value the path leads to. A member that is missing leads nowhere; a step that does not fit what it meets (an
    // index past the end, a filter on an object) makes the whole answer empty. They point into `document` (and, of a
    // literal, into this path).
    std::vector<const json::Value*> find(const json::Value& document) const;
    // The first of them, or nullptr.
    const json::Value* find_first(const json::Value& document) const;

    struct Step;
    using Steps = std::vector<Step>;

  private:
    explicit JsonPath(Steps steps);
    Steps steps_;
};

// One step of a path; which members count depends on its kind.
struct JsonPath::Step {
    enum class Kind : std::uint8_t { field, wildcard, recursive, slice, either, filter, literal };
    enum class Compare : std::uint8_t { exists, equal, unequal, less, less_or_equal, greater, greater_or_equal };

    Kind kind = Kind::field;
    std::string name;                                 // field
    json::Value value;                                // literal
    std::optional<std::int64_t> first, last, stride;  // slice: [first:last:stride]
    bool single = false;                              // slice: [first]
    Compare compare = Compare::exists;                // filter
    std::vector<Steps> branches;                      // either: each path; filter: the left and the right side
};

// What kubectl and printer columns write for a found value: strings as they are, numbers as Go prints them, lists and
// objects as JSON.
std::string printed(const json::Value& value);

}  // namespace mizzen::apiserver
