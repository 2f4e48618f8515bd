// SPDX-License-Identifier: Apache-2.0
// Unifier: Hindley-Milner with a dynamic type that fits everything and null that fits objects.
#include "mizzen/cel/unify.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mizzen::cel {
namespace {

using Kind = Type::Kind;

bool takes_null(const Type& t) {
    return t.is(Kind::null) || t.is(Kind::opaque) || t.is(Kind::structure) || t.is(Kind::duration) ||
           t.is(Kind::timestamp);
}

bool says_no_more(const Type& a, const Type& b) {
    if (a.is(Kind::dynamic) || a.is(Kind::variable)) return true;
    if (b.is(Kind::dynamic) || b.is(Kind::variable) || a.kind() != b.kind()) return false;
    if (a.is(Kind::type)) return true;
    bool is_container = a.is(Kind::opaque) || a.is(Kind::list) || a.is(Kind::map);
    if (!is_container) return a == b;
    return a.name() == b.name() && std::equal(a.parameters().begin(), a.parameters().end(), b.parameters().begin(),
                                              b.parameters().end(), says_no_more);
}

Type with_parameters(const Type& type, std::vector<Type> parameters) {
    switch (type.kind()) {
        case Kind::list:
            return Type::list(std::move(parameters[0]));
        case Kind::map:
            return Type::map(std::move(parameters[0]), std::move(parameters[1]));
        case Kind::type:
            return Type::type_of(std::move(parameters[0]));
        default:
            return Type::opaque(type.name(), std::move(parameters));
    }
}

}  // namespace

const Type& most_general(const Type& a, const Type& b) { return says_no_more(a, b) ? a : b; }

Type Unifier::fresh() { return Type::variable(fmt::format("_var{}", next_++)); }

const Type* Unifier::bound(const Type& variable) const {
    auto found = bindings_.find(variable.name());
    return variable.is(Kind::variable) && found != bindings_.end() ? &found->second : nullptr;
}

bool Unifier::assign(const Type& from, const Type& to) { return assign(std::vector{from}, std::vector{to}); }

bool Unifier::assign(const std::vector<Type>& from, const std::vector<Type>& to) {
    auto before = bindings_;
    if (all_assignable(from, to)) return true;
    bindings_ = std::move(before);
    return false;
}

bool Unifier::all_assignable(const std::vector<Type>& from, const std::vector<Type>& to) {
    return from.size() == to.size() &&
           std::equal(from.begin(), from.end(), to.begin(), [&](auto& a, auto& b) { return assignable(a, b); });
}

bool Unifier::assignable(const Type& from, const Type& to) {
    if (to.is(Kind::variable)) {
        bool was_bound = false;
        if (substitute(from, to, was_bound)) return true;
        if (was_bound) return false;
    }
    if (from.is(Kind::variable)) {
        bool was_bound = false;
        return substitute(to, from, was_bound);
    }
    if (from.is_dynamic_or_error() || to.is_dynamic_or_error()) return true;
    if (from.is(Kind::null)) return takes_null(to);
    if (to.is(Kind::null)) return takes_null(from);
    if (from.kind() != to.kind()) return false;
    if (from.is(Kind::type)) return true;
    return from.name() == to.name() && all_assignable(from.parameters(), to.parameters());
}

// Whether `type` may be what the variable stands for.
bool Unifier::substitute(const Type& type, const Type& variable, bool& was_bound) {
    was_bound = true;
    if (type == variable) return true;
    if (auto* known = bound(variable)) {
        if (type == *known) return true;
        auto copy = *known;
        if (!assignable(type, copy)) return false;
        auto& general = most_general(type, copy);
        if (!occurs(variable, general)) bindings_.insert_or_assign(variable.name(), general);
        return true;
    }
    was_bound = false;
    if (occurs(variable, type)) return false;
    bindings_.insert_or_assign(variable.name(), type);
    return true;
}

bool Unifier::occurs(const Type& variable, const Type& type) const {
    if (type == variable) return true;
    if (type.is(Kind::variable)) {
        auto* known = bound(type);
        return known && occurs(variable, *known);
    }
    return std::any_of(type.parameters().begin(), type.parameters().end(),
                       [&](auto& p) { return occurs(variable, p); });
}

Type Unifier::resolve(const Type& type, bool close) const {
    if (auto* known = bound(type)) return resolve(*known, close);
    if (type.is(Kind::variable)) return close ? Type() : type;
    if (type.parameters().empty()) return type;
    std::vector<Type> parameters;
    for (auto& p : type.parameters()) parameters.push_back(resolve(p, close));
    return with_parameters(type, std::move(parameters));
}

std::vector<Type> Unifier::instantiate(const std::vector<Type>& types) {
    std::unordered_map<std::string, Type> fresh_for;
    auto replace = [&](auto& self, const Type& t) -> Type {
        if (t.is(Kind::variable)) {
            auto found = fresh_for.find(t.name());
            return found != fresh_for.end() ? found->second : fresh_for.emplace(t.name(), fresh()).first->second;
        }
        if (t.parameters().empty()) return t;
        std::vector<Type> parameters;
        for (auto& p : t.parameters()) parameters.push_back(self(self, p));
        return with_parameters(t, std::move(parameters));
    };
    std::vector<Type> out;
    for (auto& t : types) out.push_back(replace(replace, t));
    return out;
}

}  // namespace mizzen::cel
