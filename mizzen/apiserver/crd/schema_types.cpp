// SPDX-License-Identifier: Apache-2.0
// SchemaTypes: from schema to Type.
#include "mizzen/apiserver/crd/schema_types.hpp"

#include <algorithm>

#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using kube::schema::Field;
using kube::schema::Format;
using kube::schema::Merge;
using kube::schema::Shape;
using kube::schema::Type;

constexpr Type any_type{};
constexpr Type string_type{.shape = Shape::string};

Format format_of(const JsonSchema& schema) {
    if (schema.format == "int32") return Format::int32;
    if (schema.format == "int64") return Format::int64;
    if (schema.format == "float") return Format::float_;
    if (schema.format == "double") return Format::double_;
    if (schema.format == "byte") return Format::byte;
    if (schema.format == "date-time") return Format::date_time;
    return Format::none;
}

}  // namespace

std::string_view SchemaTypes::keep(std::string text) { return texts_.emplace_back(std::move(text)); }

const Type* SchemaTypes::keep(Type type) { return &types_.emplace_back(type); }

std::span<const std::string_view> SchemaTypes::words(const std::vector<std::string>& texts) {
    auto& out = words_.emplace_back();
    for (auto& text : texts) out.push_back(keep(text));
    return out;
}

// What every resource has, unless the schema of an embedded one says something itself.
void SchemaTypes::add_meta(std::vector<Field>& fields) {
    auto* metadata = kube::schema::find_type("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
    auto set = [&](std::string_view name, const Type* type) {
        auto there = std::find_if(fields.begin(), fields.end(), [&](auto& f) { return f.name == name; });
        if (there == fields.end())
            fields.push_back({.name = name, .type = type});
        else
            there->type = type;
    };
    set("apiVersion", &string_type);
    set("kind", &string_type);
    set("metadata", metadata ? metadata : &any_type);
}

Type SchemaTypes::object(const JsonSchema& schema, bool is_resource) {
    Type type{.shape = Shape::object, .merge = schema.map_type == "atomic" ? Merge::atomic : Merge::granular};
    type.embedded_resource = schema.embedded_resource;
    type.preserve_unknown = schema.preserve_unknown;
    if (schema.additional || (schema.additional_allowed.value_or(false) && schema.properties.empty())) {
        type.shape = Shape::map;
        type.element = schema.additional ? build(*schema.additional, schema.additional->embedded_resource) : &any_type;
        return type;
    }
    std::vector<Field> fields;
    for (auto& [name, property] : schema.properties) {
        Field field{.name = keep(name), .type = build(property, property.embedded_resource)};
        field.required = std::find(schema.required.begin(), schema.required.end(), name) != schema.required.end();
        field.nullable = property.nullable;
        if (property.default_value) field.default_json = keep(json::to_json(*property.default_value));
        fields.push_back(field);
    }
    if (is_resource) add_meta(fields);
    std::sort(fields.begin(), fields.end(), [](auto& a, auto& b) { return a.name < b.name; });
    type.fields = fields_.emplace_back(std::move(fields));
    return type;
}

Type SchemaTypes::list(const JsonSchema& schema) {
    Type type{.shape = Shape::list, .merge = Merge::atomic};
    type.element = schema.items ? build(*schema.items, schema.items->embedded_resource) : &any_type;
    if (schema.list_type == "set") type.merge = Merge::set;
    if (schema.is_map_list()) {
        type.merge = Merge::keyed;
        type.map_keys = words(schema.list_map_keys);
        std::vector<std::string> defaults;
        for (auto& key : schema.list_map_keys) {
            auto* property = schema.items ? schema.items->property(key) : nullptr;
            defaults.push_back(property && property->default_value ? json::to_json(*property->default_value) : "");
        }
        type.map_key_defaults = words(defaults);
    }
    return type;
}

const Type* SchemaTypes::build(const JsonSchema& schema, bool is_resource) {
    if (schema.int_or_string) return keep(Type{.shape = Shape::int_or_string});
    if (schema.type == "object" || !schema.properties.empty()) return keep(object(schema, is_resource));
    if (schema.type == "array") return keep(list(schema));
    Type type{.format = format_of(schema)};
    if (schema.type == "string")
        type.shape = Shape::string;
    else if (schema.type == "integer")
        type.shape = Shape::integer;
    else if (schema.type == "number")
        type.shape = Shape::number;
    else if (schema.type == "boolean")
        type.shape = Shape::boolean;
    else
        type.preserve_unknown = true;
    return keep(type);
}

const Type& SchemaTypes::resource(const JsonSchema& schema, bool preserve_unknown) {
    auto type = object(schema, true);
    if (type.shape == Shape::map) {
        std::vector<Field> fields;
        add_meta(fields);
        type =
            Type{.shape = Shape::object, .preserve_unknown = true, .fields = fields_.emplace_back(std::move(fields))};
    }
    type.preserve_unknown = type.preserve_unknown || preserve_unknown;
    return *keep(type);
}

}  // namespace mizzen::apiserver
