// SPDX-License-Identifier: Apache-2.0
// Quantities from text, by arithmetic on decimal digits: no digit of any input is lost before rounding.
#include <algorithm>
#include <charconv>
#include <limits>

#include "mizzen/base/digits.hpp"
#include "mizzen/base/quantity.hpp"

namespace mizzen {
namespace {

using Format = Quantity::Format;

struct Suffix {
    int power_of_ten = 0;
    int power_of_two = 0;
    Format format = Format::decimal;
};

struct Named {
    std::string_view name;
    Suffix suffix;
};
constexpr Named named[] = {
    {"", {0}},
    {"n", {-9}},
    {"u", {-6}},
    {"m", {-3}},
    {"k", {3}},
    {"M", {6}},
    {"G", {9}},
    {"T", {12}},
    {"P", {15}},
    {"E", {18}},
    {"Ki", {0, 10, Format::binary}},
    {"Mi", {0, 20, Format::binary}},
    {"Gi", {0, 30, Format::binary}},
    {"Ti", {0, 40, Format::binary}},
    {"Pi", {0, 50, Format::binary}},
    {"Ei", {0, 60, Format::binary}},
};

std::optional<Suffix> parse_suffix(std::string_view s) {
    for (const Named& n : named)
        if (n.name == s) return n.suffix;
    if (s.size() < 2 || (s[0] != 'e' && s[0] != 'E')) return std::nullopt;
    s.remove_prefix(1);
    if (s[0] == '+') s.remove_prefix(1);
    if (s.empty() || s[0] == '+') return std::nullopt;
    int exponent = 0;
    const auto [end, error] = std::from_chars(s.begin(), s.end(), exponent);
    if (error != std::errc() || end != s.end() || exponent < -1'000'000 || exponent > 1'000'000) return std::nullopt;
    return Suffix{exponent, 0, Format::exponent};
}

// Digits of a decimal number times 2^power.
std::string times_power_of_two(std::string digits, int power) {
    if (power == 0) return digits;
    unsigned __int128 carry = 0;
    for (auto d = digits.rbegin(); d != digits.rend(); ++d) {
        carry += static_cast<unsigned __int128>(*d - '0') << power;
        *d = static_cast<char>('0' + static_cast<int>(carry % 10));
        carry /= 10;
    }
    std::string front;
    for (; carry != 0; carry /= 10) front += static_cast<char>('0' + static_cast<int>(carry % 10));
    return std::string(front.rbegin(), front.rend()) + digits;
}

// digits · 10^exponent as an integer, rounded away from zero; nothing from 10^38 on.
std::optional<__int128> shifted(std::string_view digits, std::int64_t exponent) {
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    const auto size = static_cast<std::int64_t>(digits.size());
    if (size == 0) return 0;
    if (size + exponent > 38) return std::nullopt;
    const std::int64_t kept = std::clamp<std::int64_t>(size + std::min<std::int64_t>(exponent, 0), 0, size);
    const bool inexact = digits.find_first_not_of('0', static_cast<std::size_t>(kept)) != std::string_view::npos;
    __int128 value = 0;
    for (const char d : digits.substr(0, static_cast<std::size_t>(kept))) value = value * 10 + (d - '0');
    for (std::int64_t i = 0; i < exponent; ++i) value *= 10;
    return value + (inexact ? 1 : 0);
}

std::string_view take_number(std::string_view& text) {
    std::size_t n = 0;
    while (n < text.size() && is_digit(text[n])) ++n;
    const std::string_view digits = text.substr(0, n);
    text.remove_prefix(n);
    return digits;
}

}  // namespace

std::optional<Quantity> parse_quantity(std::string_view text) {
    const bool negative = take_char(text, '-');
    if (!negative) take_char(text, '+');
    const std::string_view whole = take_number(text);
    const std::string_view fraction = take_char(text, '.') ? take_number(text) : std::string_view();
    const auto suffix = whole.empty() && fraction.empty() ? std::nullopt : parse_suffix(text);
    if (!suffix) return std::nullopt;
    const std::string digits = times_power_of_two(std::string(whole).append(fraction), suffix->power_of_two);
    constexpr int nano = 9;
    auto nanos =
        shifted(digits, std::int64_t{suffix->power_of_ten} + nano - static_cast<std::int64_t>(fraction.size()));
    constexpr __int128 billion = 1'000'000'000, most = std::numeric_limits<std::int64_t>::max() * billion;
    const bool binary = suffix->format == Format::binary;
    if (binary && (!nanos || *nanos > most)) nanos = most;
    if (!nanos) return std::nullopt;
    Quantity q;
    q.nanos_ = negative ? -*nanos : *nanos;
    q.format_ = binary && *nanos < billion ? Format::decimal : suffix->format;
    return q;
}

}  // namespace mizzen
