// SPDX-License-Identifier: Apache-2.0
// Equality and order of values. Numbers compare by value whatever their type; values of different types are unequal.
#pragma once
#include <compare>

#include "mizzen/cel/value.hpp"

namespace mizzen::cel {

// A boolean, or a failure where the values cannot be compared.
Value equal(const Value& a, const Value& b);
bool is_equal(const Value& a, const Value& b);

// -1, 0 or 1 as an integer; a failure where there is no order.
Value compare(const Value& a, const Value& b);

// The order of two numbers; unordered if one is not a number.
std::partial_ordering compare_numbers(const Value& a, const Value& b);

// A text that two elements of a set or a keyed list share exactly if they count as one: by value, or by the keys of
// `list`.
std::string element_key(const Value& element, const ListValue& list);

// Whether `element` is in the list or a key of the map.
Value contains(const Value& container, const Value& element);

}  // namespace mizzen::cel
