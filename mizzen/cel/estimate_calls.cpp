// SPDX-License-Identifier: Apache-2.0
// estimate_call: by overload for lists and sets, else by function, else by the rules of the standard functions.
#include "mizzen/cel/estimate_calls.hpp"

#include <cmath>

namespace mizzen::cel {
namespace {

using Args = std::vector<Operand>;
using Estimate = std::optional<CallEstimate>;

constexpr double traversal = 0.1, per_pattern_character = 0.25;
constexpr std::uint64_t list_creation = 10;
constexpr double longest_named_pattern = 128;

CallEstimate one() { return {Bounds::exactly(1), std::nullopt}; }
CallEstimate scan(Bounds size) { return {size * traversal, std::nullopt}; }
CallEstimate transform(Bounds size) { return {size * traversal, size}; }

std::uint64_t literal_or(const Operand& o, std::uint64_t otherwise) {
    auto* n = o.expression ? std::get_if<std::int64_t>(&o.expression->literal) : nullptr;
    bool is_literal = n && o.expression->is(Expression::Kind::literal);
    return is_literal ? static_cast<std::uint64_t>(std::max<std::int64_t>(*n, 0)) : otherwise;
}

CallEstimate allocating(double factor, Bounds size) {
    return {size * factor + Bounds::exactly(1 + list_creation), size};
}

CallEstimate sorting(const Operand& keys, std::string_view id) {
    bool has_text = id.starts_with("list_string_") || id.starts_with("list_bytes_");
    return allocating(has_text ? 2 + traversal : 2, keys.size * keys.size);
}

Estimate by_overload(std::string_view id, const Operand* target, const Args& args) {
    if (id.starts_with("list_sets_") && args.size() == 2) {
        double factor = id == "list_sets_equivalent_list" ? 2 : 1;
        return CallEstimate{args[0].size * args[1].size * factor + Bounds::exactly(1), std::nullopt};
    }
    if (id == "lists_range") return allocating(1, Bounds::exactly(literal_or(args[0], UINT64_MAX)));
    if (!target) return std::nullopt;
    if (id == "list_slice") {
        auto begin = literal_or(args[0], 0), end = literal_or(args[1], target->size.most);
        return allocating(1, Bounds::exactly(end - begin));
    }
    if (id == "list_reverse") return allocating(1, target->size);
    if (id == "list_flatten") return allocating(1, target->size);
    if (id == "list_flatten_int") return allocating(static_cast<double>(literal_or(args[0], UINT64_MAX)), target->size);
    if (id == "list_distinct") return allocating(2, target->size * target->size);
    if (id.starts_with("list_") && id.ends_with("_sort")) return sorting(*target, id);
    if (id.ends_with("_sortByAssociatedKeys")) return sorting(args[0], id);
    return std::nullopt;
}

// The longest and the shortest that replacing can make of a text.
Bounds replaced_size(Bounds size, Bounds old, Bounds with) {
    Bounds count, kept;
    if (old.least == 0) {
        count.most = plus(size.most, 1);
        kept.most = size.most;
    } else if (with.most <= old.least) {
        kept.most = size.most;
    } else {
        count.most =
            static_cast<std::uint64_t>(std::ceil(static_cast<double>(size.most) / static_cast<double>(old.least)));
    }
    if (old.most == 0) {
        count.least = plus(size.least, 1);
        kept.least = size.least;
    } else if (old.most <= with.least) {
        kept.least = size.least;
    } else {
        count.least =
            static_cast<std::uint64_t>(std::ceil(static_cast<double>(size.least) / static_cast<double>(old.most)));
    }
    return count * with + kept;
}

// Each element is looked at once, or the text if it is none.
Estimate looking_through(const Operand* target) {
    if (!target) return std::nullopt;
    if (!target->element) return scan(target->size);
    auto each = Bounds::exactly(1);
    auto kind = target->type.parameters()[0].kind();
    if (kind == Type::Kind::string || kind == Type::Kind::bytes) each = each + *target->element * traversal;
    return CallEstimate{target->size * each, std::nullopt};
}

Bounds pattern_cost(Bounds text, Bounds pattern) {
    return (text + Bounds::exactly(1)) * traversal * (pattern * per_pattern_character);
}

Estimate joined(const Operand* target, const Args& args) {
    if (!target) return std::nullopt;
    Bounds size = target->element ? target->size * *target->element : Bounds();
    if (!args.empty()) {
        auto count = target->size;
        size = size + args[0].size * Bounds{count.least > 0 ? count.least - 1 : 0, count.most > 0 ? count.most - 1 : 0};
    }
    return CallEstimate{size * traversal, size};
}

Estimate containing(std::string_view id, bool is_range, const Args& args) {
    if (args.empty()) return std::nullopt;
    Bounds size{4, 16};
    auto cost = (size + size) * traversal;
    if (is_range) cost = cost + size * traversal + Bounds::exactly(1);
    if (id.ends_with("_string")) cost = cost + args[0].size * traversal;
    return CallEstimate{cost, std::nullopt};
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

Estimate texts(std::string_view f, const Operand* target, const Args& args) {
    if (is_one_of(f, {"lowerAscii", "upperAscii", "substring", "trim"}) && target) return transform(target->size);
    if (f == "url" && args.size() == 1) return transform(args[0].size);
    if (f == "replace" && target && args.size() >= 2) {
        auto size = replaced_size(target->size, args[0].size, args[1].size);
        return CallEstimate{target->size * (2 * traversal), size};
    }
    if (f == "split" && target) {
        auto most = args.size() > 1 ? literal_or(args[1], target->size.most) : target->size.most;
        return CallEstimate{target->size * (2 * traversal), Bounds{0, most}};
    }
    if (f == "join") return joined(target, args);
    if (is_one_of(f, {"find", "findAll"}) && target && !args.empty())
        return CallEstimate{pattern_cost(target->size, args[0].size), Bounds{0, target->size.most}};
    return std::nullopt;
}

Estimate by_function(std::string_view f, std::string_view id, const Operand* target, const Args& args) {
    if (is_one_of(f, {"isSorted", "sum", "max", "min", "indexOf", "lastIndexOf"})) return looking_through(target);
    if (auto found = texts(f, target, args)) return found;
    if (f == "ip" && id == "cidr_ip") return one();
    bool reads_text = is_one_of(f, {"cidr", "isIP", "isCIDR", "ip", "quantity", "isQuantity", "semver", "isSemver"});
    if (reads_text && !args.empty()) return scan(args[0].size);
    if (f == "ip.isCanonical" && !args.empty()) return CallEstimate{args[0].size * (2 * traversal), std::nullopt};
    if (f == "containsIP") return containing(id, false, args);
    if (f == "containsCIDR") return containing(id, true, args);
    if (f == "validate" && !args.empty()) {
        auto cost = args[0].size * traversal * (longest_named_pattern * per_pattern_character);
        return CallEstimate{cost, std::nullopt};
    }
    return std::nullopt;
}

// Values of named types are compared in one step; formats and URLs by their texts.
Estimate equality(const Args& args) {
    auto& type = args[0].type;
    if (!(type == args[1].type)) return std::nullopt;
    bool is_named = type.is(Type::Kind::opaque) || (type.is(Type::Kind::structure) && !type.shape());
    if (!is_named || type.is_optional()) return std::nullopt;
    if (type.name() == "kubernetes.NamedFormat") return CallEstimate{Bounds{1, 64} * traversal, std::nullopt};
    if (type.name() == "kubernetes.URL") {
        auto size = args[1].size;
        return CallEstimate{Bounds{1, size.most == UINT64_MAX ? 1 : size.most} * traversal, std::nullopt};
    }
    return one();
}

bool compares_texts(std::string_view id) {
    bool is_order = id.starts_with("less_") || id.starts_with("greater_");
    return is_order && (id.ends_with("_string") || id.ends_with("_bytes"));
}

CallEstimate standard(std::string_view id, const Operand* target, const Args& args) {
    auto first = [&] { return args[0].size; };
    if (id == "string_format" && target) return scan(target->size);
    if (id == "string_to_bytes")
        return {first() * traversal, Bounds{first().least, times(first().most, std::uint64_t{4})}};
    if (id == "bytes_to_string") return {first() * traversal, Bounds{first().least / 4, first().most}};
    if (id == "strings_quote")
        return {first() * traversal, Bounds{plus(first().least, 2), plus(times(first().most, std::uint64_t{2}), 2)}};
    if (id == "starts_with_string" || id == "ends_with_string") return scan(first());
    if (id == "in_list") return {args[1].size, std::nullopt};
    if (id == "matches_string" && target) return {pattern_cost(target->size, first()), std::nullopt};
    if (id == "matches") return {pattern_cost(first(), args[1].size), std::nullopt};
    if (id == "contains_string" && target) return {target->size * traversal * (first() * traversal), std::nullopt};
    if (id == "add_list") return {Bounds::exactly(1), first() + args[1].size};
    if (id == "add_string" || id == "add_bytes") return transform(first() + args[1].size);
    if (id == "equals" || id == "not_equals" || compares_texts(id)) {
        auto most = std::min(first().most, args[1].size.most);
        return scan(Bounds{most > 0 ? 1U : 0U, most});
    }
    return one();
}

}  // namespace

CallEstimate estimate_call(std::string_view function, std::string_view overload, const Operand* target,
                           const std::vector<Operand>& args) {
    if (auto found = by_overload(overload, target, args)) return *found;
    if (auto found = by_function(function, overload, target, args)) return *found;
    if (function == "_==_") {
        if (auto found = equality(args)) return *found;
    }
    return standard(overload, target, args);
}

}  // namespace mizzen::cel
