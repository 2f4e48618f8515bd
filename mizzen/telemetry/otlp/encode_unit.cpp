// SPDX-License-Identifier: Apache-2.0
// Units in words to UCUM codes.
#include "mizzen/telemetry/otlp/detail/encode_unit.hpp"

#include <algorithm>
#include <iterator>

namespace mizzen::telemetry::otlp {
namespace {

struct Unit {
    std::string_view word, code;
};

constexpr Unit units[] = {
    {"seconds", "s"}, {"bytes", "By"},       {"ratio", "1"},   {"percent", "%"},       {"celsius", "Cel"},
    {"meters", "m"},  {"grams", "g"},        {"joules", "J"},  {"volts", "V"},         {"amperes", "A"},
    {"watts", "W"},   {"hertz", "Hz"},       {"bits", "bit"},  {"milliseconds", "ms"}, {"microseconds", "us"},
    {"days", "d"},    {"nanoseconds", "ns"}, {"hours", "h"},   {"minutes", "min"},     {"kibibytes", "KiBy"},
    {"weeks", "wk"},  {"mebibytes", "MiBy"}, {"months", "mo"}, {"gibibytes", "GiBy"},  {"kilobytes", "kBy"},
    {"years", "a"},   {"tebibytes", "TiBy"}, {"kelvin", "K"},  {"terabytes", "TBy"},   {"megabytes", "MBy"},
    {"liters", "L"},  {"gigabytes", "GBy"},
};

std::string_view code_of(std::string_view word) {
    const auto* found = std::ranges::find(units, word, &Unit::word);
    return found == std::end(units) ? word : found->code;
}

// After "per" the word is in the singular.
std::string_view code_of_one(std::string_view word) {
    const auto is_one = [&](const Unit& unit) {
        return unit.word.ends_with('s') && unit.word.substr(0, unit.word.size() - 1) == word;
    };
    const auto* found = std::ranges::find_if(units, is_one);
    return found == std::end(units) ? word : found->code;
}

}  // namespace

std::string to_ucum(std::string_view unit) {
    constexpr std::string_view per = "_per_";
    const std::size_t at = unit.find(per);
    if (at == unit.npos) return std::string(code_of(unit));
    std::string out(code_of(unit.substr(0, at)));
    out += '/';
    out += code_of_one(unit.substr(at + per.size()));
    return out;
}

}  // namespace mizzen::telemetry::otlp
