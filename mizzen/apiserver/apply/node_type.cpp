// SPDX-License-Identifier: Apache-2.0
// Natures of values, and the zero values of Go structs that decide whether a container was there before.
#include "mizzen/apiserver/apply/node_type.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;
using kube::schema::Field;
using kube::schema::Format;
using kube::schema::Merge;
using kube::schema::Shape;
using kube::schema::Type;

constexpr Type untyped{};

const Value* zero_of(const Field& field) {
    static const Value null, no(false), zero(0), text(""), object = json::Object(), quantity("0");
    const Type& type = *field.type;
    if (type.shape == Shape::object && !field.pointer) return field.omit_zero ? nullptr : &object;
    if (field.omit_empty || field.omit_zero) return nullptr;
    if (field.pointer) return &null;
    switch (type.shape) {
        case Shape::boolean:
            return &no;
        case Shape::integer:
        case Shape::number:
        case Shape::int_or_string:
            return &zero;
        case Shape::string:
            break;
        default:
            return &null;
    }
    if (type.format == Format::quantity) return &quantity;
    return type.format == Format::date_time || type.format == Format::micro_time ? &null : &text;
}

}  // namespace

bool is_atomic(const Type& type) {
    switch (type.shape) {
        case Shape::object:
        case Shape::map:
            return type.merge == Merge::atomic;
        case Shape::list:
            return type.merge != Merge::set && type.merge != Merge::keyed;
        default:
            return false;
    }
}

Nature nature_of(const Value& value, const Type& type) {
    switch (type.shape) {
        case Shape::any:
            return value.is_object() ? Nature::map : Nature::leaf;
        case Shape::object:
        case Shape::map:
            return !is_atomic(type) && (value.is_object() || value.is_null()) ? Nature::map : Nature::leaf;
        case Shape::list:
            return !is_atomic(type) && (value.is_array() || value.is_null()) ? Nature::list : Nature::leaf;
        default:
            return Nature::leaf;
    }
}

const Type& member_type(const Type& type, std::string_view name) {
    if (const Field* field = type.find(name)) return *field->type;
    return type.shape == Shape::map && type.element ? *type.element : untyped;
}

const Type& item_type(const Type& type) { return type.shape == Shape::list && type.element ? *type.element : untyped; }

const Type& step(const Type& type, std::string_view element) {
    return element.starts_with("f:") ? member_type(type, element.substr(2)) : item_type(type);
}

const Value* implied_value(const Type& type, std::string_view name) {
    const Field* field = type.find(name);
    // Custom resources are not structs: what JSON leaves out is not there.
    return field && field->number != 0 ? zero_of(*field) : nullptr;
}

}  // namespace mizzen::apiserver
