// SPDX-License-Identifier: Apache-2.0
// find and findAll.
#include "mizzen/base/error.hpp"
#include "mizzen/base/utf8.hpp"
#include "mizzen/cel/finder.hpp"
#include "mizzen/cel/function.hpp"
#include "mizzen/cel/patterns.hpp"

namespace mizzen::cel {
namespace {

using namespace types;

// Matches do not overlap; an empty one right behind another does not count.
Value found(Arguments args, std::int64_t most, bool all) {
    auto pattern = compiled_pattern(args[1].string());
    if (!pattern.regex) return failure("Illegal regex: " + pattern.problem);
    Finder finder(args[1].string());
    auto text = args[0].string();
    std::vector<Value> out;
    std::size_t from = 0, last = std::string_view::npos;
    while (most < 0 || std::ssize(out) < most) {
        auto match = finder.find(text, from);
        if (!match) break;
        auto [begin, end] = *match;
        if (!all) return std::string(text.substr(begin, end - begin));
        if (begin != end || begin != last) out.emplace_back(std::string(text.substr(begin, end - begin)));
        last = end;
        if (begin == end && begin >= text.size()) break;
        from = begin == end ? end + std::max<std::size_t>(utf8_length_at(text, end), 1) : end;
    }
    return all ? Value(ListValue(std::move(out))) : Value(std::string());
}

Value find(Arguments args) { return found(args, -1, false); }
Value find_all(Arguments args) { return found(args, args.size() > 2 ? args[2].integer() : -1, true); }

}  // namespace

void add_regex(Overloads& out) {
    auto texts = Type::list(string());
    out.push_back({"find", "string_find_string", true, {string(), string()}, string(), find});
    out.push_back({"findAll", "string_find_all_string", true, {string(), string()}, texts, find_all});
    out.push_back({"findAll", "string_find_all_string_int", true, {string(), string(), integer()}, texts, find_all});
}

}  // namespace mizzen::cel
