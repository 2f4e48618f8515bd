// SPDX-License-Identifier: Apache-2.0
// Functions: what can be called, with which types, and what it does.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "mizzen/base/regex.hpp"
#include "mizzen/cel/value.hpp"

namespace mizzen::cel {

using Arguments = std::span<const Value>;

// One signature of a function. Costs and estimates go by `id`.
struct Overload {
    std::string function;
    std::string id;
    bool is_member = false;
    std::vector<Type> parameters;  // of a member: the target first
    Type result;
    // Null for what the evaluator does itself: && || ?: and indexing.
    Value (*call)(Arguments) = nullptr;
    // Whether it works for values of other types, with a failure of its own, too.
    bool takes_any = false;
    // The same for a second argument that is a pattern and a constant.
    Value (*match)(Arguments, const Regex&) = nullptr;
};

// What the declarations of the libraries are written with.
namespace types {
inline Type boolean() { return Type::simple(Type::Kind::boolean); }
inline Type integer() { return Type::simple(Type::Kind::integer); }
inline Type unsigned_integer() { return Type::simple(Type::Kind::unsigned_integer); }
inline Type number() { return Type::simple(Type::Kind::number); }
inline Type string() { return Type::simple(Type::Kind::string); }
inline Type bytes() { return Type::simple(Type::Kind::bytes); }
inline Type timestamp() { return Type::simple(Type::Kind::timestamp); }
inline Type duration() { return Type::simple(Type::Kind::duration); }
inline Type null() { return Type::simple(Type::Kind::null); }
inline Type dynamic() { return {}; }
inline Type a() { return Type::variable("A"); }
inline Type b() { return Type::variable("B"); }
}  // namespace types

using Overloads = std::vector<Overload>;

// Whether an argument may be passed for a parameter: by kind, and by the first element of lists and maps.
bool fits(const Value& value, const Type& type);

// The libraries. Sources: CEL language definition; Kubernetes documentation, "CEL in Kubernetes", of which the facts
// are those of 1.37: bound to names and overload ids, as stored expressions and costs depend on them.
void add_operators(Overloads&);
void add_comparisons(Overloads&);
void add_conversions(Overloads&);
void add_standard_functions(Overloads&);  // size, contains, startsWith, endsWith, matches
void add_time_functions(Overloads&);
void add_optionals(Overloads&);
void add_strings(Overloads&);
void add_format(Overloads&);
void add_lists(Overloads&);            // isSorted, sum, min, max, indexOf, lastIndexOf
void add_list_extensions(Overloads&);  // slice, flatten, sort, distinct, reverse, lists.range
void add_sets(Overloads&);
void add_regex(Overloads&);
void add_urls(Overloads&);
void add_quantities(Overloads&);
void add_addresses(Overloads&);  // ip, cidr
void add_formats(Overloads&);    // format.named, format.dns1123Label, validate
void add_semver(Overloads&);

}  // namespace mizzen::cel
