// SPDX-License-Identifier: Apache-2.0
// How apply sees a value: as something that merges member by member, item by item, or as one leaf.
// Source: structured-merge-diff v6; what has no type (Shape::any) counts as granular objects of leaves, lists being
// atomic.
#pragma once
#include <string_view>

#include "mizzen/json/value.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::apiserver {

enum class Nature { leaf, map, list };

// Of `value` under `type`. Null is an empty map or list where the type says map or list.
Nature nature_of(const json::Value& value, const kube::schema::Type& type);
// Replaced as a whole, whatever the value is.
bool is_atomic(const kube::schema::Type& type);

// The type of member `name`; of shape any if there is none.
const kube::schema::Type& member_type(const kube::schema::Type& type, std::string_view name);
// The type behind a path element: "f:name" a member, anything else an item.
const kube::schema::Type& step(const kube::schema::Type& type, std::string_view element);
const kube::schema::Type& item_type(const kube::schema::Type& type);

// What Go's struct has where JSON leaves the member out, because it is no pointer or is always written; null if absence
// means absence.
const json::Value* implied_value(const kube::schema::Type& type, std::string_view name);

}  // namespace mizzen::apiserver
