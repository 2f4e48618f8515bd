// SPDX-License-Identifier: Apache-2.0
// check: from the leaves to the root.
#include "mizzen/cel/checker.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mizzen/cel/unify.hpp"

namespace mizzen::cel {
namespace {

using Kind = Expression::Kind;
using TypeKind = Type::Kind;

Type error_type() { return Type::simple(TypeKind::error); }

Type literal_type(const Literal& literal) {
    static constexpr TypeKind kinds[] = {
        TypeKind::null,   TypeKind::boolean, TypeKind::integer, TypeKind::unsigned_integer,
        TypeKind::number, TypeKind::string,  TypeKind::bytes};
    return Type::simple(kinds[literal.index()]);
}

// "a.b.c" of a chain of plain selections; "" of anything else.
std::string qualified_name(const Expression& e) {
    if (e.is(Kind::identifier)) return e.name;
    if (!e.is(Kind::select) || e.is_test) return "";
    auto operand = qualified_name(e.parts[0]);
    return operand.empty() ? "" : operand + "." + e.name;
}

class Checker {
  public:
    Checker(Checked& out, const Environment& environment) : out_(out), environment_(environment) {}

    void run() {
        check(out_.root);
        for (auto& type : out_.types) type = unifier_.resolve(type, true);
    }

  private:
    struct Local {
        std::string name;
        Type type;
    };

    void complain(const Expression& at, std::string message) {
        out_.issues.push_back({at.position, std::move(message)});
    }
    void undeclared(const Expression& at, std::string_view name) {
        complain(at, fmt::format("undeclared reference to '{}' (in container '')", name));
    }
    void mismatch(const Expression& at, const Type& expected, const Type& found) {
        complain(at, fmt::format("expected type '{}' but found '{}'", to_string(expected), to_string(found)));
    }

    Type& type(const Expression& e) { return out_.types[static_cast<std::size_t>(e.id)]; }
    void set(const Expression& e, Type t) { type(e) = std::move(t); }

    void check(Expression& e) {
        switch (e.kind) {
            case Kind::literal:
                return set(e, literal_type(e.literal));
            case Kind::identifier:
                return check_identifier(e);
            case Kind::select:
                return check_select(e);
            case Kind::call:
                return check_call(e);
            case Kind::list:
                return check_list(e);
            case Kind::map:
                return check_map(e);
            case Kind::structure:
                return check_structure(e);
            case Kind::comprehension:
                return check_comprehension(e);
        }
    }

    struct Found {
        std::optional<Type> type;
        bool is_type_name = false;
    };
    Found lookup(std::string_view name) const {
        bool is_absolute = name.starts_with('.');
        if (is_absolute) name.remove_prefix(1);
        for (auto local = locals_.rbegin(); !is_absolute && local != locals_.rend(); ++local) {
            if (local->name == name) return {local->type};
        }
        for (auto& v : environment_.variables()) {
            if (v.name == name) return {v.type};
        }
        if (auto* named = Environment::named_type(name)) return {Type::type_of(*named), true};
        return {};
    }

    bool resolve(Expression& e, const std::string& name) {
        auto found = lookup(name);
        if (!found.type) return false;
        set(e, *found.type);
        out_.is_type_name[static_cast<std::size_t>(e.id)] = found.is_type_name;
        e.kind = Kind::identifier;
        e.parts.clear();
        e.name = name.starts_with('.') ? name.substr(1) : name;
        return true;
    }

    void check_identifier(Expression& e) {
        if (resolve(e, std::string(e.name))) return;
        set(e, error_type());
        undeclared(e, e.name);
    }

    void check_select(Expression& e) {
        auto name = qualified_name(e);
        if (!name.empty() && resolve(e, name)) return;
        auto result = field_type(e, e.parts[0], e.name, false);
        set(e, e.is_test ? types::boolean() : unifier_.resolve(result));
    }

    Type field_type(const Expression& e, Expression& operand, const std::string& field, bool optional) {
        check(operand);
        auto target = unifier_.resolve(type(operand));
        bool was_optional = target.is_optional();
        if (was_optional) target = Type(target.parameters()[0]);
        Type result = error_type();
        if (target.is(TypeKind::map)) {
            result = target.parameters()[1];
        } else if (target.is(TypeKind::structure)) {
            auto* found = target.shape() ? target.shape()->find_escaped(field) : nullptr;
            if (found)
                result = cel::type_of(*found->shape, target.name() + "." + field);
            else
                complain(e, fmt::format("undefined field '{}'", field));
        } else {
            if (target.is(TypeKind::variable))
                unifier_.assign(Type(), target);
            else if (!target.is_dynamic_or_error())
                complain(e, fmt::format("type '{}' does not support field selection", to_string(target)));
            result = Type();
        }
        return was_optional || optional ? Type::optional(result) : result;
    }

    void check_call(Expression& e) {
        if (e.name == operators::optional_select) return check_optional_select(e);
        auto first = e.is_member ? 1U : 0U;
        for (std::size_t i = first; i < e.parts.size(); ++i) check(e.parts[i]);
        if (e.is_member) {
            auto prefix = qualified_name(e.parts[0]);
            auto full = prefix + "." + e.name;
            if (!prefix.empty() && environment_.library().find(full)) {
                e.name = full;
                e.is_member = false;
                e.parts.erase(e.parts.begin());
            } else {
                check(e.parts[0]);
            }
        }
        auto name = e.name.starts_with('.') ? e.name.substr(1) : e.name;
        auto* overloads = environment_.library().find(name);
        if (!overloads) {
            set(e, error_type());
            return undeclared(e, e.name);
        }
        e.name = name;
        choose(e, *overloads);
    }

    void check_optional_select(Expression& e) {
        auto& field = e.parts[1];
        auto* name = std::get_if<std::string>(&field.literal);
        auto result = field_type(e, e.parts[0], name ? *name : "", true);
        set(field, types::string());
        set(e, unifier_.resolve(result));
        out_.overloads[static_cast<std::size_t>(e.id)].push_back(&optional_select());
    }
    static const Overload& optional_select() {
        static const Overload overload{operators::optional_select,
                                       "select_optional_field",
                                       false,
                                       {types::dynamic(), types::string()},
                                       Type::optional(types::a())};
        return overload;
    }

    void choose(Expression& e, const std::vector<const Overload*>& overloads) {
        if (e.name == operators::logical_and || e.name == operators::logical_or) return check_logical(e, *overloads[0]);
        std::vector<Type> arguments;
        for (auto& part : e.parts) arguments.push_back(type(part));
        std::optional<Type> result;
        for (auto* overload : overloads) {
            if (overload->is_member != e.is_member) continue;
            auto signature = overload->parameters;
            signature.push_back(overload->result);
            signature = unifier_.instantiate(signature);
            auto own = signature.back();
            signature.pop_back();
            if (!unifier_.assign(arguments, signature)) continue;
            out_.overloads[static_cast<std::size_t>(e.id)].push_back(overload);
            own = unifier_.resolve(own);
            if (!result)
                result = own;
            else if (!result->is(TypeKind::dynamic) && !(own == *result))
                result = Type();
        }
        if (result) return set(e, *result);
        set(e, error_type());
        for (auto& a : arguments) a = unifier_.resolve(a, true);
        complain(e, fmt::format("found no matching overload for '{}' applied to '{}'", e.name,
                                signature_text(arguments, e.is_member)));
    }

    void check_logical(Expression& e, const Overload& overload) {
        bool well = true;
        for (auto& part : e.parts) {
            if (unifier_.assign(type(part), types::boolean())) continue;
            mismatch(part, types::boolean(), type(part));
            well = false;
        }
        if (well) out_.overloads[static_cast<std::size_t>(e.id)].push_back(&overload);
        set(e, well ? types::boolean() : error_type());
    }

    static std::string signature_text(const std::vector<Type>& arguments, bool is_member) {
        std::string out = is_member ? to_string(arguments[0]) + ".(" : "(";
        for (std::size_t i = is_member ? 1 : 0; i < arguments.size(); ++i)
            out += (out.back() == '(' ? "" : ", ") + to_string(arguments[i]);
        return out + ")";
    }

    // The type of a part that may be marked as optional.
    Type value_type(const Expression& part, bool optional) {
        auto t = unifier_.resolve(type(part));
        if (!optional) return t;
        if (t.is_optional()) return t.parameters()[0];
        if (!t.is(TypeKind::dynamic)) mismatch(part, Type::optional(t), t);
        return t;
    }
    // What does not go together is dynamic; check_literals has more to say about it.
    Type join(const std::optional<Type>& previous, const Type& current) {
        if (!previous) return current;
        return unifier_.assign(*previous, current) ? most_general(*previous, current) : Type();
    }

    void check_list(Expression& e) {
        std::optional<Type> element;
        for (std::size_t i = 0; i < e.parts.size(); ++i) {
            check(e.parts[i]);
            element = join(element, value_type(e.parts[i], e.is_optional(i)));
        }
        set(e, Type::list(element ? *element : unifier_.fresh()));
    }

    void check_map(Expression& e) {
        std::optional<Type> key, value;
        for (std::size_t i = 0; i + 1 < e.parts.size(); i += 2) {
            check(e.parts[i]);
            key = join(key, type(e.parts[i]));
            check(e.parts[i + 1]);
            value = join(value, value_type(e.parts[i + 1], e.is_optional(i / 2)));
        }
        set(e, key ? Type::map(*key, *value) : Type::map(unifier_.fresh(), unifier_.fresh()));
    }

    // No type of Kubernetes can be made this way.
    void check_structure(Expression& e) {
        auto* named = Environment::named_type(e.name);
        if (named)
            complain(e, fmt::format("'{}' is not a message type", named->name()));
        else
            undeclared(e, e.name);
        set(e, error_type());
        for (auto& part : e.parts) check(part);
    }

    void check_comprehension(Expression& e) {
        auto &range = e.parts[0], &start = e.parts[1], &condition = e.parts[2], &step = e.parts[3],
             &result = e.parts[4];
        check(range);
        check(start);
        auto range_type = unifier_.resolve(type(range));
        auto accumulator_type = type(start);
        locals_.push_back({e.accumulator, accumulator_type});
        auto [first, second] = element_types(e, range, range_type);
        locals_.push_back({e.name, first});
        if (!e.second.empty()) locals_.push_back({e.second, second});
        check(condition);
        expect(condition, types::boolean());
        check(step);
        expect(step, accumulator_type);
        locals_.resize(locals_.size() - (e.second.empty() ? 1 : 2));
        check(result);
        locals_.pop_back();
        set(e, unifier_.resolve(type(result)));
    }

    std::pair<Type, Type> element_types(const Expression& e, const Expression& range, const Type& range_type) {
        bool is_pair = !e.second.empty();
        if (range_type.is(TypeKind::list)) {
            auto& element = range_type.parameters()[0];
            return is_pair ? std::pair(types::integer(), element) : std::pair(element, Type());
        }
        if (range_type.is(TypeKind::map)) return {range_type.parameters()[0], range_type.parameters()[1]};
        if (range_type.is_dynamic_or_error() || range_type.is(TypeKind::variable)) {
            unifier_.assign(Type(), range_type);
            return {Type(), Type()};
        }
        complain(range, fmt::format("expression of type '{}' cannot be range of a comprehension (must be list, map, or "
                                    "dynamic)",
                                    to_string(range_type)));
        return {error_type(), error_type()};
    }

    void expect(const Expression& e, const Type& wanted) {
        if (!unifier_.assign(wanted, type(e))) mismatch(e, wanted, type(e));
    }

    Checked& out_;
    const Environment& environment_;
    Unifier unifier_;
    std::vector<Local> locals_;
};

bool names(const Expression& e, std::string_view variable) {
    if (e.is(Kind::identifier) && e.name == variable) return true;
    return std::any_of(e.parts.begin(), e.parts.end(), [&](auto& p) { return names(p, variable); });
}

}  // namespace

bool Checked::uses(std::string_view variable) const { return names(root, variable); }

Checked check(Parsed parsed, const Environment& environment) {
    Checked out;
    out.root = std::move(parsed.root);
    auto count = static_cast<std::size_t>(parsed.next_id);
    out.types.resize(count);
    out.overloads.resize(count);
    out.is_type_name.resize(count);
    Checker(out, environment).run();
    return out;
}

}  // namespace mizzen::cel
