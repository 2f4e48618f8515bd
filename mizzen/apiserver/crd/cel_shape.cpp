// SPDX-License-Identifier: Apache-2.0
// cel_shape: types and the bounds of their sizes, which are those of kube-apiserver, as estimates of cost depend on
// them.
#include "mizzen/apiserver/crd/cel_shape.hpp"

#include <algorithm>

namespace mizzen::apiserver {
namespace {

using cel::Shape;
using Kind = Shape::Kind;
using ShapePtr = std::shared_ptr<const Shape>;

constexpr std::int64_t quotes = 2, time_size = 32, date_size = 12;

std::uint64_t not_negative(std::int64_t n) { return static_cast<std::uint64_t>(std::max<std::int64_t>(n, 0)); }

// A character may take four bytes.
std::uint64_t most_characters(const JsonSchema& schema) {
    if (schema.max_length) return not_negative(*schema.max_length) * 4;
    if (schema.enumeration.empty() || schema.int_or_string) return largest_request - quotes;
    std::size_t longest = 0;
    for (auto& v : schema.enumeration) longest = std::max(longest, v.is_string() ? v.as_string().size() : 0);
    return longest;
}

Shape scalar(Kind kind, std::uint64_t most, std::int64_t least_bytes) {
    Shape out;
    out.kind = kind;
    out.most = most;
    out.least_bytes = least_bytes;
    return out;
}

Shape text_shape(const JsonSchema& schema) {
    if (schema.format == "byte") {
        auto most = schema.max_length ? not_negative(*schema.max_length) : not_negative(largest_request - quotes);
        return scalar(Kind::bytes, most, quotes);
    }
    if (schema.format == "duration") return scalar(Kind::duration, time_size, 3);
    if (schema.format == "date") return scalar(Kind::date, date_size, date_size);
    if (schema.format == "date-time") return scalar(Kind::time, time_size, 21);
    return scalar(Kind::string, most_characters(schema), quotes);
}

Shape list_shape(const JsonSchema& schema) {
    if (!schema.items) return {};
    auto element = cel_shape(*schema.items, schema.items->embedded_resource);
    if (element->kind == Kind::hidden) return {};
    auto most = schema.max_items ? *schema.max_items : (largest_request - 2) / (element->least_bytes + 1);
    auto out = scalar(Kind::list, not_negative(most), 2);
    out.element = std::move(element);
    out.list_kind = schema.list_type == "set"   ? Shape::ListKind::set
                    : schema.list_type == "map" ? Shape::ListKind::keyed
                                                : Shape::ListKind::atomic;
    out.keys = schema.list_map_keys;
    return out;
}

Shape map_shape(const JsonSchema& schema) {
    auto element = cel_shape(*schema.additional, schema.additional->embedded_resource);
    if (element->kind == Kind::hidden) return {};
    auto most = schema.max_properties ? *schema.max_properties : (largest_request - 2) / (element->least_bytes + 6);
    auto out = scalar(Kind::map, not_negative(most), 2);
    out.element = std::move(element);
    return out;
}

bool is_required(const JsonSchema& schema, const std::string& name) {
    return std::find(schema.required.begin(), schema.required.end(), name) != schema.required.end();
}

Shape object_shape(const JsonSchema& schema) {
    auto out = scalar(Kind::object, 0, 2);
    out.has_properties = !schema.properties.empty();
    for (auto& [name, property] : schema.properties) {
        auto shape = cel_shape(property, property.embedded_resource);
        auto escaped = cel::escape_name(name);
        bool must_be_sent = is_required(schema, name) && !property.default_value && shape->kind != Kind::hidden;
        if (must_be_sent) out.least_bytes += static_cast<std::int64_t>(name.size()) + shape->least_bytes + 4;
        out.fields.push_back({name, escaped.value_or(""), std::move(shape)});
    }
    return out;
}

bool has_type(const JsonSchema* schema, std::string_view type) { return schema && schema->type == type; }

bool describes_resource(const JsonSchema& schema) {
    auto* metadata = schema.property("metadata");
    return has_type(schema.property("kind"), "string") && has_type(schema.property("apiVersion"), "string") &&
           has_type(metadata, "object") && has_type(metadata->property("name"), "string") &&
           has_type(metadata->property("generateName"), "string");
}

void put(Shape& object, std::string name, ShapePtr shape) {
    auto at =
        std::lower_bound(object.fields.begin(), object.fields.end(), name, [](auto& f, auto& n) { return f.name < n; });
    if (at == object.fields.end() || at->name != name) at = object.fields.insert(at, {name, name, nullptr});
    at->shape = std::move(shape);
}

void add_resource_members(Shape& out) {
    auto text = std::make_shared<const Shape>(scalar(Kind::string, largest_request - quotes, quotes));
    auto metadata = scalar(Kind::object, 0, 2);
    metadata.has_properties = true;
    put(metadata, "generateName", text);
    put(metadata, "name", text);
    put(out, "apiVersion", text);
    put(out, "kind", text);
    put(out, "metadata", std::make_shared<const Shape>(std::move(metadata)));
    out.has_properties = true;
}

Shape plain_shape(const JsonSchema& schema) {
    if (schema.type == "array") return list_shape(schema);
    if (schema.type == "object") return schema.additional ? map_shape(schema) : object_shape(schema);
    if (schema.type == "string") return text_shape(schema);
    if (schema.type == "boolean") return scalar(Kind::boolean, 0, 4);
    if (schema.type == "number") return scalar(Kind::number, 0, 1);
    if (schema.type == "integer") return scalar(Kind::integer, 0, 1);
    return {};
}

}  // namespace

ShapePtr cel_shape(const JsonSchema& schema, bool is_resource) {
    Shape out;
    if (schema.int_or_string)
        out = scalar(Kind::integer_or_string, most_characters(schema), 1);
    else
        out = plain_shape(schema);
    if (is_resource && out.kind == Kind::object && !describes_resource(schema)) add_resource_members(out);
    out.nullable = schema.nullable;
    return std::make_shared<const Shape>(std::move(out));
}

}  // namespace mizzen::apiserver
