// SPDX-License-Identifier: Apache-2.0
// check_format_call: the types of the arguments against the clauses.
#include "mizzen/cel/format_check.hpp"

#include <fmt/format.h>

#include "mizzen/cel/format.hpp"

namespace mizzen::cel {
namespace {

using Kind = Expression::Kind;
using TypeKind = Type::Kind;

bool takes(char verb, TypeKind kind) {
    bool is_whole = kind == TypeKind::integer || kind == TypeKind::unsigned_integer;
    switch (verb) {
        case 'd':
        case 'o':
            return is_whole;
        case 'f':
        case 'e':
            return kind == TypeKind::number || kind == TypeKind::string;
        case 'b':
            return is_whole || kind == TypeKind::boolean;
        case 'x':
        case 'X':
            return is_whole || kind == TypeKind::string || kind == TypeKind::bytes;
        default:
            return kind != TypeKind::opaque && kind != TypeKind::structure && kind != TypeKind::error;
    }
}

// The part of the argument that the clause does not take; the elements of lists and maps count for %s.
const Expression* misfit(const Checked& checked, char verb, const Expression& e) {
    auto& type = checked.type_of(e);
    bool is_object = type.is(TypeKind::structure) && type.shape();
    if (!type.is(TypeKind::dynamic) && (is_object || !takes(verb, type.kind()))) return &e;
    if (verb != 's' || (!e.is(Kind::list) && !e.is(Kind::map))) return nullptr;
    for (auto& part : e.parts) {
        if (auto* found = misfit(checked, verb, part)) return found;
    }
    return nullptr;
}

}  // namespace

void check_format_call(Checked& checked, const Expression& call) {
    auto* text = std::get_if<std::string>(&call.parts[0].literal);
    bool is_constant =
        call.parts.size() == 2 && call.parts[0].is(Kind::literal) && text && call.parts[1].is(Kind::list);
    if (!is_constant) return;
    auto& arguments = call.parts[1].parts;
    std::size_t used = 0;
    auto at = call.position;
    auto out = format_text(*text, arguments.size(), [&](const FormatClause& clause, std::size_t i) -> Formatted {
        used = i + 1;
        auto* wrong = misfit(checked, clause.verb, arguments[i]);
        if (!wrong) return {};
        at = wrong->position;
        return {"", wrong_argument(clause.verb, checked.type_of(*wrong).name())};
    });
    if (!out.problem.empty())
        checked.issues.push_back({at, out.problem});
    else if (arguments.size() > used)
        checked.issues.push_back(
            {call.position, fmt::format("too many arguments supplied to string.format (expected {}, "
                                        "got {})",
                                        used, arguments.size())});
}

}  // namespace mizzen::cel
