// SPDX-License-Identifier: Apache-2.0
// The single checks of a decoder, and their words. Each returns what is wrong, or "" if nothing is.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "mizzen/json/type_info.hpp"
#include "mizzen/json/value.hpp"

namespace mizzen::json {

bool is_whole(double);  // and fits 64 bits

std::string check_range(double value, const Note&);       // min, max
std::string check_text(std::string_view, const Note&);    // min_length, max_length in characters; pattern
std::string check_count(std::size_t items, const Note&);  // min_length, max_length of a list or map

// "expected a string, got an integer"
std::string expected(std::string_view wanted, const Value& got);
std::string does_not_fit(std::int64_t value, const TypeInfo&);
// "expected one of rolling, canary; got "blue""
std::string not_one_of(std::string_view got, std::span<const std::string_view> names);
// "unknown field; did you mean replicas?"
std::string unknown_field(std::string_view key, const TypeInfo& object);

// The first item that has the same list keys as an earlier one. Linear in the list.
struct Repeated {
    std::size_t index;
    std::string message;
};
std::optional<Repeated> find_repeated(const Array& items, std::span<const std::string_view> keys);

}  // namespace mizzen::json
