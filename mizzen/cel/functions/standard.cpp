// SPDX-License-Identifier: Apache-2.0
// size, contains, startsWith, endsWith, matches.
#include <fmt/format.h>

#include "mizzen/cel/function.hpp"
#include "mizzen/cel/patterns.hpp"

namespace mizzen::cel {
namespace {

using Kind = Value::Kind;
using namespace types;

Value size_call(Arguments args) {
    auto k = args[0].kind();
    bool has_size = k == Kind::string || k == Kind::bytes || k == Kind::list || k == Kind::map;
    return has_size ? Value(static_cast<std::int64_t>(size_of(args[0]))) : failure("no such overload: size");
}

template <bool (*test)(std::string_view, std::string_view)>
Value text_test(Arguments args) {
    if (!args[0].is(Kind::string) || !args[1].is(Kind::string)) return no_such_overload();
    return test(args[0].string(), args[1].string());
}
bool has_part(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }
bool has_start(std::string_view text, std::string_view part) { return text.starts_with(part); }
bool has_end(std::string_view text, std::string_view part) { return text.ends_with(part); }

Value matches_call(Arguments args) {
    if (!args[0].is(Kind::string) || !args[1].is(Kind::string)) return no_such_overload();
    auto pattern = compiled_pattern(args[1].string());
    return pattern.regex ? Value(pattern.regex->search(args[0].string())) : failure(pattern.problem);
}

Value match_constant(Arguments args, const Regex& regex) {
    return args[0].is(Kind::string) ? Value(regex.search(args[0].string())) : no_such_overload();
}

}  // namespace

void add_standard_functions(Overloads& out) {
    auto list = Type::list(types::a()), map = Type::map(types::a(), types::b());
    auto size = [&](const char* global, const char* member, const Type& of) {
        out.push_back({"size", global, false, {of}, integer(), size_call, true});
        out.push_back({"size", member, true, {of}, integer(), size_call, true});
    };
    size("size_bytes", "bytes_size", bytes());
    size("size_list", "list_size", list);
    size("size_map", "map_size", map);
    size("size_string", "string_size", string());
    auto test = [&](const char* name, const char* id, bool is_member, Value (*fn)(Arguments)) {
        out.push_back({name, id, is_member, {string(), string()}, boolean(), fn, true});
    };
    test("contains", "contains_string", true, text_test<has_part>);
    test("endsWith", "ends_with_string", true, text_test<has_end>);
    test("startsWith", "starts_with_string", true, text_test<has_start>);
    test("matches", "matches", false, matches_call);
    out.back().match = match_constant;
    test("matches", "matches_string", true, matches_call);
    out.back().match = match_constant;
}

}  // namespace mizzen::cel
