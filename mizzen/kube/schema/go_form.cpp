// SPDX-License-Identifier: Apache-2.0
// Walks an object from the bottom up.
#include "mizzen/kube/schema/go_form.hpp"

#include "mizzen/kube/schema/detail/go_form.hpp"

namespace mizzen::kube::schema {
namespace {

void walk(json::Value& value, const Type& type, detail::ValueBudget& budget);

void walk_object(json::Value& object, const Type& type, detail::ValueBudget& budget) {
    for (const Field& field : type.fields) {
        json::Value* member = object.find(field.name);
        if (!member) continue;
        if (member->is_null())
            object.as_object().erase(field.name);
        else
            walk(*member, *field.type, budget);
    }
    detail::show_like_go(object, type, budget);
}

void walk(json::Value& value, const Type& type, detail::ValueBudget& budget) {
    if (type.shape == Shape::object && value.is_object()) {
        walk_object(value, type, budget);
    } else if (type.shape == Shape::list && value.is_array()) {
        for (json::Value& element : value.as_array()) walk(element, *type.element, budget);
    } else if (type.shape == Shape::map && value.is_object()) {
        for (json::Member& member : value.as_object()) walk(member.value, *type.element, budget);
    }
}

}  // namespace

void show_like_go(json::Value& value, const Type& type) {
    detail::ValueBudget budget(100'000);
    walk(value, type, budget);
}

}  // namespace mizzen::kube::schema
