// SPDX-License-Identifier: Apache-2.0
// JsonSchema: reading.
#include "mizzen/apiserver/crd/json_schema.hpp"

namespace mizzen::apiserver {
namespace {

bool flag(const json::Value& schema, std::string_view key) {
    auto* v = schema.find(key);
    return v && v->is_bool() && v->as_bool();
}

std::optional<double> number(const json::Value& schema, std::string_view key) {
    auto* v = schema.find(key);
    return v && v->is_number() ? std::optional(v->as_number()) : std::nullopt;
}

std::optional<std::int64_t> count(const json::Value& schema, std::string_view key) {
    auto* v = schema.find(key);
    return v && v->is_integer() ? std::optional(v->as_integer()) : std::nullopt;
}

std::vector<std::string> words(const json::Value& schema, std::string_view key) {
    std::vector<std::string> out;
    auto* v = schema.find(key);
    if (!v || !v->is_array()) return out;
    for (auto& word : v->as_array()) {
        if (word.is_string()) out.push_back(word.as_string());
    }
    return out;
}

std::vector<JsonSchema> schemas(const json::Value& schema, std::string_view key) {
    std::vector<JsonSchema> out;
    auto* v = schema.find(key);
    if (!v || !v->is_array()) return out;
    for (auto& one : v->as_array()) out.push_back(parse_json_schema(one));
    return out;
}

std::unique_ptr<JsonSchema> one_schema(const json::Value& schema, std::string_view key) {
    auto* v = schema.find(key);
    return v && v->is_object() ? std::make_unique<JsonSchema>(parse_json_schema(*v)) : nullptr;
}

std::vector<ValidationRule> read_rules(const json::Value& in) {
    std::vector<ValidationRule> out;
    auto* v = in.find("x-kubernetes-validations");
    if (!v || !v->is_array()) return out;
    for (auto& one : v->as_array()) {
        auto text = [&](std::string_view key) { return std::string(one.text(key)); };
        ValidationRule rule{text("rule"), text("message"), text("messageExpression"), text("fieldPath"), {}, {}};
        if (auto* reason = one.find("reason"); reason && reason->is_string()) rule.reason = reason->as_string();
        if (auto* old = one.find("optionalOldSelf"); old && old->is_bool()) rule.optional_old_self = old->as_bool();
        out.push_back(std::move(rule));
    }
    return out;
}

void read_structure(JsonSchema& out, const json::Value& in) {
    out.type = in.text("type");
    out.nullable = flag(in, "nullable");
    if (auto* v = in.find("default"); v && !v->is_null()) out.default_value = *v;
    out.preserve_unknown = flag(in, "x-kubernetes-preserve-unknown-fields");
    out.embedded_resource = flag(in, "x-kubernetes-embedded-resource");
    out.int_or_string = flag(in, "x-kubernetes-int-or-string");
    out.list_type = in.text("x-kubernetes-list-type");
    out.map_type = in.text("x-kubernetes-map-type");
    out.list_map_keys = words(in, "x-kubernetes-list-map-keys");
    if (auto* v = in.find("properties"); v && v->is_object()) {
        for (auto& m : v->as_object()) out.properties.emplace(m.key, parse_json_schema(m.value));
    }
    out.items = one_schema(in, "items");
    out.additional = one_schema(in, "additionalProperties");
    if (out.additional)
        out.additional_allowed = true;
    else if (auto* v = in.find("additionalProperties"); v && v->is_bool())
        out.additional_allowed = v->as_bool();
}

void read_checks(JsonSchema& out, const json::Value& in) {
    out.format = in.text("format");
    out.pattern = in.text("pattern");
    out.minimum = number(in, "minimum");
    out.maximum = number(in, "maximum");
    out.multiple_of = number(in, "multipleOf");
    out.exclusive_minimum = flag(in, "exclusiveMinimum");
    out.exclusive_maximum = flag(in, "exclusiveMaximum");
    out.min_length = count(in, "minLength");
    out.max_length = count(in, "maxLength");
    out.min_items = count(in, "minItems");
    out.max_items = count(in, "maxItems");
    out.min_properties = count(in, "minProperties");
    out.max_properties = count(in, "maxProperties");
    out.unique_items = flag(in, "uniqueItems");
    out.required = words(in, "required");
    if (auto* v = in.find("enum"); v && v->is_array()) out.enumeration = v->as_array();
    out.all_of = schemas(in, "allOf");
    out.any_of = schemas(in, "anyOf");
    out.one_of = schemas(in, "oneOf");
    out.not_schema = one_schema(in, "not");
    out.rules = read_rules(in);
}

}  // namespace

const JsonSchema* JsonSchema::property(std::string_view name) const {
    auto found = properties.find(name);
    return found == properties.end() ? nullptr : &found->second;
}

const JsonSchema* JsonSchema::member(std::string_view name) const {
    auto* found = property(name);
    return found ? found : additional.get();
}

JsonSchema parse_json_schema(const json::Value& schema) {
    JsonSchema out;
    read_structure(out, schema);
    read_checks(out, schema);
    return out;
}

void compile_patterns(JsonSchema& schema) {
    if (!schema.pattern.empty()) schema.regex.emplace(schema.pattern);
    for (auto& [name, property] : schema.properties) compile_patterns(property);
    for (auto* list : {&schema.all_of, &schema.any_of, &schema.one_of}) {
        for (auto& one : *list) compile_patterns(one);
    }
    for (auto* one : {schema.items.get(), schema.additional.get(), schema.not_schema.get()}) {
        if (one) compile_patterns(*one);
    }
}

}  // namespace mizzen::apiserver
