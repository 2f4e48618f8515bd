// SPDX-License-Identifier: Apache-2.0
// == != < <= > >=: the same for all types that have an order; numbers of different types compare by value.
#include "mizzen/cel/equality.hpp"
#include "mizzen/cel/expression.hpp"
#include "mizzen/cel/function.hpp"

namespace mizzen::cel {
namespace {

using namespace types;

Value equals_call(Arguments args) { return equal(args[0], args[1]); }
Value differs_call(Arguments args) {
    auto e = equal(args[0], args[1]);
    return e.failed() ? e : Value(!e.boolean());
}

template <bool (*holds)(std::int64_t)>
Value ordered(Arguments args) {
    auto order = compare(args[0], args[1]);
    return order.failed() ? order : Value(holds(order.integer()));
}
bool below(std::int64_t n) { return n < 0; }
bool not_above(std::int64_t n) { return n <= 0; }
bool above(std::int64_t n) { return n > 0; }
bool not_below(std::int64_t n) { return n >= 0; }

struct Named {
    std::string_view name;
    Type type;
};

void add_ordering(Overloads& out, const char* function, std::string_view name, Value (*fn)(Arguments)) {
    const std::vector<Named> plain{{"bool", boolean()},        {"int64", integer()},    {"uint64", unsigned_integer()},
                                   {"double", number()},       {"string", string()},    {"bytes", bytes()},
                                   {"timestamp", timestamp()}, {"duration", duration()}};
    auto id = [&](const Named& x, const Named& y) {
        auto text = std::string(name).append("_").append(x.name);
        return x.name == y.name ? text : text.append("_").append(y.name);
    };
    auto is_number = [](const Named& n) { return n.name == "int64" || n.name == "uint64" || n.name == "double"; };
    for (auto& x : plain) {
        for (auto& y : plain) {
            bool allowed = x.name == y.name || (is_number(x) && is_number(y));
            if (allowed) out.push_back({function, id(x, y), false, {x.type, y.type}, boolean(), fn, true});
        }
    }
}

}  // namespace

void add_comparisons(Overloads& out) {
    using namespace operators;
    out.push_back({equals, "equals", false, {types::a(), types::a()}, boolean(), equals_call, true});
    out.push_back({not_equals, "not_equals", false, {types::a(), types::a()}, boolean(), differs_call, true});
    add_ordering(out, less, "less", ordered<below>);
    add_ordering(out, less_equals, "less_equals", ordered<not_above>);
    add_ordering(out, greater, "greater", ordered<above>);
    add_ordering(out, greater_equals, "greater_equals", ordered<not_below>);
}

}  // namespace mizzen::cel
