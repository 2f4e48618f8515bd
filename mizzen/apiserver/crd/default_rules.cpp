// SPDX-License-Identifier: Apache-2.0
// check_crd_schema and check_defaults: a schema as a whole, and the defaults in it.
#include <fmt/format.h>

#include <algorithm>

#include "mizzen/apiserver/crd/crd_rules.hpp"
#include "mizzen/apiserver/crd/rules.hpp"
#include "mizzen/apiserver/crd/schema_validator.hpp"
#include "mizzen/apiserver/crd/schema_walk.hpp"

namespace mizzen::apiserver {
namespace {

// In the order that kube-apiserver names them in.
constexpr std::string_view root_words =
    "Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern "
    "MaxItems MinItems UniqueItems "
    "MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations";

// With a status subresource the root holds properties and little else, so that the schema of the status can be taken
// out of it.
void check_root(const Place& root) {
    if (auto type = root.at("type"); !type.text().empty() && type.text() != "object") {
        return type.invalid(
            "only \"object\" is allowed as the type at the root of the schema if the status subresource is enabled");
    }
    static const std::vector<std::string_view> banned{"$ref",
                                                      "$schema",
                                                      "additionalItems",
                                                      "additionalProperties",
                                                      "allOf",
                                                      "anyOf",
                                                      "default",
                                                      "definitions",
                                                      "dependencies",
                                                      "enum",
                                                      "id",
                                                      "maxProperties",
                                                      "minProperties",
                                                      "not",
                                                      "nullable",
                                                      "oneOf",
                                                      "patternProperties",
                                                      "x-kubernetes-embedded-resource",
                                                      "x-kubernetes-int-or-string",
                                                      "x-kubernetes-list-map-keys",
                                                      "x-kubernetes-list-type",
                                                      "x-kubernetes-map-type"};
    bool any = std::any_of(banned.begin(), banned.end(), [&](auto key) { return root.at(key).filled(); });
    if (any)
        root.invalid(fmt::format(
            "only [{}] fields are allowed at the root of the schema if the status subresource is enabled", root_words));
}

// Keywords that no schema of a custom resource can have; check_keywords complains of them.
bool is_readable(const json::Value& schema) {
    for (auto* key : {"id", "$schema", "$ref", "patternProperties", "dependencies", "additionalItems", "definitions"}) {
        if (auto* found = schema.find(key); found && !is_empty(found)) return false;
    }
    if (auto* p = schema.find("x-kubernetes-preserve-unknown-fields"); p && p->is_bool() && !p->as_bool()) return false;
    if (auto* items = schema.find("items"); items && !(items->is_object() && is_readable(*items)))
        return items->is_null();
    for (auto* key : {"additionalProperties", "not"}) {
        if (auto* found = schema.find(key); found && found->is_object() && !is_readable(*found)) return false;
    }
    for (auto* key : {"allOf", "anyOf", "oneOf"}) {
        auto* list = schema.find(key);
        if (list && list->is_array() && !std::all_of(list->as_array().begin(), list->as_array().end(), is_readable))
            return false;
    }
    auto* properties = schema.find("properties");
    if (!properties || !properties->is_object()) return true;
    return std::all_of(properties->as_object().begin(), properties->as_object().end(),
                       [](auto& m) { return is_readable(m.value); });
}

void check_default(const Place& at, const JsonSchema& schema) {
    auto pruned = *schema.default_value;
    auto before = at.errors().size();
    if (!prune_unknown(pruned, schema, false).empty()) at.invalid("must not have unknown fields");
    for (auto& e : check_embedded(schema, *schema.default_value, false, at.path())) at.errors().push_back(std::move(e));
    if (at.errors().size() > before) return;
    for (auto& e : check_schema(schema, *schema.default_value, nullptr, at.path())) at.errors().push_back(std::move(e));
    auto rules = RuleTree::build(schema, schema.embedded_resource);
    if (!rules || at.errors().size() > before) return;
    for (auto& e : rules->check_default(*schema.default_value, at.path())) at.errors().push_back(std::move(e));
}

}  // namespace

void check_defaults(const Place& at, const JsonSchema& schema, bool is_root) {
    if (schema.default_value && !is_root) check_default(at.at("default"), schema);
    if (schema.items) check_defaults(at.at("items"), *schema.items, false);
    auto properties = at.at("properties");
    for (auto& [name, property] : schema.properties) {
        check_defaults(Place(properties.at(name).find(), key_path(properties.path(), name), at.errors()), property,
                       false);
    }
}

void check_crd_schema(const Place& validation, bool has_status) {
    auto root = validation.at("openAPIV3Schema");
    if (!root) return;
    if (has_status) check_root(root);
    if (root.at("nullable").is_true()) root.at("nullable").forbid("nullable cannot be true at the root");
    std::optional<JsonSchema> schema;
    if (is_readable(root.value())) {
        auto before = root.errors().size();
        check_structural(root);
        if (root.errors().size() == before) {
            schema = parse_json_schema(root.value());
            compile_patterns(*schema);
            check_defaults(root, *schema, true);
            if (root.errors().size() > before) schema.reset();
        }
    }
    auto before = root.errors().size();
    check_keywords(root);
    if (schema) check_rule_definitions(root, *schema, before);
}

}  // namespace mizzen::apiserver
