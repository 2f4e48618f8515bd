// SPDX-License-Identifier: Apache-2.0
// Expression: the tree that a text is parsed into. Macros are expanded; operators are calls.
// Source: the CEL language definition, https://github.com/google/cel-spec/blob/master/doc/langdef.md
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mizzen/cel/source.hpp"

namespace mizzen::cel {

// Bytes of a literal such as b"abc".
struct ByteText {
    std::string bytes;
    bool operator==(const ByteText&) const = default;
};

// The value of a literal.
using Literal = std::variant<std::nullptr_t, bool, std::int64_t, std::uint64_t, double, std::string, ByteText>;

struct Expression {
    enum class Kind : std::uint8_t {
        literal,
        identifier,     // name
        select,         // parts[0].name, or with `is_test` has(parts[0].name)
        call,           // name(parts…), or with `is_member` parts[0].name(parts[1]…)
        list,           // [parts…]
        map,            // {parts[0]: parts[1], …}
        structure,      // name{fields[0]: parts[0], …}
        comprehension,  // parts: range, start, condition, step, result
    };
    Kind kind = Kind::literal;
    bool is_test = false;
    bool is_member = false;
    int id = 0;  // its own in the tree, from 1
    Position position = no_position;
    std::string name;
    Literal literal;
    std::vector<Expression> parts;
    std::vector<bool> optionals;  // of list elements, map entries and fields: which were marked with ?; empty if none
    std::vector<std::string> fields;
    std::string second;       // comprehension: name is the first variable, this is the second or ""
    std::string accumulator;  // comprehension

    bool is(Kind k) const { return kind == k; }
    bool is_optional(std::size_t i) const { return i < optionals.size() && optionals[i]; }
};

// The names of operators when they are calls.
namespace operators {
inline constexpr const char* conditional = "_?_:_";
inline constexpr const char* logical_and = "_&&_";
inline constexpr const char* logical_or = "_||_";
inline constexpr const char* logical_not = "!_";
inline constexpr const char* equals = "_==_";
inline constexpr const char* not_equals = "_!=_";
inline constexpr const char* less = "_<_";
inline constexpr const char* less_equals = "_<=_";
inline constexpr const char* greater = "_>_";
inline constexpr const char* greater_equals = "_>=_";
inline constexpr const char* add = "_+_";
inline constexpr const char* subtract = "_-_";
inline constexpr const char* multiply = "_*_";
inline constexpr const char* divide = "_/_";
inline constexpr const char* modulo = "_%_";
inline constexpr const char* negate = "-_";
inline constexpr const char* index = "_[_]";
inline constexpr const char* optional_index = "_[?_]";
inline constexpr const char* optional_select = "_?._";
inline constexpr const char* in = "@in";
inline constexpr const char* not_strictly_false = "@not_strictly_false";
inline constexpr const char* map_insert = "cel.@mapInsert";
}  // namespace operators

// What is called as `_&&_` is written `&&`; "" for what is no binary operator.
std::string_view binary_symbol(std::string_view name);

// A parsed text: the tree and the number of its nodes' ids (all below `next_id`).
struct Parsed {
    Expression root;
    int next_id = 1;
    std::vector<Issue> issues;
    bool well() const { return issues.empty(); }
};

// Reads one expression. Everything that is wrong is in `issues`; then the tree may be incomplete. At most 100,000 code
// points; at most 250 levels of nesting.
Parsed parse(const Source& source);

// The tree as text that parses into the same tree; comprehensions are written as the macros they came from.
std::string to_string(const Expression& expression);

}  // namespace mizzen::cel
