// SPDX-License-Identifier: Apache-2.0
// Schemas of types, with the extensions by which clients merge.
#include <map>

#include "mizzen/json/json.hpp"
#include "mizzen/kube/schema/generated/tables.hpp"
#include "mizzen/kube/schema/openapi.hpp"

namespace mizzen::kube::schema {
namespace {

using json::Value;
using TypesByName = std::map<std::string_view, const Type*>;

Value schema_of(const Type& type);

Value reference_to(const Type& type) {
    return json::Object{
        {"allOf", json::Array{json::Object{{"$ref", "#/components/schemas/" + std::string(type.name)}}}}};
}

std::string_view list_type(const Type& type) {
    switch (type.merge) {
        case Merge::keyed:
            return "map";
        case Merge::set:
            return "set";
        default:
            return "atomic";
    }
}

json::Array words(std::span<const std::string_view> list) { return json::Array(list.begin(), list.end()); }

Value schema_of_list(const Type& type) {
    Value out = json::Object{
        {"type", "array"}, {"items", schema_of(*type.element)}, {"x-kubernetes-list-type", list_type(type)}};
    if (!type.map_keys.empty()) out["x-kubernetes-list-map-keys"] = words(type.map_keys);
    return out;
}

Value schema_of_map(const Type& type) {
    Value out = json::Object{{"type", "object"}, {"additionalProperties", schema_of(*type.element)}};
    if (type.merge == Merge::atomic) out["x-kubernetes-map-type"] = "atomic";
    return out;
}

std::string_view format_of(Format format) {
    switch (format) {
        case Format::int32:
            return "int32";
        case Format::int64:
            return "int64";
        case Format::float_:
            return "float";
        case Format::double_:
            return "double";
        case Format::byte:
            return "byte";
        case Format::date_time:
        case Format::micro_time:
            return "date-time";
        case Format::duration:
            return "duration";
        default:
            return "";
    }
}

Value one_of(std::string_view a, std::string_view b) {
    return json::Array{json::Object{{"type", a}}, json::Object{{"type", b}}};
}

Value schema_of_scalar(const Type& type) {
    if (type.shape == Shape::int_or_string)
        return json::Object{{"format", "int-or-string"}, {"oneOf", one_of("integer", "string")}};
    if (type.format == Format::quantity) return json::Object{{"oneOf", one_of("string", "number")}};
    static constexpr std::string_view names[] = {"", "boolean", "integer", "number", "string"};
    Value out = json::Object{{"type", names[static_cast<int>(type.shape)]}};
    if (const std::string_view format = format_of(type.format); !format.empty()) out["format"] = format;
    return out;
}

// Of a type in place; types with a name are referred to.
Value schema_of(const Type& type) {
    if (!type.name.empty()) return reference_to(type);
    if (type.shape == Shape::list) return schema_of_list(type);
    if (type.shape == Shape::map) return schema_of_map(type);
    return schema_of_scalar(type);
}

std::string_view patch_strategy(const Field& field) {
    if (field.patch_merge) return field.patch_retain_keys ? "merge,retainKeys" : "merge";
    return field.patch_retain_keys ? "retainKeys" : field.patch_replace ? "replace" : "";
}

Value schema_of_field(const Field& field) {
    Value out = schema_of(*field.type);
    const bool overrides_merge = !field.type->name.empty() && find_type(field.type->name) != field.type;
    if (overrides_merge) out["x-kubernetes-map-type"] = field.type->merge == Merge::atomic ? "atomic" : "granular";
    if (!field.default_json.empty()) out["default"] = json::parse(field.default_json);
    if (!field.enumeration.empty())
        (field.type->shape == Shape::list ? out["items"] : out)["enum"] = words(field.enumeration);
    if (const std::string_view strategy = patch_strategy(field); !strategy.empty())
        out["x-kubernetes-patch-strategy"] = strategy;
    if (!field.patch_merge_key.empty()) out["x-kubernetes-patch-merge-key"] = field.patch_merge_key;
    return out;
}

json::Array kinds_of(const Type& type) {
    json::Array out;
    for (const ObjectKind& k : object_kinds())
        if (k.type == &type) out.push_back(json::Object{{"group", k.group}, {"kind", k.kind}, {"version", k.version}});
    return out;
}

Value schema_of_object(const Type& type) {
    Value out = json::Object{{"type", "object"}};
    json::Object properties;
    json::Array required;
    for (const Field& field : type.fields) {
        properties.set(field.name, schema_of_field(field));
        if (field.required) required.push_back(field.name);
    }
    if (!properties.empty()) out["properties"] = std::move(properties);
    if (!required.empty()) out["required"] = std::move(required);
    if (type.merge == Merge::atomic) out["x-kubernetes-map-type"] = "atomic";
    if (json::Array kinds = kinds_of(type); !kinds.empty()) out["x-kubernetes-group-version-kind"] = std::move(kinds);
    return out;
}

// What stands under a name in components.schemas.
Value component_of(const Type& type) {
    if (type.shape == Shape::object) return schema_of_object(type);
    if (type.shape != Shape::any) return schema_of_scalar(type);
    // JSON and the unions of JSON schemas may be anything; the others are objects whose members nobody knows.
    const bool is_json = type.name.starts_with("io.k8s.apiextensions-apiserver.");
    return is_json ? Value(json::Object()) : Value(json::Object{{"type", "object"}});
}

void collect(TypesByName& out, const Type& type) {
    if (type.element) return collect(out, *type.element);
    if (type.name.empty() || !out.emplace(type.name, find_type(type.name)).second) return;
    for (const Field& field : type.fields) collect(out, *field.type);
}

TypesByName types_of(std::string_view group, std::string_view version) {
    TypesByName out;
    for (const ObjectKind& k : object_kinds())
        if (k.group == group && k.version == version) collect(out, *k.type);
    for (const Resource& r : resources()) {
        if (r.group != group || r.version != version) continue;
        for (const Subresource& s : r.details)
            if (const Type* type = find_object(s.group, s.version, s.kind)) collect(out, *type);
    }
    for (const Type* type : {&tables::meta_v1_ObjectMeta, &tables::meta_v1_ListMeta, &tables::meta_v1_Status,
                             &tables::meta_v1_DeleteOptions, &tables::meta_v1_Patch, &tables::meta_v1_WatchEvent,
                             &tables::meta_v1_APIResourceList})
        collect(out, *type);
    return out;
}

}  // namespace

std::string openapi_schemas(std::string_view group, std::string_view version, std::span<const NamedSchema> custom) {
    std::string out = "{";
    for (const auto& [name, type] : types_of(group, version)) {
        if (out.size() > 1) out += ',';
        json::write_string(out, name);
        out += ':';
        json::write(out, component_of(*type));
    }
    for (const NamedSchema& schema : custom) {
        out += ',';
        json::write_string(out, schema.name);
        out += ':';
        out += schema.json;
    }
    return out + "}";
}

}  // namespace mizzen::kube::schema
