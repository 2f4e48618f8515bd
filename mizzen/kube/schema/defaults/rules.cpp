// SPDX-License-Identifier: Apache-2.0
// Small steps that defaults are made of.
#include "mizzen/kube/schema/defaults/rules.hpp"

namespace mizzen::kube::schema::defaults {

bool is_unset(const json::Value& object, std::string_view member) {
    const json::Value* v = object.find(member);
    return !v || v->is_null() || (v->is_string() && v->as_string().empty());
}

void fill(json::Value& object, std::string_view member, json::Value value) {
    if (object.is_object() && is_unset(object, member)) object[member] = std::move(value);
}

json::Value* object_at(json::Value& parent, std::string_view member) {
    if (!parent.is_object()) return nullptr;
    json::Value& v = parent[member];
    if (v.is_null()) v = json::Object();
    return v.is_object() ? &v : nullptr;
}

bool is_empty(const json::Value* v) {
    if (!v || v->is_null()) return true;
    return (v->is_array() && v->as_array().empty()) || (v->is_object() && v->as_object().empty());
}

void fill_map(json::Value& to, const json::Value* from) {
    if (!from || !from->is_object() || !to.is_object()) return;
    for (const json::Member& m : from->as_object())
        if (!to.find(m.key)) to[m.key] = m.value;
}

}  // namespace mizzen::kube::schema::defaults
