// SPDX-License-Identifier: Apache-2.0
// check_keywords: what a schema may say at all, wherever it stands.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "mizzen/apiserver/crd/crd_rules.hpp"
#include "mizzen/apiserver/crd/field_path.hpp"

namespace mizzen::apiserver {
namespace {

// What the place of a schema forbids it.
struct Context {
    bool in_metadata = false;          // of a resource, embedded or not
    std::string_view no_default = {};  // why there can be no default; "" where there can
};

void check(const Place& at, const Context& context, bool is_root);

void check_support(const Place& at, const Context& context) {
    static const std::vector<std::string_view> types{"array", "boolean", "integer", "number", "object", "string"};
    auto type = at.at("type");
    if (!type.text().empty() && !contains(types, type.text())) type.unsupported(types);
    if (at.at("default") && !context.no_default.empty()) {
        at.at("default").forbid(fmt::format("must not be set {}", context.no_default));
    }
    for (auto* key : {"id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref"}) {
        if (auto found = at.at(key); found && (found.filled() || found.value().is_bool()))
            found.forbid(fmt::format("{} is not supported", key));
    }
    if (type.text() == "null") type.forbid("type cannot be set to null, use nullable as an alternative");
    if (at.at("items").value().is_array()) at.at("items").forbid("items must be a schema object and not an array");
    auto embedded = at.at("x-kubernetes-embedded-resource");
    if (context.in_metadata && embedded.is_true()) embedded.forbid("must not be used inside of resource meta");
}

void check_below(const Place& at, const Context& context, bool is_root) {
    auto additional = at.at("additionalProperties");
    if (at.at("properties").filled() && additional && !additional.is_true()) {
        additional.forbid("additionalProperties and properties are mutual exclusive");
    }
    if (additional.value().is_object()) {
        auto below = context;
        if (context.in_metadata) below.no_default = "inside additionalProperties applying to object metadata";
        check(additional, below, false);
    }
    bool is_resource = is_root || at.at("x-kubernetes-embedded-resource").is_true();
    for (auto& property : at.at("properties").entries()) {
        auto below = context;
        auto name = property.name();
        std::string reason;
        if (is_resource && (name == "metadata" || name == "kind" || name == "apiVersion")) {
            below.in_metadata = true;
            if (is_root) below.no_default = reason = fmt::format("in top-level {}", name);
        }
        check(property, below, false);
    }
    if (auto one = at.at("not")) check(one, context, false);
    for (auto* list : {"allOf", "oneOf", "anyOf"}) {
        for (auto& one : at.at(list).items()) check(one, context, false);
    }
    if (auto items = at.at("items"); items.value().is_object()) check(items, context, false);
}

void check_map_type(const Place& at) {
    auto map_type = at.at("x-kubernetes-map-type"), type = at.at("type");
    if (!map_type) return;
    constexpr auto detail = "must be object if x-kubernetes-map-type is specified";
    if (type.text().empty())
        type.required(detail);
    else if (type.text() != "object")
        type.invalid(detail);
    if (map_type.text() != "atomic" && map_type.text() != "granular") map_type.unsupported({"atomic", "granular"});
}

void check_set_items(const Place& items) {
    constexpr auto detail = "must be atomic as item of a list with x-kubernetes-list-type=set";
    auto list_type = items.at("x-kubernetes-list-type"), map_type = items.at("x-kubernetes-map-type");
    if (items.at("type").text() == "array" && list_type && list_type.text() != "atomic") list_type.invalid(detail);
    if (items.at("type").text() == "object" && map_type.text() != "atomic") map_type.invalid(list_type.value(), detail);
}

// The keys of a keyed list: scalars, in every item or with a default, never null.
void check_keys(const Place& at) {
    auto keys = at.at("x-kubernetes-list-map-keys"), items = at.at("items");
    if (!keys.filled()) keys.required("must not be empty if x-kubernetes-list-type is map");
    if (!items) return items.required("must have a schema if x-kubernetes-list-type is map");
    if (items.at("type").text() != "object") {
        return items.at("type").invalid(items.at("type").text(),
                                        "must be object if parent array's x-kubernetes-list-type is map");
    }
    auto properties = items.at("properties");
    std::set<std::string_view> seen;
    for (auto& key : keys.items()) {
        auto* found = properties.at(key.text()).find();
        Place property(found, key_path(properties.path(), key.text()), at.errors());
        auto type = property.at("type");
        if (!found)
            keys.invalid("entries must all be names of item properties");
        else if (type.text() == "array" || type.text() == "object") {
            type.invalid(items.at("type").text(),
                         "must be a scalar type if parent array's x-kubernetes-list-type is map");
        }
        if (!seen.insert(key.text()).second) keys.invalid("must not contain duplicate entries");
    }
}

void check_list_type(const Place& at) {
    auto list_type = at.at("x-kubernetes-list-type"), type = at.at("type"), keys = at.at("x-kubernetes-list-map-keys");
    if (list_type && type.text() != "array") {
        constexpr auto detail = "must be array if x-kubernetes-list-type is specified";
        if (type.text().empty())
            type.required(detail);
        else
            type.invalid(detail);
    } else if (list_type.text() == "set") {
        check_set_items(at.at("items"));
    }
    auto name = list_type.text();
    if (list_type && name != "atomic" && name != "set" && name != "map")
        list_type.unsupported({"atomic", "set", "map"});
    if (keys.filled() && name != "map") {
        constexpr auto detail = "must be map if x-kubernetes-list-map-keys is non-empty";
        if (list_type)
            list_type.invalid(detail);
        else
            list_type.required(detail);
    }
    if (name == "map") check_keys(at);
}

void check_identity(const Place& at) {
    auto name = at.at("x-kubernetes-list-type").text();
    auto items = at.at("items");
    if ((name != "set" && name != "map") || !items.value().is_object()) return;
    if (items.at("nullable").is_true())
        items.at("nullable").forbid(fmt::format("cannot be nullable when x-kubernetes-list-type is {}", name));
    if (name == "set") return;
    auto required = items.at("required").items();
    auto properties = items.at("properties");
    for (auto& key : at.at("x-kubernetes-list-map-keys").items()) {
        Place property(properties.at(key.text()).find(), key_path(properties.path(), key.text()), at.errors());
        if (!property) continue;
        bool is_required =
            std::any_of(required.begin(), required.end(), [&](auto& r) { return r.text() == key.text(); });
        if (!is_required && !property.at("default")) {
            property.at("default").required(
                "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property");
        }
        if (property.at("nullable").is_true()) {
            property.at("nullable").forbid("this property is in x-kubernetes-list-map-keys, so it cannot be nullable");
        }
    }
}

std::string_view trimmed(std::string_view text) {
    auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return "";
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// What can be said of a CEL rule without reading its expression.
void check_rule(const Place& at, const Place& schema) {
    auto rule = at.at("rule"), message = at.at("message"), expression = at.at("messageExpression"),
         path = at.at("fieldPath");
    auto has_breaks = [](std::string_view text) { return text.find_first_of("\r\n") != std::string_view::npos; };
    if (trimmed(rule.text()).empty())
        rule.required("rule is not specified");
    else if (!message.text().empty() && trimmed(message.text()).empty())
        message.invalid("must be non-empty if specified");
    else if (has_breaks(trimmed(message.text())))
        message.invalid("must not contain line breaks");
    else if (has_breaks(trimmed(rule.text())) && trimmed(message.text()).empty()) {
        message.required("message must be specified if rule contains line breaks");
    }
    if (!expression.text().empty() && trimmed(expression.text()).empty())
        expression.required("messageExpression must be non-empty if specified");
    if (auto reason = at.at("reason")) {
        static const std::vector<std::string_view> known{"FieldValueDuplicate", "FieldValueForbidden",
                                                         "FieldValueInvalid", "FieldValueRequired"};
        if (!contains(known, reason.text())) reason.unsupported(known);
    }
    if (!path.text().empty() && trimmed(path.text()).empty()) path.invalid("must be non-empty if specified");
    if (has_breaks(path.text())) path.invalid("must not contain line breaks");
    if (!path.text().empty() && !resolve_field_path(path.text(), parse_json_schema(schema.value())))
        path.invalid("must be a valid path");
}

void check(const Place& at, const Context& context, bool is_root) {
    check_support(at, context);
    if (at.at("uniqueItems").is_true()) {
        at.at("uniqueItems").forbid("uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
    }
    check_below(at, context, is_root);
    auto preserve = at.at("x-kubernetes-preserve-unknown-fields");
    if (preserve.value().is_bool() && !preserve.is_true()) preserve.invalid("must be true or undefined");
    check_map_type(at);
    check_list_type(at);
    check_identity(at);
    for (auto& rule : at.at("x-kubernetes-validations").items()) check_rule(rule, at);
}

}  // namespace

void check_keywords(const Place& schema) { check(schema, {}, true); }

}  // namespace mizzen::apiserver
