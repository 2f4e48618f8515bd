// SPDX-License-Identifier: Apache-2.0
// The steps of a program. Inner part of program.hpp.
#pragma once
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "mizzen/cel/checker.hpp"
#include "mizzen/cel/patterns.hpp"

namespace mizzen::cel {

struct Node {
    enum class Op : std::uint8_t {
        constant,
        variable,         // slot
        local,            // slot
        select,           // parts[0].name
        test,             // has(parts[0].name)
        optional_select,  // parts[0].?name
        index,            // parts[0][parts[1]]
        optional_index,
        logical_and,
        logical_or,
        conditional,
        not_strictly_false,
        call,
        optional_or,
        optional_or_value,
        member_of,  // parts[0] in a constant list
        list,
        map,
        fold,    // parts: range, start, condition, step, result
        append,  // to the accumulator in `slot`: parts, a list's elements
        bind,    // parts: value, body
    };
    Op op = Op::constant;
    bool is_attribute = false;  // costs one when it is looked at for itself
    bool has_second = false;    // fold
    std::size_t slot = 0;       // fold: of the accumulator; the variables follow
    Value value;
    std::string name, plain;  // as expressions and as JSON write it
    std::vector<Node> parts;
    std::vector<bool> optionals;
    std::vector<const Overload*> overloads;  // more than one where types are known only at run time
    const std::vector<const Overload*>* all = nullptr;
    std::shared_ptr<const Regex> regex;
    std::set<Value, KeyOrder> members;
};

struct Plan {
    Node root;
    std::size_t locals = 0;
    std::string problem;  // why there is no program
};
Plan plan(const Checked& checked, const Environment& environment);

// The result of an evaluation that spends at most `limit`.
struct Spent {
    Value value;
    std::uint64_t cost = 0;
    bool exceeded = false;
};
Spent evaluate(const Node& root, std::size_t locals, std::span<const Value> variables, std::uint64_t limit);

// What a call cost: by function and, where only one was possible, by overload.
std::uint64_t call_cost(const Overload* overload, std::string_view function, Arguments args, const Value& result);

}  // namespace mizzen::cel
