// SPDX-License-Identifier: Apache-2.0
// The scalar rules of YAML 1.1 (https://yaml.org/type/) in the form that go-yaml gave them.
#include "mizzen/json/yaml_scalar.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "mizzen/base/base64.hpp"
#include "mizzen/base/digits.hpp"

namespace mizzen::json {
namespace {

constexpr std::string_view own_types = "tag:yaml.org,2002:";

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

std::optional<Value> resolve_word(std::string_view s) {
    if (is_one_of(s, {"", "~", "null", "Null", "NULL"})) return Value();
    if (is_one_of(s, {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"})) return true;
    if (is_one_of(s, {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"})) return false;
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (is_one_of(s, {".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"})) return infinity;
    if (is_one_of(s, {"-.inf", "-.Inf", "-.INF"})) return -infinity;
    if (is_one_of(s, {".nan", ".NaN", ".NAN"})) return std::numeric_limits<double>::quiet_NaN();
    return std::nullopt;
}

// 12, -12, 0x1f, 0o17, 017, 0b11; what fits 64 bits only without a sign becomes floating point.
std::optional<Value> parse_integer(std::string_view s) {
    const bool negative = s.starts_with('-'), has_sign = negative || s.starts_with('+');
    if (has_sign) s.remove_prefix(1);
    int base = 10;
    if (s.size() > 1 && s[0] == '0') {
        const char letter = static_cast<char>(s[1] | 0x20);
        base = letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
        s.remove_prefix(letter == 'x' || letter == 'b' || letter == 'o' ? 2 : 1);
    }
    std::uint64_t n = 0;
    const auto [end, error] = std::from_chars(s.begin(), s.end(), n, base);
    if (s.empty() || error != std::errc() || end != s.end()) return std::nullopt;
    const std::uint64_t most = (std::uint64_t{1} << 63) - (negative ? 0 : 1);
    if (n <= most) return static_cast<std::int64_t>(negative ? 0 - n : n);
    if (has_sign) return std::nullopt;
    return static_cast<double>(n);
}

// [-+]? ( .digits | digits[.digits] ) ( [eE] [-+]? digits )?
bool is_float(std::string_view s) {
    const auto digits = [&s] {
        const std::size_t n = std::min(s.find_first_not_of("0123456789"), s.size());
        s.remove_prefix(n);
        return n > 0;
    };
    if (!s.empty() && (s[0] == '-' || s[0] == '+')) s.remove_prefix(1);
    const bool whole = digits();
    const bool point = take_char(s, '.');
    const bool fraction = point && digits();
    if (!whole && !fraction) return false;
    if (!take_char(s, 'e') && !take_char(s, 'E')) return s.empty();
    if (!s.empty() && (s[0] == '-' || s[0] == '+')) s.remove_prefix(1);
    return digits() && s.empty();
}

// Without underscores that stand between two digits; unchanged if one stands elsewhere.
std::string without_separators(std::string_view s) {
    std::string out;
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (s[i] != '_')
            out += s[i];
        else if (i == 0 || i + 1 == s.size() || !is_digit(s[i - 1]) || !is_digit(s[i + 1]))
            return std::string(s);
    }
    return out;
}

std::optional<Value> parse_float(std::string_view s) {
    if (!is_float(s)) return std::nullopt;
    const double d = std::strtod(std::string(s).c_str(), nullptr);
    if (std::isinf(d)) return std::nullopt;
    return d;
}

}  // namespace

Value resolve_plain(std::string_view text) {
    if (auto word = resolve_word(text)) return std::move(*word);
    const char first = text[0];
    if (first == '.') return parse_float(without_separators(text)).value_or(text);
    if (first != '-' && first != '+' && !is_digit(first)) return text;
    std::string plain(text);
    std::erase(plain, '_');
    if (auto n = parse_integer(plain)) return std::move(*n);
    return parse_float(plain).value_or(text);
}

std::optional<Value> resolve_tagged(std::string_view tag, std::string_view text) {
    if (!tag.starts_with(own_types)) return text;
    const std::string_view type = tag.substr(own_types.size());
    if (type == "binary") {
        if (auto bytes = from_base64(text)) return Value(std::move(*bytes));
        return std::nullopt;
    }
    const Value v = resolve_plain(text);
    const auto only_if = [&v](bool fits) { return fits ? std::optional(v) : std::nullopt; };
    if (type == "null") return only_if(v.is_null());
    if (type == "bool") return only_if(v.is_bool());
    if (type == "int") return only_if(v.is_integer());
    if (type == "float") return only_if(v.is_number());
    return text;
}

}  // namespace mizzen::json
