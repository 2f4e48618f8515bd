// SPDX-License-Identifier: Apache-2.0
// Rules: compiling them, and the tree in which they stand.
#include "mizzen/apiserver/crd/rules.hpp"

#include <algorithm>

#include "mizzen/apiserver/crd/cel_shape.hpp"
#include "mizzen/apiserver/crd/field_path.hpp"
#include "mizzen/base/text.hpp"
#include "mizzen/cel/estimate.hpp"

namespace mizzen::apiserver {
namespace {

using cel::Type;

cel::Environment environment(const cel::Shape& shape, bool optional_old_self) {
    cel::Environment out;
    auto self = cel::type_of(shape, "selfType");
    out.add_variable("self", self);
    out.add_variable("oldSelf", optional_old_self ? Type::optional(self) : self);
    return out;
}

std::string refusal(const cel::Compiled& compiled, std::string_view prefix) {
    if (!compiled.issues.empty()) return std::string(prefix) + "compilation failed: " + compiled.issues;
    if (compiled.problem.empty()) return "";
    return (prefix.empty() ? "program " : std::string(prefix)) + "instantiation failed: " + compiled.problem;
}

void compile_message(CompiledRule& out, const cel::Environment& environment, const cel::Shape& shape, bool estimates) {
    auto compiled = cel::compile(out.rule.message_expression, environment);
    if (!compiled.issues.empty()) {
        out.message_problem = refusal(compiled, "messageExpression ");
    } else if (!compiled.type().is(Type::Kind::string)) {
        out.message_problem = "messageExpression must evaluate to a string";
    } else {
        out.message_problem = refusal(compiled, "messageExpression ");
    }
    if (!out.message_problem.empty()) return;
    out.message = compiled.program;
    if (estimates) out.most_message_cost = cel::estimate_cost(compiled.checked, shape);
}

CompiledRule compile_rule(const ValidationRule& rule, const JsonSchema& node, const cel::Shape& shape, bool estimates) {
    CompiledRule out{.rule = rule};
    if (trim(rule.rule).empty()) return out;
    auto env = environment(shape, rule.optional_old_self.value_or(false));
    auto compiled = cel::compile(rule.rule, env);
    if (!compiled.issues.empty()) {
        out.problem = refusal(compiled, "");
        return out;
    }
    if (!compiled.type().is(Type::Kind::boolean)) {
        out.problem = "cel expression must evaluate to a bool";
        return out;
    }
    out.uses_old_self = compiled.checked.uses("oldSelf");
    out.problem = refusal(compiled, "");
    if (!out.problem.empty()) return out;
    out.program = compiled.program;
    if (estimates) out.most_cost = cel::estimate_cost(compiled.checked, shape);
    if (!rule.message_expression.empty()) compile_message(out, env, shape, estimates);
    if (out.message_problem.empty() && !rule.field_path.empty())
        out.field_path = resolve_field_path(rule.field_path, node).value_or("");
    return out;
}

bool has_rules(const JsonSchema& schema) {
    if (!schema.rules.empty()) return true;
    for (auto* below : {schema.items.get(), schema.additional.get()}) {
        if (below && has_rules(*below)) return true;
    }
    return std::any_of(schema.properties.begin(), schema.properties.end(), [](auto& p) { return has_rules(p.second); });
}

}  // namespace

std::vector<CompiledRule> compile_rules(const std::vector<ValidationRule>& rules, const JsonSchema& node,
                                        const std::shared_ptr<const cel::Shape>& shape, bool estimates) {
    std::vector<CompiledRule> out;
    for (auto& rule : rules) out.push_back(compile_rule(rule, node, *shape, estimates));
    return out;
}

std::shared_ptr<const RuleTree> RuleTree::build(const JsonSchema& schema, bool is_resource) {
    if (!has_rules(schema)) return nullptr;
    return build(schema, cel_shape(schema, is_resource));
}

std::unique_ptr<RuleTree> RuleTree::build(const JsonSchema& schema, std::shared_ptr<const cel::Shape> shape) {
    auto out = std::make_unique<RuleTree>();
    out->shape_ = shape;
    out->type_ = schema.type;
    out->rules_ = compile_rules(schema.rules, schema, shape, false);
    if (schema.items && shape->element) out->items_ = build(*schema.items, shape->element);
    if (schema.is_map_list()) out->list_keys_ = schema.list_map_keys;
    if (schema.additional && shape->element) out->additional_ = build(*schema.additional, shape->element);
    for (auto& [name, property] : schema.properties) {
        auto* field = shape->find(name);
        if (!field || field->shape->kind == cel::Shape::Kind::hidden) continue;
        if (auto below = build(property, field->shape)) out->properties_.emplace(name, std::move(below));
    }
    bool is_empty = out->rules_.empty() && !out->items_ && !out->additional_ && out->properties_.empty();
    return is_empty ? nullptr : std::move(out);
}

}  // namespace mizzen::apiserver
