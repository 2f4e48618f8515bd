// SPDX-License-Identifier: Apache-2.0
#include "mizzen/telemetry/semconv/prometheus_name.hpp"

#include <algorithm>
#include <iterator>

namespace mizzen::telemetry::semconv {
namespace {

struct Unit {
    std::string_view code, many, one;
};

// The specification's table, and the units that its neighbours use as well.
constexpr Unit units[] = {
    {"s", "seconds", "second"},
    {"ms", "milliseconds", "millisecond"},
    {"us", "microseconds", "microsecond"},
    {"ns", "nanoseconds", "nanosecond"},
    {"min", "minutes", "minute"},
    {"h", "hours", "hour"},
    {"d", "days", "day"},
    {"wk", "weeks", "week"},
    {"mo", "months", "month"},
    {"a", "years", "year"},
    {"By", "bytes", "byte"},
    {"KiBy", "kibibytes", "kibibyte"},
    {"MiBy", "mebibytes", "mebibyte"},
    {"GiBy", "gibibytes", "gibibyte"},
    {"TiBy", "tebibytes", "tebibyte"},
    {"kBy", "kilobytes", "kilobyte"},
    {"MBy", "megabytes", "megabyte"},
    {"GBy", "gigabytes", "gigabyte"},
    {"TBy", "terabytes", "terabyte"},
    {"bit", "bits", "bit"},
    {"m", "meters", "meter"},
    {"g", "grams", "gram"},
    {"L", "liters", "liter"},
    {"V", "volts", "volt"},
    {"A", "amperes", "ampere"},
    {"J", "joules", "joule"},
    {"W", "watts", "watt"},
    {"Hz", "hertz", "hertz"},
    {"Cel", "celsius", "celsius"},
    {"K", "kelvin", "kelvin"},
    {"%", "percent", "percent"},
    {"1", "", ""},
};

// Letters, digits, and '_' for runs of everything else, to be joined with '_'.
void append_allowed(std::string& out, std::string_view text, bool colon_is_allowed) {
    for (const char c : text) {
        const bool is_allowed =
            telemetry::detail::is_letter(c) || telemetry::detail::is_number(c) || (c == ':' && colon_is_allowed);
        if (is_allowed) {
            out += c;
        } else if (!out.ends_with('_')) {
            out += '_';
        }
    }
}

std::string allowed(std::string_view text, bool colon_is_allowed) {
    std::string out;
    if (!text.empty() && telemetry::detail::is_number(text[0])) out = "_";
    append_allowed(out, text, colon_is_allowed);
    return out;
}

// {packet} says what is counted, not in what.
std::string without_annotations(std::string_view unit) {
    std::string out;
    bool is_inside = false;
    for (const char c : unit) {
        if (c == '{') is_inside = true;
        if (!is_inside && c != ' ') out += c;
        if (c == '}') is_inside = false;
    }
    return out;
}

std::string word(std::string_view code, std::string_view Unit::* form) {
    const auto* found = std::ranges::find(units, code, &Unit::code);
    if (found != std::end(units)) return std::string(found->*form);
    std::string out;
    append_allowed(out, code, false);
    out.erase(0, out.find_first_not_of('_'));
    return out.substr(0, out.find_last_not_of('_') + 1);
}

void append_word(std::string& name, std::string_view word) {
    if (word.empty() || name == word) return;
    if (name.ends_with(word) && name[name.size() - word.size() - 1] == '_') return;
    if (!name.ends_with('_')) name += '_';
    name += word;
}

}  // namespace

std::string prometheus_unit(std::string_view ucum) {
    const std::string unit = without_annotations(ucum);
    const std::size_t slash = std::min(unit.find('/'), unit.size());
    std::string out = word(std::string_view(unit).substr(0, slash), &Unit::many);
    if (slash == unit.size()) return out;
    if (const std::string per = word(std::string_view(unit).substr(slash + 1), &Unit::one); !per.empty()) {
        if (!out.empty()) out += '_';
        out += "per_" + per;
    }
    return out;
}

std::string prometheus_label(std::string_view name) { return allowed(name, false); }

std::string prometheus_name(std::string_view name, std::string_view unit, MetricType type) {
    if (name.empty()) return {};
    std::string out(family_name(type, allowed(name, true)));
    if (out.empty()) out = "_";
    append_word(out, type == MetricType::gauge && unit == "1" ? "ratio" : prometheus_unit(unit));
    if (type == MetricType::counter) append_word(out, "total");
    if (type == MetricType::info) append_word(out, "info");
    return out;
}

}  // namespace mizzen::telemetry::semconv
