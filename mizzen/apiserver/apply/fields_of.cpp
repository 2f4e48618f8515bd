// SPDX-License-Identifier: Apache-2.0
// The field set of one object.
#include <algorithm>
#include <map>

#include "mizzen/apiserver/apply/node_type.hpp"
#include "mizzen/apiserver/apply/object_fields.hpp"
#include "mizzen/apiserver/apply/path_element.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;
using kube::schema::Type;

bool collect(const Value& value, const Type& type, FieldSet& below);

void collect_members(const Value& value, const Type& type, FieldSet& out) {
    for (const auto& [key, member] : value.as_object()) {
        FieldSet below;
        bool is_set = collect(member, member_type(type, key), below);
        bool is_empty = member.is_null() || (member.is_object() && member.as_object().empty());
        out.put(field_element(key), is_set || is_empty || !type.find(key), std::move(below));
    }
}

// Items with the same key cannot be told apart, so only the key is in the set, not what is in them.
void collect_items(const Value& value, const Type& type, FieldSet& out) {
    std::map<std::string, const Value*> items;
    for (const auto& item : value.as_array()) {
        auto element = item_element(item, type);
        if (!element) continue;
        auto [at, is_first] = items.try_emplace(std::move(*element), &item);
        if (!is_first) at->second = nullptr;
    }
    for (const auto& [element, item] : items) {
        FieldSet below;
        if (item) collect(*item, item_type(type), below);
        out.put(element, true, std::move(below));
    }
}

// Fills `below`; whether the value itself is a field.
bool collect(const Value& value, const Type& type, FieldSet& below) {
    switch (nature_of(value, type)) {
        case Nature::leaf:
            return true;
        case Nature::map:
            if (value.is_object()) collect_members(value, type, below);
            return false;
        case Nature::list:
            if (value.is_array()) collect_items(value, type, below);
            return false;
    }
    return false;
}

}  // namespace

FieldSet fields_of(const Value& object, const Type& type) {
    FieldSet out;
    collect(object, type, out);
    return out;
}

}  // namespace mizzen::apiserver
