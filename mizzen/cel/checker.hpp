// SPDX-License-Identifier: Apache-2.0
// check: finds the type of every part of an expression and the signatures its calls may mean.
#pragma once
#include <string_view>
#include <vector>

#include "mizzen/cel/environment.hpp"
#include "mizzen/cel/expression.hpp"

namespace mizzen::cel {

// What the checker found, by the ids of the expression's nodes.
struct Checked {
    Expression root;  // names resolved: a.b.c may have become one identifier, strings.quote(x) a plain call
    std::vector<Type> types;
    std::vector<std::vector<const Overload*>> overloads;
    std::vector<bool> is_type_name;  // of identifiers
    std::vector<Issue> issues;

    bool well() const { return issues.empty(); }
    const Type& type_of(const Expression& e) const { return types[static_cast<std::size_t>(e.id)]; }
    const std::vector<const Overload*>& overloads_of(const Expression& e) const {
        return overloads[static_cast<std::size_t>(e.id)];
    }
    // Whether the expression refers to the variable of that name.
    bool uses(std::string_view variable) const;
};

// `parsed` must be well.
Checked check(Parsed parsed, const Environment& environment);

// Constants that cannot work: patterns, durations, timestamps, formats; lists and maps of mixed types.
void check_literals(Checked& checked);

}  // namespace mizzen::cel
