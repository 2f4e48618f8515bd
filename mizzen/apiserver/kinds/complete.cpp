// SPDX-License-Identifier: Apache-2.0
// complete: what Go's encoder makes of a struct.
#include "mizzen/apiserver/kinds/kind_rules.hpp"
#include "mizzen/base/quantity.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;
using kube::schema::Field;
using kube::schema::Format;
using kube::schema::Shape;
using kube::schema::Type;

// Whether Go's encoder leaves the value out under omitempty: zero values, but never structs.
bool is_omitted(const Value& value, const Type& type) {
    switch (type.shape) {
        case Shape::boolean:
            return value.is_bool() && !value.as_bool();
        case Shape::integer:
        case Shape::number:
            return value.is_number() && value.as_number() == 0;
        case Shape::string:
            return type.format != Format::quantity && value.is_string() && value.as_string().empty();
        case Shape::list:
            return value.is_array() && value.as_array().empty();
        case Shape::map:
            return value.is_object() && value.as_object().empty();
        default:
            return false;
    }
}

bool is_list(const Type& type) { return type.shape == Shape::list || type.shape == Shape::map; }

// What is written for a member that is always written.
Value always(const Type& type) {
    switch (type.shape) {
        case Shape::boolean:
            return false;
        case Shape::integer:
        case Shape::number:
        case Shape::int_or_string:
            return 0;
        case Shape::string:
            return type.format == Format::quantity ? "0" : type.format == Format::none ? Value("") : Value();
        case Shape::object:
            return json::Object();
        default:
            return nullptr;
    }
}

// A struct in Go, so that it is written even when it is empty: as null.
bool is_time(const Type& type) { return type.format == Format::date_time || type.format == Format::micro_time; }

void complete_struct(Value& value, const Type& type) {
    for (auto& field : type.fields) {
        auto* there = value.find(field.name);
        bool is_struct = field.type->shape == Shape::object;
        if (!there) {
            bool left_out = field.pointer || field.omit_zero ||
                            (field.omit_empty && !is_struct && !is_time(*field.type)) ||
                            field.type->shape == Shape::any;
            if (left_out) continue;
            value[field.name] = always(*field.type);
            if (is_struct) complete(*value.find(field.name), *field.type);
            continue;
        }
        complete(*there, *field.type);
        bool is_zero = field.omit_zero && is_struct && there->is_object() && there->as_object().empty();
        if (!field.pointer && !field.omit_empty && is_list(*field.type) && is_omitted(*there, *field.type))
            *there = nullptr;
        else if (!field.pointer && ((field.omit_empty && is_omitted(*there, *field.type)) || is_zero))
            value.erase(field.name);
    }
}

}  // namespace

void complete(json::Value& object, const kube::schema::Type& type) {
    if (type.shape == Shape::object && object.is_object()) {
        complete_struct(object, type);
    } else if (type.shape == Shape::list && object.is_array()) {
        for (auto& item : object.as_array()) complete(item, *type.element);
    } else if (type.shape == Shape::map && object.is_object()) {
        for (auto& m : object.as_object()) complete(m.value, *type.element);
    } else if (type.format == Format::quantity && object.is_string()) {
        if (auto quantity = parse_quantity(object.as_string())) object = to_string(*quantity);
    }
}

}  // namespace mizzen::apiserver
