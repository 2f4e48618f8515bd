// SPDX-License-Identifier: Apache-2.0
// IntOrString: what Kubernetes takes where either a number or a name or percentage may stand ("25%", a named port).
#pragma once
#include <string>
#include <variant>

#include "mizzen/json/value.hpp"

namespace mizzen::json {

class IntOrString {
  public:
    IntOrString() = default;  // the integer 0
    IntOrString(int n) : data_(n) {}
    IntOrString(std::string s) : data_(std::move(s)) {}
    IntOrString(const char* s) : data_(std::string(s)) {}

    bool is_string() const { return data_.index() == 1; }
    // 0 where this is a string.
    std::int32_t integer() const { return is_string() ? 0 : std::get<0>(data_); }
    // "" where this is an integer.
    const std::string& string() const {
        static const std::string none;
        return is_string() ? std::get<1>(data_) : none;
    }
    // "8080" or "http": as one writes it.
    std::string text() const { return is_string() ? string() : std::to_string(integer()); }

    Value value() const { return is_string() ? Value(string()) : Value(integer()); }
    // Throws Error(invalid) unless `v` is a string or an integer of 32 bits.
    static IntOrString from_value(const Value& v);

    bool operator==(const IntOrString&) const = default;

  private:
    std::variant<std::int32_t, std::string> data_ = 0;
};

}  // namespace mizzen::json
