// SPDX-License-Identifier: Apache-2.0
// Quantities: "1Gi" as numbers.
#include "mizzen/base/quantity.hpp"

#include "mizzen/base/digits.hpp"
#include "mizzen/cel/function.hpp"

namespace mizzen::cel {
namespace {

using namespace types;

class QuantityValue : public Named {
  public:
    explicit QuantityValue(Quantity q) : quantity(q) {}
    const Type& type() const override {
        static const auto type = Type::structure("kubernetes.Quantity");
        return type;
    }
    bool equals(const Named& other) const override {
        return quantity == static_cast<const QuantityValue&>(other).quantity;
    }
    Quantity quantity;
};

Value made(Quantity q) { return std::static_pointer_cast<const Named>(std::make_shared<const QuantityValue>(q)); }
const Quantity& of(const Value& v) { return static_cast<const QuantityValue&>(v.named()).quantity; }

// Whether only the suffix is wrong.
bool has_form(std::string_view text) {
    if (!take_char(text, '-')) take_char(text, '+');
    auto skip = [&](auto wanted) {
        while (!text.empty() && wanted(text[0])) text.remove_prefix(1);
    };
    skip(is_digit);
    if (take_char(text, '.')) skip(is_digit);
    skip([](char c) { return std::string_view("eEinumkKMGTP").find(c) != std::string_view::npos; });
    if (!take_char(text, '-')) take_char(text, '+');
    skip(is_digit);
    return text.empty();
}

Value quantity(Arguments args) {
    auto text = args[0].string();
    if (auto q = parse_quantity(text)) return made(*q);
    if (!text.empty() && has_form(text)) return failure("unable to parse quantity's suffix");
    return failure("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
}
Value is_quantity(Arguments args) { return parse_quantity(args[0].string()).has_value(); }

std::int64_t order(Arguments args) {
    auto o = of(args[0]) <=> of(args[1]);
    return o < 0 ? -1 : o > 0 ? 1 : 0;
}
bool is_whole(const Quantity& q) { return Quantity::of(q.units()) == q; }

Value sign(Arguments args) {
    auto o = of(args[0]) <=> Quantity();
    return std::int64_t{o < 0 ? -1 : o > 0 ? 1 : 0};
}
Value is_greater(Arguments args) { return order(args) > 0; }
Value is_less(Arguments args) { return order(args) < 0; }
Value compare_to(Arguments args) { return order(args); }
Value as_float(Arguments args) { return of(args[0]).number(); }
Value is_integer(Arguments args) { return is_whole(of(args[0])); }
Value as_integer(Arguments args) {
    return is_whole(of(args[0])) ? Value(of(args[0]).units()) : failure("cannot convert value to integer");
}
Value add_quantity(Arguments args) { return made(of(args[0]) + of(args[1])); }
Value add_integer(Arguments args) { return made(of(args[0]) + Quantity::of(args[1].integer())); }
Value subtract_quantity(Arguments args) { return made(of(args[0]) - of(args[1])); }
Value subtract_integer(Arguments args) { return made(of(args[0]) - Quantity::of(args[1].integer())); }

}  // namespace

void add_quantities(Overloads& out) {
    auto q = Type::structure("kubernetes.Quantity");
    auto member = [&](const char* name, const char* id, std::vector<Type> more, Type result, Value (*fn)(Arguments)) {
        more.insert(more.begin(), q);
        out.push_back({name, id, true, std::move(more), std::move(result), fn});
    };
    out.push_back({"quantity", "string_to_quantity", false, {string()}, q, quantity});
    out.push_back({"isQuantity", "is_quantity_string", false, {string()}, boolean(), is_quantity});
    out.push_back({"sign", "quantity_sign", false, {q}, integer(), sign});
    member("isGreaterThan", "quantity_is_greater_than", {q}, boolean(), is_greater);
    member("isLessThan", "quantity_is_less_than", {q}, boolean(), is_less);
    member("compareTo", "quantity_compare_to", {q}, integer(), compare_to);
    member("asApproximateFloat", "quantity_get_float", {}, number(), as_float);
    member("asInteger", "quantity_get_int", {}, integer(), as_integer);
    member("isInteger", "quantity_is_integer", {}, boolean(), is_integer);
    member("add", "quantity_add", {q}, q, add_quantity);
    member("add", "quantity_add_int", {integer()}, q, add_integer);
    member("sub", "quantity_sub", {q}, q, subtract_quantity);
    member("sub", "quantity_sub_int", {integer()}, q, subtract_integer);
}

}  // namespace mizzen::cel
