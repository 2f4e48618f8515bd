// SPDX-License-Identifier: Apache-2.0
// Comparing what is with what was applied.
#include "mizzen/kube/runtime/drift.hpp"

#include <algorithm>

#include "mizzen/base/digest.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::kube {
namespace {

using json::Array;
using json::Object;
using json::Value;

const schema::Type* type_of_member(const schema::Type* type, std::string_view key) {
    if (type == nullptr) return nullptr;
    if (type->shape == schema::Shape::map) return type->element;
    const schema::Field* field = type->find(key);
    return field == nullptr ? nullptr : field->type;
}

// Whether two items of a keyed list are the same item. A key that is absent counts as its default.
bool same_keys(const Value& a, const Value& b, const schema::Type& list) {
    for (std::size_t i = 0; i < list.map_keys.size(); ++i) {
        const Value* in_a = a.find(list.map_keys[i]);
        const Value* in_b = b.find(list.map_keys[i]);
        Value otherwise;
        if (i < list.map_key_defaults.size() && !list.map_key_defaults[i].empty())
            otherwise = json::parse(list.map_key_defaults[i]);
        if ((in_a == nullptr ? otherwise : *in_a) != (in_b == nullptr ? otherwise : *in_b)) return false;
    }
    return true;
}

Value project_object(const Object& live, const Object& wanted, const schema::Type* type) {
    Object out;
    for (auto& [key, member] : wanted)
        if (const Value* found = live.find(key)) out.set(key, project(*found, member, type_of_member(type, key)));
    return out;
}

Value project_keyed(const Array& live, const Array& wanted, const schema::Type& type) {
    Array out;
    for (const Value& item : wanted) {
        auto found = std::find_if(live.begin(), live.end(), [&](const Value& l) { return same_keys(l, item, type); });
        if (found != live.end()) out.push_back(project(*found, item, type.element));
    }
    return out;
}

Value project_set(const Array& live, const Array& wanted) {
    Array out;
    for (const Value& item : wanted)
        if (std::find(live.begin(), live.end(), item) != live.end()) out.push_back(item);
    return out;
}

Value project_list(const Array& live, const Array& wanted, const schema::Type* type) {
    if (type != nullptr && type->merge == schema::Merge::keyed) return project_keyed(live, wanted, *type);
    if (type != nullptr && type->merge == schema::Merge::set) return project_set(live, wanted);
    // The list is ours as a whole, but its items may have defaults that we did not write.
    Array out;
    for (std::size_t i = 0; i < live.size(); ++i)
        out.push_back(i < wanted.size() ? project(live[i], wanted[i], type == nullptr ? nullptr : type->element)
                                        : live[i]);
    return out;
}

}  // namespace

Value project(const Value& live, const Value& wanted, const schema::Type* type) {
    if (live.is_object() && wanted.is_object()) return project_object(live.as_object(), wanted.as_object(), type);
    if (live.is_array() && wanted.is_array()) return project_list(live.as_array(), wanted.as_array(), type);
    return live;
}

std::uint64_t fingerprint(const Value& value) { return fnv64(json::to_json(value)); }

Value merge_difference(const Value& before, const Value& after) {
    if (before == after) return {};
    if (!before.is_object() || !after.is_object()) return after;
    Object out;
    for (auto& [key, member] : before.as_object())
        if (!after.as_object().contains(key)) out.set(key, Value());
    for (auto& [key, member] : after.as_object()) {
        const Value* old = before.find(key);
        if (old == nullptr) {
            out.set(key, member);
        } else if (*old != member) {
            out.set(key, merge_difference(*old, member));
        }
    }
    return out;
}

}  // namespace mizzen::kube
