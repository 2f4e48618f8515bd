// SPDX-License-Identifier: Apache-2.0
// call_cost: what calls cost at run time. The numbers are those of kube-apiserver 1.37: rules that are within its
// budget must be within ours.
#include <cmath>
#include <map>

#include "mizzen/cel/equality.hpp"
#include "mizzen/cel/plan.hpp"

namespace mizzen::cel {
namespace {

using Kind = Value::Kind;

constexpr double traversal = 0.1, per_pattern_character = 0.25;
constexpr std::uint64_t list_creation = 10;

std::uint64_t rounded_up(double n) { return static_cast<std::uint64_t>(std::ceil(n)); }
std::uint64_t scan(std::uint64_t size) { return rounded_up(static_cast<double>(size) * traversal); }
std::uint64_t scan(const Value& v) { return scan(size_of(v)); }
std::uint64_t pattern_cost(std::uint64_t text, std::uint64_t pattern) {
    return rounded_up((1.0 + static_cast<double>(text)) * traversal) *
           rounded_up(static_cast<double>(pattern) * per_pattern_character);
}

// Every leaf of a value once.
std::uint64_t whole(const Value& v) {
    if (v.is(Kind::string)) return static_cast<std::uint64_t>(static_cast<double>(v.string().size()) * traversal);
    if (v.is(Kind::bytes)) return static_cast<std::uint64_t>(static_cast<double>(v.bytes().size()) * traversal);
    std::uint64_t sum = 0;
    if (v.is(Kind::list)) {
        for (std::size_t i = 0; i < v.list().size(); ++i) sum += whole(v.list().at(i));
        return sum;
    }
    if (!v.is(Kind::map)) return 1;
    for (auto& key : v.map().keys()) sum += whole(key) + whole(v.map().find(key).value_or(Value()));
    return sum;
}

enum class Rule {
    one,
    leaves,  // of the first argument
    scan_first,
    scan_first_twice,
    scan_result_twice,
    pattern,
    format,
    contains_address,
    contains_range,
};

const std::map<std::string_view, Rule>& function_rules() {
    static const auto rules = [] {
        std::map<std::string_view, Rule> out;
        auto add = [&](Rule rule, std::initializer_list<std::string_view> names) {
            for (auto name : names) out.emplace(name, rule);
        };
        add(Rule::leaves, {"isSorted", "sum", "max", "min", "indexOf", "lastIndexOf", "includes"});
        add(Rule::scan_first, {"url", "lowerAscii", "upperAscii", "substring", "trim", "cidr", "isIP", "isCIDR", "ip",
                               "quantity", "isQuantity", "semver", "isSemver"});
        add(Rule::scan_first_twice, {"replace", "split", "ip.isCanonical"});
        add(Rule::scan_result_twice, {"join"});
        add(Rule::pattern, {"find", "findAll"});
        add(Rule::format, {"validate"});
        add(Rule::contains_address, {"containsIP"});
        add(Rule::contains_range, {"containsCIDR"});
        return out;
    }();
    return rules;
}

std::uint64_t address_cost(bool is_range, std::string_view id, Arguments args) {
    auto own = size_of(args[0]);
    auto cost = scan(2 * own) + (is_range ? scan(own) + 1 : 0);
    return id.ends_with("_string") ? cost + scan(args[1]) : cost;
}

std::uint64_t by_function(Rule rule, std::string_view id, Arguments args, const Value& result) {
    switch (rule) {
        case Rule::one:
            return 1;
        case Rule::leaves:
            return whole(args[0]);
        case Rule::scan_first:
            return id == "cidr_ip" ? 1 : scan(args[0]);
        case Rule::scan_first_twice:
            return rounded_up(static_cast<double>(size_of(args[0])) * 2 * traversal);
        case Rule::scan_result_twice:
            return rounded_up(static_cast<double>(size_of(result)) * 2 * traversal);
        case Rule::pattern:
            return pattern_cost(size_of(args[0]), size_of(args[1]));
        case Rule::format:
            return pattern_cost(size_of(args[1]), size_of(args[0]));
        case Rule::contains_address:
            return address_cost(false, id, args);
        case Rule::contains_range:
            return address_cost(true, id, args);
    }
    return 1;
}

std::uint64_t allocated(double factor, std::uint64_t size) {
    return static_cast<std::uint64_t>(static_cast<double>(size) * (factor < 0 ? 1 : factor)) + 1 + list_creation;
}

// Each element with each.
std::uint64_t self_compared(const Value& v) {
    if (!v.is(Kind::list)) return 1;
    auto size = size_of(v);
    bool has_text = size > 0 && (v.list().at(0).is(Kind::string) || v.list().at(0).is(Kind::bytes));
    return allocated(has_text ? 2 + traversal : 2, size * size);
}

bool is_smaller_scan(std::string_view id) {
    if (id == "equals" || id == "not_equals") return true;
    bool is_order = id.starts_with("less_") || id.starts_with("greater_");
    return is_order && (id.ends_with("_string") || id.ends_with("_bytes"));
}

std::uint64_t by_overload(std::string_view id, Arguments args, const Value& result) {
    if (id == "lists_range" && args[0].is(Kind::integer))
        return allocated(1, static_cast<std::uint64_t>(std::max<std::int64_t>(args[0].integer(), 0)));
    if (id == "list_slice" || id == "list_reverse") return allocated(1, size_of(result));
    if (id == "list_flatten") return allocated(1, size_of(args[0]));
    if (id == "list_flatten_int")
        return allocated(args[1].is(Kind::integer) ? static_cast<double>(args[1].integer()) : 1, size_of(args[0]));
    if (id == "list_distinct" || (id.starts_with("list_") && id.ends_with("_sort"))) return self_compared(args[0]);
    if (id.ends_with("_sortByAssociatedKeys")) return self_compared(args[1]);
    if (id.starts_with("list_sets_")) {
        auto pairs = static_cast<double>(size_of(args[0]) * size_of(args[1]));
        return 1 + static_cast<std::uint64_t>(pairs * (id == "list_sets_equivalent_list" ? 2 : 1));
    }
    return 0;
}

std::uint64_t standard(std::string_view id, Arguments args) {
    if (id == "starts_with_string" || id == "ends_with_string") return scan(args[1]);
    if (id == "string_to_bytes" || id == "bytes_to_string" || id == "string_format" || id == "strings_quote")
        return scan(args[0]);
    if (id == "in_list") return size_of(args[1]);
    if (id == "add_string" || id == "add_bytes") return scan(size_of(args[0]) + size_of(args[1]));
    if (id == "matches" || id == "matches_string") return pattern_cost(size_of(args[0]), size_of(args[1]));
    if (id == "contains_string") return scan(args[0]) * scan(args[1]);
    return is_smaller_scan(id) ? scan(std::min(size_of(args[0]), size_of(args[1]))) : 1;
}

}  // namespace

std::uint64_t call_cost(const Overload* overload, std::string_view function, Arguments args, const Value& result) {
    std::string_view id = overload ? std::string_view(overload->id) : "";
    if (auto cost = by_overload(id, args, result)) return cost;
    auto& rules = function_rules();
    auto rule = rules.find(function);
    if (rule != rules.end()) return by_function(rule->second, id, args, result);
    if (function == "_==_" || function == "_!=_") {
        if (function == "_==_" && args[0].is(Kind::named)) return 1;
        return scan(std::min(size_of(args[0]), size_of(args[1])));
    }
    return standard(id, args);
}

}  // namespace mizzen::cel
