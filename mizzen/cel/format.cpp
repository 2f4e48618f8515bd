// SPDX-License-Identifier: Apache-2.0
// format_text.
#include "mizzen/cel/format.hpp"

#include <fmt/format.h>

#include <charconv>

#include "mizzen/base/digits.hpp"
#include "mizzen/cel/go_text.hpp"
#include "mizzen/cel/value.hpp"

namespace mizzen::cel {
namespace {

constexpr int most_digits = 1'000'000;

// A clause from the front of `text`, behind the percent sign.
std::string take_clause(std::string_view& text, FormatClause& out) {
    constexpr std::string_view before = "could not parse formatting clause: ";
    if (text[0] == '.') {
        text.remove_prefix(1);
        std::size_t size = 0;
        while (size < text.size() && is_digit(text[size])) ++size;
        auto digits = text.substr(0, size);
        auto refuse = [&](std::string_view why) {
            return fmt::format("{}error while parsing precision: {}", before, why);
        };
        if (size == text.size()) return refuse("could not find end of precision specifier");
        int precision = 0;
        auto [end, error] = std::from_chars(digits.data(), digits.data() + size, precision);
        if (error != std::errc() || precision > most_digits) {
            return refuse(fmt::format("error while converting precision to integer: strconv.Atoi: parsing {}: {}",
                                      go_quote(digits), digits.empty() ? "invalid syntax" : "value out of range"));
        }
        out.precision = precision;
        text.remove_prefix(size);
    }
    out.verb = text[0];
    text.remove_prefix(1);
    if (std::string_view("sdfebxXo").find(out.verb) != std::string_view::npos) return "";
    return fmt::format("{}unrecognized formatting clause \"{}\"", before, out.verb);
}

}  // namespace

Formatted format_text(std::string_view text, std::size_t count,
                      const std::function<Formatted(const FormatClause&, std::size_t)>& argument) {
    std::string out;
    std::size_t next = 0;
    auto refuse = [](std::string problem) { return Formatted{"", std::move(problem)}; };
    while (!text.empty()) {
        if (text[0] != '%' || text.starts_with("%%")) {
            out += text[0];
            text.remove_prefix(text[0] == '%' ? 2 : 1);
            continue;
        }
        if (text.size() > 1 && next >= count) return refuse(fmt::format("index {} out of range", next));
        text.remove_prefix(1);
        if (text.empty())
            return refuse(next >= count ? fmt::format("index {} out of range", next) : "unexpected end of string");
        FormatClause clause;
        if (auto problem = take_clause(text, clause); !problem.empty()) return refuse(std::move(problem));
        auto made = argument(clause, next++);
        if (!made.problem.empty()) return refuse("error during formatting: " + made.problem);
        out += made.text;
        if (out.size() > largest_text) return refuse("the text would be too large");
    }
    return {std::move(out), ""};
}

std::string wrong_argument(char verb, std::string_view type) {
    std::string_view what;
    switch (verb) {
        case 'd':
            what = "decimal clause can only be used on integers";
            break;
        case 'f':
            what = "fixed-point clause can only be used on doubles";
            break;
        case 'e':
            what = "scientific clause can only be used on doubles";
            break;
        case 'b':
            what = "only integers and bools can be formatted as binary";
            break;
        case 'x':
        case 'X':
            what = "only integers, byte buffers, and strings can be formatted as hex";
            break;
        case 'o':
            what = "octal clause can only be used on integers";
            break;
        default:
            what =
                "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, "
                "durations, and timestamps";
    }
    return fmt::format("{}, was given {}", what, type);
}

}  // namespace mizzen::cel
