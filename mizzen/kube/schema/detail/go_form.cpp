// SPDX-License-Identifier: Apache-2.0
// Go's omitempty and omitzero.
#include "mizzen/kube/schema/detail/go_form.hpp"

#include "mizzen/base/error.hpp"

namespace mizzen::kube::schema::detail {
namespace {

bool is_zero(const json::Value& v) {
    switch (v.kind()) {
        case json::Kind::boolean:
            return !v.as_bool();
        case json::Kind::integer:
            return v.as_integer() == 0;
        case json::Kind::number:
            return v.as_number() == 0;
        case json::Kind::string:
            return v.as_string().empty();
        case json::Kind::array:
            return v.as_array().empty();
        case json::Kind::object:
            return v.as_object().empty();
        default:
            return true;
    }
}

}  // namespace

void ValueBudget::take() {
    if (left_ == 0) throw Error(ErrorKind::invalid, "the object has too many values");
    --left_;
}

bool is_go_struct(const Type& type) {
    switch (type.shape) {
        case Shape::any:
        case Shape::object:
        case Shape::int_or_string:
            return true;
        case Shape::string:
            return type.format == Format::date_time || type.format == Format::micro_time ||
                   type.format == Format::quantity;
        default:
            return false;
    }
}

void show_like_go(json::Value& object, const Type& type, ValueBudget& budget) {
    for (const Field& f : type.fields) {
        if (f.number == 0) continue;
        json::Value* value = object.find(f.name);
        if (f.pointer) {
            if (!value && !f.omit_empty) object[f.name] = nullptr;
        } else if (is_go_struct(*f.type)) {
            if (!value && !f.omit_zero)
                object[f.name] = unset_in_go(*f.type, budget);
            else if (value && value->is_null() && f.omit_zero)
                object.erase(f.name);
        } else if (f.omit_empty) {
            if (value && is_zero(*value)) object.erase(f.name);
        } else if (!value) {
            object[f.name] = unset_in_go(*f.type, budget);
        }
    }
}

json::Value unset_in_go(const Type& type, ValueBudget& budget) {
    budget.take();
    switch (type.shape) {
        case Shape::boolean:
            return false;
        case Shape::integer:
        case Shape::number:
        case Shape::int_or_string:
            return 0;
        case Shape::string:
            if (type.format == Format::quantity) return "0";
            return is_go_struct(type) || type.format == Format::byte ? json::Value() : json::Value("");
        case Shape::object: {
            json::Value out = json::Object();
            show_like_go(out, type, budget);
            return out;
        }
        default:
            return nullptr;
    }
}

}  // namespace mizzen::kube::schema::detail
