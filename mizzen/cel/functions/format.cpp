// SPDX-License-Identifier: Apache-2.0
// 'text'.format([arguments]): values as texts. Numbers are grouped and powers of ten written as Go's printer for
// English does it.
#include "mizzen/cel/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "mizzen/cel/function.hpp"
#include "mizzen/cel/go_text.hpp"
#include "mizzen/cel/times.hpp"

namespace mizzen::cel {
namespace {

using Kind = Value::Kind;
using namespace types;

Formatted refused(char verb, const Value& v) { return {"", wrong_argument(verb, run_time_type(v).name())}; }

std::string with_commas(std::string digits) {
    auto end = std::min(digits.find('.'), digits.size());
    auto begin = digits.starts_with('-') ? 1U : 0U;
    for (auto at = end; at > begin + 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

std::string special(double n) { return std::isnan(n) ? "NaN" : n > 0 ? "∞" : "-∞"; }

// A number, or one of the three texts that stand for one.
std::optional<double> number_of(const Value& v) {
    if (v.is(Kind::number)) return v.number();
    if (!v.is(Kind::string)) return std::nullopt;
    if (v.string() == "NaN") return std::nan("");
    if (v.string() == "Infinity") return HUGE_VAL;
    return v.string() == "-Infinity" ? std::optional(-HUGE_VAL) : std::nullopt;
}

std::string fixed(double n, int precision) {
    return std::isfinite(n) ? with_commas(fmt::format("{:.{}f}", n, precision)) : special(n);
}

// The precision counts as the least width.
std::string scientific(double n, int width) {
    std::string out;
    std::size_t columns = 0;
    if (!std::isfinite(n)) {
        out = special(n);
        columns = 1;
    } else {
        auto plain = fmt::format("{:.6e}", n);
        auto e = plain.find('e');
        out = plain.substr(0, e) + "×10";
        static constexpr std::array<std::string_view, 10> raised{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
        for (char c : plain.substr(e + 1)) {
            if (c == '-') out += "⁻";
            if (c >= '0' && c <= '9') out += raised[static_cast<std::size_t>(c - '0')];
        }
        columns = plain.size() + 1;
    }
    auto missing = static_cast<std::size_t>(width) > columns ? static_cast<std::size_t>(width) - columns : 0;
    return std::string(missing, ' ') + out;
}

std::string in_base(const Value& v, std::string_view spec) {
    if (v.is(Kind::unsigned_integer)) return fmt::format(fmt::runtime(spec), v.unsigned_integer());
    auto n = v.integer();
    auto size = n < 0 ? 0 - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
    return (n < 0 ? "-" : "") + fmt::format(fmt::runtime(spec), size);
}

std::string hex(std::string_view bytes, bool upper) {
    std::string out;
    for (char c : bytes) out += fmt::format(fmt::runtime(upper ? "{:02X}" : "{:02x}"), static_cast<unsigned char>(c));
    return out;
}

Formatted text_of(const Value& v);

// An element of a list or map, as it would stand in an expression.
Formatted element(const Value& v) {
    switch (v.kind()) {
        case Kind::string:
            return {go_quote(v.string()), ""};
        case Kind::bytes:
            return {"b" + go_quote(v.bytes()), ""};
        case Kind::timestamp:
            return {fmt::format("timestamp({})", go_quote(to_string(v.timestamp()))), ""};
        case Kind::duration:
            return {fmt::format("duration({})", go_quote(seconds_text(v.duration()))), ""};
        case Kind::number:
            if (!std::isfinite(v.number())) return {go_quote(go_float(v.number())), ""};
            return {fmt::format("{:.6f}", v.number()), ""};
        case Kind::optional:
        case Kind::named:
        case Kind::hidden:
            return {"", fmt::format("no formatting function for {}", run_time_type(v).name())};
        default:
            return text_of(v);
    }
}

Formatted list_text(const ListValue& list) {
    std::string out = "[";
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto each = element(list.at(i));
        if (!each.problem.empty()) return each;
        out += (i > 0 ? ", " : "") + each.text;
    }
    return {out + "]", ""};
}

Formatted map_text(const MapValue& map) {
    std::vector<std::pair<std::string, std::string>> entries;
    for (auto& key : map.keys()) {
        bool can_be_key =
            key.is(Kind::string) || key.is(Kind::boolean) || key.is(Kind::integer) || key.is(Kind::unsigned_integer);
        if (!can_be_key)
            return {"", fmt::format("no formatting function for map key of type {}", run_time_type(key).name())};
        auto value = map.find(key);
        if (!value) return {"", fmt::format("could not find key: {}", go_quote(shown(key)))};
        auto each = element(*value);
        if (!each.problem.empty()) return each;
        entries.emplace_back(element(key).text, std::move(each.text));
    }
    std::sort(entries.begin(), entries.end());
    std::string out = "{";
    for (auto& [key, value] : entries) out += (out.size() > 1 ? ", " : "") + key + ":" + value;
    return {out + "}", ""};
}

Formatted text_of(const Value& v) {
    switch (v.kind()) {
        case Kind::list:
            return list_text(v.list());
        case Kind::map:
            return map_text(v.map());
        case Kind::optional:
        case Kind::named:
        case Kind::hidden:
            return refused('s', v);
        case Kind::failure:
            return {"", v.message()};
        default:
            return {shown(v), ""};
    }
}

Formatted format_one(const FormatClause& clause, const Value& v) {
    bool is_whole = v.is(Kind::integer) || v.is(Kind::unsigned_integer);
    auto n = number_of(v);
    switch (clause.verb) {
        case 'd':
            return is_whole ? Formatted{shown(v), ""} : refused('d', v);
        case 'f':
            return n ? Formatted{fixed(*n, clause.precision.value_or(6)), ""} : refused('f', v);
        case 'e':
            return n ? Formatted{scientific(*n, clause.precision.value_or(6)), ""} : refused('e', v);
        case 'b':
            if (v.is(Kind::boolean)) return {v.boolean() ? "1" : "0", ""};
            return is_whole ? Formatted{in_base(v, "{:b}"), ""} : refused('b', v);
        case 'o':
            return is_whole ? Formatted{in_base(v, "{:o}"), ""} : refused('o', v);
        case 'x':
        case 'X': {
            bool upper = clause.verb == 'X';
            if (v.is(Kind::string)) return {hex(v.string(), upper), ""};
            if (v.is(Kind::bytes)) return {hex(v.bytes(), upper), ""};
            return is_whole ? Formatted{in_base(v, upper ? "{:X}" : "{:x}"), ""} : refused('x', v);
        }
        default:
            return text_of(v);
    }
}

Value format(Arguments args) {
    auto& list = args[1].list();
    auto out = format_text(args[0].string(), list.size(),
                           [&](const FormatClause& clause, std::size_t i) { return format_one(clause, list.at(i)); });
    return out.problem.empty() ? Value(std::move(out.text)) : failure(std::move(out.problem));
}

}  // namespace

void add_format(Overloads& out) {
    out.push_back({"format", "string_format", true, {string(), Type::list(dynamic())}, string(), format});
}

}  // namespace mizzen::cel
