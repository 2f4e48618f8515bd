// SPDX-License-Identifier: Apache-2.0
// Durations in Go's syntax, and ages as kubectl shows them.
#include <fmt/format.h>

#include <limits>

#include "mizzen/base/digits.hpp"
#include "mizzen/base/time.hpp"

namespace mizzen {
namespace {

constexpr std::uint64_t limit = std::uint64_t{1} << 63;  // the largest magnitude, that of the most negative duration

struct Unit {
    std::string_view name;
    std::uint64_t nanos;
};
// Longer names first where one begins with the other. Micro is written with either of the two signs U+00B5 and U+03BC.
constexpr Unit units[] = {{"ns", 1},         {"us", 1'000},        {"\u00b5s", 1'000},    {"\u03bcs", 1'000},
                          {"ms", 1'000'000}, {"s", 1'000'000'000}, {"m", 60'000'000'000}, {"h", 3'600'000'000'000}};

std::optional<std::uint64_t> take_unit(std::string_view& text) {
    const auto name = text.substr(0, std::min(text.find_first_of(".0123456789"), text.size()));
    for (const Unit& u : units)
        if (name == u.name) {
            text.remove_prefix(name.size());
            return u.nanos;
        }
    return std::nullopt;
}

// "12.5h": one number with its unit, in nanoseconds.
std::optional<std::uint64_t> take_part(std::string_view& text) {
    std::uint64_t whole = 0, fraction = 0;
    double scale = 1;
    bool any = false;
    for (; !text.empty() && is_digit(text[0]); text.remove_prefix(1), any = true) {
        if (whole > limit / 10) return std::nullopt;
        whole = whole * 10 + static_cast<std::uint64_t>(text[0] - '0');
        if (whole > limit) return std::nullopt;
    }
    if (take_char(text, '.'))
        for (; !text.empty() && is_digit(text[0]); text.remove_prefix(1), any = true) {
            if (fraction > (limit - 10) / 10) continue;  // finer than can be told apart
            fraction = fraction * 10 + static_cast<std::uint64_t>(text[0] - '0');
            scale *= 10;
        }
    const auto unit = any ? take_unit(text) : std::nullopt;
    if (!unit || whole > limit / *unit) return std::nullopt;
    // In floating point because Go does: "0.3333333333333333333h" has to be 20 minutes, not one nanosecond less.
    const auto rest = static_cast<std::uint64_t>(static_cast<double>(fraction) * (static_cast<double>(*unit) / scale));
    const std::uint64_t nanos = whole * *unit + rest;
    if (nanos > limit) return std::nullopt;
    return nanos;
}

// 1500 with unit 1000 reads "1.5": no trailing zeros.
std::string with_fraction(std::uint64_t value, std::uint64_t unit) {
    std::string out = std::to_string(value / unit);
    std::string digits;
    for (std::uint64_t rest = value % unit; unit > 1; rest %= unit) {
        unit /= 10;
        digits += static_cast<char>('0' + rest / unit);
    }
    digits.erase(digits.find_last_not_of('0') + 1);
    return digits.empty() ? out : out + "." + digits;
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
    const bool negative = !text.empty() && text[0] == '-';
    if (negative || (!text.empty() && text[0] == '+')) text.remove_prefix(1);
    if (text == "0") return Duration(0);
    if (text.empty()) return std::nullopt;
    std::uint64_t nanos = 0;
    while (!text.empty()) {
        const auto part = take_part(text);
        if (!part || nanos + *part > limit) return std::nullopt;
        nanos += *part;
    }
    if (nanos == limit && !negative) return std::nullopt;
    return Duration(static_cast<std::int64_t>(negative ? 0 - nanos : nanos));
}

std::string to_string(Duration d) {
    if (d.count() == 0) return "0s";
    const bool negative = d.count() < 0;
    const auto n = negative ? 0 - static_cast<std::uint64_t>(d.count()) : static_cast<std::uint64_t>(d.count());
    std::string out = negative ? "-" : "";
    if (n < 1'000) return out + std::to_string(n) + "ns";
    if (n < 1'000'000) return out + with_fraction(n, 1'000) + "\u00b5s";
    if (n < 1'000'000'000) return out + with_fraction(n, 1'000'000) + "ms";
    const std::uint64_t minutes = n / 60'000'000'000;
    if (minutes >= 60) out += std::to_string(minutes / 60) + "h";
    if (minutes > 0) out += std::to_string(minutes % 60) + "m";
    return out + with_fraction(n % 60'000'000'000, 1'000'000'000) + "s";
}

std::string to_age(Duration age) {
    // "3m20s", "4h", "12d": the smaller unit only where it is not zero.
    const auto two = [](std::int64_t big, char big_unit, std::int64_t small, char small_unit) {
        return small == 0 ? fmt::format("{}{}", big, big_unit)
                          : fmt::format("{}{}{}{}", big, big_unit, small, small_unit);
    };
    const std::int64_t s = age.count() / 1'000'000'000;
    if (s < -1) return "<invalid>";
    if (s < 0) return "0s";
    const std::int64_t m = s / 60, h = m / 60, d = h / 24, y = d / 365;
    if (s < 120) return fmt::format("{}s", s);
    if (m < 10) return two(m, 'm', s % 60, 's');
    if (h < 3) return fmt::format("{}m", m);
    if (h < 8) return two(h, 'h', m % 60, 'm');
    if (h < 48) return fmt::format("{}h", h);
    if (d < 8) return two(d, 'd', h % 24, 'h');
    if (y < 2) return fmt::format("{}d", d);
    if (y < 8) return two(y, 'y', d % 365, 'd');
    return fmt::format("{}y", y);
}

}  // namespace mizzen
