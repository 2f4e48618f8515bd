// SPDX-License-Identifier: Apache-2.0
// Field sets of objects: which fields an object has, and in which two objects differ.
#pragma once
#include <string>
#include <vector>

#include "mizzen/apiserver/apply/field_set.hpp"
#include "mizzen/json/value.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::apiserver {

// The fields that `object` specifies: leaves, list items, members of maps, and what is explicitly empty or null.
FieldSet fields_of(const json::Value& object, const kube::schema::Type& type);

struct Difference {
    FieldSet changed;  // other or new in the second
    FieldSet removed;  // only in the first
};
Difference difference(const json::Value& before, const json::Value& after, const kube::schema::Type& type);

// What is wrong with an applied object: fields that the type does not have, values of another kind, items without or
// with the same key. Each reads ".spec.replicas: expected numeric (int or float), got string". Empty: nothing.
std::vector<std::string> type_problems(const json::Value& object, const kube::schema::Type& type);

// Merges `config` into `live`: what config says wins, what it does not mention stays. Items that config names come in
// its order.
void merge_config(json::Value& live, const json::Value& config, const kube::schema::Type& type);

// Takes the paths of `unwanted` out of `object`. Containers that become empty by it go too, or become null: as long as
// owners are computed, kube-apiserver has the null there, and who owns the container keeps it.
enum class Emptied { goes, becomes_null };
void remove_fields(json::Value& object, const FieldSet& unwanted, const kube::schema::Type& type, Emptied emptied);

}  // namespace mizzen::apiserver
