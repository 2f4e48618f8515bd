// SPDX-License-Identifier: Apache-2.0
// check_rule_definitions: the rules of a definition must compile, must only look at old values that can be found again,
// and must not cost too much.
#include <fmt/format.h>

#include <algorithm>

#include "mizzen/apiserver/crd/cel_shape.hpp"
#include "mizzen/apiserver/crd/crd_rules.hpp"
#include "mizzen/apiserver/crd/field_path.hpp"
#include "mizzen/apiserver/crd/rules.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

constexpr std::uint64_t most_cost = 10'000'000, most_total_cost = 100'000'000, unbounded = UINT64_MAX;

// JSON as Go writes it: fit to stand in a page.
std::string html_safe(const std::string& json) {
    std::string out;
    for (char c : json) out += c == '<' ? "\\u003c" : c == '>' ? "\\u003e" : c == '&' ? "\\u0026" : std::string(1, c);
    return out;
}

// The rule as kube-apiserver writes it into messages: with the names of its fields.
std::string shown(const ValidationRule& rule) {
    auto text = [](const std::string& t) { return html_safe(json::to_json(Value(t))); };
    return fmt::format(
        R"({{"Rule":{},"Message":{},"MessageExpression":{},"Reason":{},"FieldPath":{},"OptionalOldSelf":{}}})",
        text(rule.rule), text(rule.message), text(rule.message_expression), rule.reason ? text(*rule.reason) : "null",
        text(rule.field_path), rule.optional_old_self ? (*rule.optional_old_self ? "true" : "false") : "null");
}

std::string budget_message(std::string_view what, std::uint64_t cost, std::uint64_t limit) {
    auto times = static_cast<double>(cost) / static_cast<double>(limit);
    auto factor = times > 100   ? std::string("more than 100x")
                  : times < 1.5 ? fmt::format("{:.6f}x", times)
                                : fmt::format("{:.1f}x", times);
    return fmt::format(
        "{} exceeds budget by factor of {} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength "
        "where arrays, maps, and strings are declared)",
        what, factor);
}

std::uint64_t product(std::uint64_t a, std::uint64_t b) {
    std::uint64_t out = 0;
    return __builtin_mul_overflow(a, b, &out) ? UINT64_MAX : out;
}

// How often the parts below a schema may be there at most.
std::uint64_t factor(const JsonSchema& schema) {
    auto limit = [](const std::optional<std::int64_t>& n) {
        return n ? static_cast<std::uint64_t>(std::max<std::int64_t>(*n, 0)) : unbounded;
    };
    if (schema.type == "array") return limit(schema.max_items);
    return schema.type == "object" && schema.additional_allowed ? limit(schema.max_properties) : 1;
}

// What the place of a schema means for its rules.
struct Context {
    std::shared_ptr<const cel::Shape> shape;
    std::string uncorrelated;  // the path of the list within which old values cannot be found again
    std::uint64_t times = 1;   // the most parts of an object that have this schema; unbounded
};

class Definitions {
  public:
    Definitions(const Place& root, std::size_t before)
        : errors_(root.errors()), before_(before), after_(errors_.size()) {}

    void run(const Place& at, const JsonSchema& schema, const Context& context) {
        auto times = context.times == unbounded || factor(schema) == unbounded ? unbounded
                                                                               : product(context.times, factor(schema));
        below(at.at("additionalProperties"), schema.additional.get(), context, times, context.uncorrelated);
        auto properties = at.at("properties");
        for (auto& [name, property] : schema.properties) {
            Place place(properties.at(name).find(), key_path(properties.path(), name), errors_);
            below(place, &property, context, times, context.uncorrelated, name);
        }
        bool stays = schema.is_map_list() || !context.uncorrelated.empty();
        auto uncorrelated = stays ? context.uncorrelated : at.path();
        below(at.at("items"), schema.items.get(), context, times, uncorrelated);
        if (!schema.rules.empty() && !has_schema_error(at.path())) check_rules(at, schema, context);
    }

    void check_total(const Place& root) {
        if (total_ <= most_total_cost) return;
        for (auto& [cost, path] : expensive_) {
            errors_.push_back(forbidden(
                path, "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"));
        }
        root.forbid(budget_message("x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema",
                                   total_, most_total_cost));
    }

  private:
    void below(const Place& at, const JsonSchema* schema, const Context& outer, std::uint64_t times,
               const std::string& uncorrelated, const std::string& name = "") {
        if (!schema) return;
        Context inner{nullptr, uncorrelated, times};
        bool is_hidden = outer.shape->kind == cel::Shape::Kind::hidden;
        if (!is_hidden && name.empty()) inner.shape = outer.shape->element;
        auto* field = is_hidden || name.empty() ? nullptr : outer.shape->find(name);
        if (field) inner.shape = field->shape;
        if (!inner.shape) inner.shape = cel_shape(*schema, schema->embedded_resource);
        run(at, *schema, inner);
    }

    // Of this schema or of one below it.
    bool has_schema_error(const std::string& path) const {
        auto begin = errors_.begin() + static_cast<std::ptrdiff_t>(before_);
        return std::any_of(begin, errors_.begin() + static_cast<std::ptrdiff_t>(after_), [&](auto& e) {
            if (!e.field.starts_with(path)) return false;
            return e.field.size() == path.size() || e.field[path.size()] == '.' || e.field[path.size()] == '[';
        });
    }

    void check_rules(const Place& at, const JsonSchema& schema, const Context& context) {
        if (context.shape->kind == cel::Shape::Kind::hidden) {
            errors_.push_back({"InternalError", child_path(at.path(), "x-kubernetes-validations"),
                               "Internal error: internal error: failed to construct type information for "
                               "x-kubernetes-validations rules: unable to convert structural schema to CEL "
                               "declarations"});
            return;
        }
        auto compiled = compile_rules(schema.rules, schema, context.shape, true);
        auto rules = at.at("x-kubernetes-validations").items();
        auto times = context.times;
        if (times == unbounded) times = static_cast<std::uint64_t>(largest_request / (context.shape->least_bytes + 1));
        for (std::size_t i = 0; i < compiled.size(); ++i) check_rule(rules[i], compiled[i], times, context);
    }

    void check_rule(const Place& at, const CompiledRule& rule, std::uint64_t times, const Context& context) {
        auto complain = [&](std::string_view member, const std::string& detail) {
            auto message = fmt::format("Invalid value: {}: {}", shown(rule.rule), detail);
            errors_.push_back({"FieldValueInvalid", child_path(at.path(), member), std::move(message)});
        };
        observe(at.at("rule"), "estimated rule cost", product(rule.most_cost, times));
        if (!rule.problem.empty()) complain("rule", rule.problem);
        if (!rule.message_problem.empty())
            complain("messageExpression", rule.message_problem);
        else if (rule.message)
            observe(at.at("messageExpression"), "estimated messageExpression cost", rule.most_message_cost);
        if (rule.uses_old_self && !context.uncorrelated.empty()) {
            at.at("rule").invalid(fmt::format(
                "oldSelf cannot be used on the uncorrelatable portion of the schema within {}", context.uncorrelated));
        } else if (!rule.uses_old_self && rule.rule.optional_old_self) {
            at.at("optionalOldSelf").invalid("may not be set if oldSelf is not used in rule");
        }
    }

    void observe(const Place& at, std::string_view what, std::uint64_t cost) {
        if (cost > most_cost) at.forbid(budget_message(what, cost, most_cost));
        total_ = total_ > UINT64_MAX - cost ? UINT64_MAX : total_ + cost;
        if (cost < most_total_cost / 100) return;
        expensive_.emplace_back(cost, at.path());
        std::sort(expensive_.begin(), expensive_.end(), std::greater());
        if (expensive_.size() > 4) expensive_.resize(4);
    }

    std::vector<FieldError>& errors_;
    std::size_t before_, after_;  // the errors of the schema, which came first
    std::uint64_t total_ = 0;
    std::vector<std::pair<std::uint64_t, std::string>> expensive_;
};

}  // namespace

void check_rule_definitions(const Place& root, const JsonSchema& schema, std::size_t first_error) {
    Definitions definitions(root, first_error);
    definitions.run(root, schema, {cel_shape(schema, true), "", 1});
    definitions.check_total(root);
}

}  // namespace mizzen::apiserver
