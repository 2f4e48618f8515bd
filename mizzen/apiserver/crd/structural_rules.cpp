// SPDX-License-Identifier: Apache-2.0
// check_structural: every value has one type, told outside of allOf, anyOf, oneOf and not.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "mizzen/apiserver/crd/crd_rules.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

enum class Level { root, item, field };

// What a nested schema may not say, and what it should be instead.
struct Banned {
    std::string_view key, instead;
};
constexpr std::string_view be_empty = "must be empty to be structural";
constexpr std::string_view be_absent = "must be undefined to be structural";
constexpr std::string_view be_false = "must be false to be structural";
constexpr Banned banned[] = {
    {"type", be_empty},
    {"additionalProperties", be_absent},
    {"default", be_absent},
    {"title", be_empty},
    {"description", be_empty},
    {"nullable", be_false},
    {"x-kubernetes-preserve-unknown-fields", be_false},
    {"x-kubernetes-embedded-resource", be_false},
    {"x-kubernetes-int-or-string", be_false},
    {"x-kubernetes-list-map-keys", be_empty},
    {"x-kubernetes-list-type", be_absent},
    {"x-kubernetes-map-type", be_absent},
    {"x-kubernetes-validations", be_empty},
};

bool says(const Place& at) {
    bool is_false = at.value().is_bool() && !at.is_true();
    bool is_object = at.value().is_object();
    return at && !is_false && (is_object || at.filled());
}

// anyOf: [{type: integer}, {type: string}], the one exception to "no types below".
bool is_int_or_string(const Place& any_of) {
    static const Value pattern{json::Array{json::Object{{"type", "integer"}}, json::Object{{"type", "string"}}}};
    return any_of && any_of.value() == pattern;
}

void check_nested(const Place& at, bool skip_any_of);

void check_alternatives(const Place& at, bool skip_any_of, bool skip_first_all_of) {
    if (!skip_any_of) {
        for (auto& one : at.at("anyOf").items()) check_nested(one, false);
    }
    bool first = true;
    for (auto& one : at.at("allOf").items()) check_nested(one, std::exchange(first, false) && skip_first_all_of);
    for (auto& one : at.at("oneOf").items()) check_nested(one, false);
    if (auto one = at.at("not")) check_nested(one, false);
    auto pattern = at.at("pattern");
    if (pattern.text().empty()) return;
    try {
        Regex compiled(pattern.text());
    } catch (const Error& e) {
        pattern.invalid(fmt::format("must be a valid regular expression, but isn't: {}", e.message()));
    }
}

void check_nested(const Place& at, bool skip_any_of) {
    check_alternatives(at, skip_any_of, false);
    if (auto items = at.at("items")) check_nested(items, false);
    for (auto& property : at.at("properties").entries()) {
        check_nested(property, false);
        if (property.name() == "metadata") property.forbid("must not be specified in a nested context");
    }
    for (auto& ban : banned) {
        if (auto found = at.at(ban.key); says(found)) found.forbid(std::string(ban.instead));
    }
}

void check_extensions(const Place& at) {
    if (!at.at("x-kubernetes-int-or-string").is_true()) return;
    for (auto* key : {"x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource"}) {
        if (auto found = at.at(key); found.is_true())
            found.invalid("must be false if x-kubernetes-int-or-string is true");
    }
}

void check_type(const Place& at, Level level) {
    auto type = at.at("type");
    bool embedded = at.at("x-kubernetes-embedded-resource").is_true();
    bool typeless =
        at.at("x-kubernetes-int-or-string").is_true() || at.at("x-kubernetes-preserve-unknown-fields").is_true();
    if (embedded && type.text() != "object") {
        constexpr auto detail = "must be object if x-kubernetes-embedded-resource is true";
        if (type.text().empty())
            type.required(detail);
        else
            type.invalid(detail);
    } else if (type.text().empty() && !typeless) {
        type.required(level == Level::root   ? "must not be empty at the root"
                      : level == Level::item ? "must not be empty for specified array items"
                                             : "must not be empty for specified object fields");
    }
    if (level == Level::root && !type.text().empty() && type.text() != "object")
        type.invalid("must be object at the root");
}

// At the root, metadata can only say something about name and generateName.
void check_root_metadata(const Place& metadata) {
    for (auto& m : metadata.value().as_object()) {
        if (m.key == "type" || m.key == "default" || !says(Place(&m.value, "", metadata.errors()))) continue;
        bool fine =
            m.key == "properties" && std::all_of(m.value.as_object().begin(), m.value.as_object().end(),
                                                 [](auto& p) { return p.key == "name" || p.key == "generateName"; });
        if (fine) continue;
        return metadata.forbid(
            "must not specify anything other than name and generateName, but metadata is implicitly specified");
    }
}

void check_meta(const Place& at, Level level) {
    bool embedded = at.at("x-kubernetes-embedded-resource").is_true();
    bool is_resource = level == Level::root || embedded;
    auto properties = at.at("properties");
    auto property = [&](std::string_view name) {
        return Place(properties.at(name).find(), key_path(properties.path(), name), at.errors());
    };
    for (auto* name : {"kind", "apiVersion"}) {
        auto found = property(name);
        auto type = found.at("type");
        if (found && is_resource && type.text() != "string") type.invalid(type.text(), "must be string");
    }
    auto metadata = property("metadata");
    if (metadata && is_resource && metadata.at("type").text() != "object")
        metadata.at("type").invalid(metadata.at("type").text(), "must be object");
    if (metadata && level == Level::root && metadata.value().is_object()) check_root_metadata(metadata);
    if (embedded && !at.at("x-kubernetes-preserve-unknown-fields").is_true() && !properties.filled()) {
        properties.required(
            "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields");
    }
}

void check_invariants(const Place& at, Level level) {
    auto items = at.at("items");
    if (at.at("type").text() == "array" && !items) items.required("must be specified");
    if (items) check_invariants(items, Level::item);
    for (auto& property : at.at("properties").entries()) check_invariants(property, Level::field);
    auto additional = at.at("additionalProperties");
    if (additional && level == Level::root) additional.forbid("must not be used at the root");
    if (additional.value().is_object()) check_invariants(additional, Level::field);
    check_extensions(at);
    auto all_of = at.at("allOf");
    check_alternatives(at, is_int_or_string(at.at("anyOf")), is_int_or_string(all_of.item(0).at("anyOf")));
    check_type(at, level);
    if (additional && at.at("x-kubernetes-embedded-resource").is_true()) {
        additional.forbid("must not be used if x-kubernetes-embedded-resource is set");
    }
    check_meta(at, level);
}

// What an alternative speaks of must be described outside of it too.
void check_complete(const Place& nested, const Place& outside) {
    for (auto* list : {"allOf", "anyOf", "oneOf"}) {
        for (auto& one : nested.at(list).items()) check_complete(one, outside);
    }
    if (auto one = nested.at("not")) check_complete(one, outside);
    if (nested.path() == outside.path()) return;
    if (auto items = nested.at("items")) {
        auto there = outside.at("items");
        if (there)
            check_complete(items, there);
        else
            there.required(fmt::format("because it is defined in {}", items.path()));
    }
    auto properties = outside.at("properties");
    for (auto& property : nested.at("properties").entries()) {
        Place there(properties.at(property.name()).find(), key_path(properties.path(), property.name()),
                    outside.errors());
        if (there)
            check_complete(property, there);
        else
            there.required(fmt::format("because it is defined in {}", property.path()));
    }
}

}  // namespace

void check_structural(const Place& schema) {
    auto& errors = schema.errors();
    auto before = static_cast<std::ptrdiff_t>(errors.size());
    check_invariants(schema, Level::root);
    check_complete(schema, schema);
    auto text = [](const FieldError& e) { return fmt::format("{}: {}", e.field, e.message); };
    std::sort(errors.begin() + before, errors.end(), [&](auto& a, auto& b) { return text(a) < text(b); });
}

}  // namespace mizzen::apiserver
