// SPDX-License-Identifier: Apache-2.0
// check_literals: constants whose use is bound to fail are refused when the expression is written.
#include <fmt/format.h>

#include "mizzen/base/time.hpp"
#include "mizzen/cel/checker.hpp"
#include "mizzen/cel/format_check.hpp"
#include "mizzen/cel/patterns.hpp"
#include "mizzen/cel/times.hpp"

namespace mizzen::cel {
namespace {

using Kind = Expression::Kind;

// Calls of `visit` with every node, parents before children, and whether it stands in an argument of format().
template <class Visit>
void walk(const Expression& e, bool in_format, const Visit& visit) {
    visit(e, in_format);
    bool inside = in_format || (e.is(Kind::call) && e.name == "format");
    for (auto& part : e.parts) walk(part, inside, visit);
}

bool fits_years(std::int64_t seconds) { return seconds >= earliest_second && seconds <= latest_second; }

bool is_bad_argument(std::string_view function, const Literal& literal) {
    auto* text = std::get_if<std::string>(&literal);
    if (function == "matches") return text && !compiled_pattern(*text).regex;
    if (function == "duration") return text && !parse_duration(*text);
    if (auto* n = std::get_if<std::int64_t>(&literal)) return !fits_years(*n);
    if (!text) return false;
    auto time = parse_date_time(*text);
    return !time || !fits_years(time->seconds);
}

// The argument is the first one behind the target, as the real server counts: matches('a', 'b') is not looked at.
void check_constants(Checked& checked, std::string_view function) {
    walk(checked.root, false, [&](const Expression& e, bool) {
        if (!e.is(Kind::call) || e.name != function) return;
        std::size_t at = e.is_member ? 1 : 0;
        if (e.parts.size() <= at || !e.parts[at].is(Kind::literal)) return;
        if (is_bad_argument(function, e.parts[at].literal))
            checked.issues.push_back({e.parts[at].position, fmt::format("invalid {} argument", function)});
    });
}

Type part_type(const Checked& checked, const Expression& part, bool optional) {
    auto& type = checked.type_of(part);
    return optional && !type.parameters().empty() ? type.parameters()[0] : type;
}

void check_uniform(Checked& checked) {
    auto compare = [&](const Expression& at, const Type& wanted, const Type& found) {
        if (wanted == found) return true;
        checked.issues.push_back(
            {at.position, fmt::format("expected type '{}' but found '{}'", to_string(wanted), to_string(found))});
        return false;
    };
    walk(checked.root, false, [&](const Expression& e, bool in_format) {
        if (in_format || e.parts.empty()) return;
        if (e.is(Kind::list)) {
            auto wanted = part_type(checked, e.parts[0], e.is_optional(0));
            for (std::size_t i = 1; i < e.parts.size(); ++i) {
                if (!compare(e.parts[i], wanted, part_type(checked, e.parts[i], e.is_optional(i)))) break;
            }
        } else if (e.is(Kind::map)) {
            auto key = part_type(checked, e.parts[0], false), value = part_type(checked, e.parts[1], e.is_optional(0));
            for (std::size_t i = 2; i + 1 < e.parts.size(); i += 2) {
                compare(e.parts[i], key, part_type(checked, e.parts[i], false));
                compare(e.parts[i + 1], value, part_type(checked, e.parts[i + 1], e.is_optional(i / 2)));
            }
        }
    });
}

}  // namespace

void check_literals(Checked& checked) {
    for (std::string_view function : {"duration", "timestamp", "matches"}) check_constants(checked, function);
    check_uniform(checked);
    walk(checked.root, false, [&](const Expression& e, bool) {
        if (e.is(Kind::call) && e.is_member && e.name == "format") check_format_call(checked, e);
    });
}

}  // namespace mizzen::cel
