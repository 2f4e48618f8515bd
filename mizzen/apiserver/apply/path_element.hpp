// SPDX-License-Identifier: Apache-2.0
// Path elements: how one step of a path is written in FieldsV1 and in messages, and what identifies an element of a
// list.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "mizzen/json/value.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::apiserver {

// "f:" and the name.
std::string field_element(std::string_view name);

// `k:{"name":"x"}` or `v:"x"`: what identifies `item` in a list that merges as a set or by keys; keys that are left out
// have their defaults. Nothing if it cannot be identified; item_problem then says why.
std::optional<std::string> item_element(const json::Value& item, const kube::schema::Type& list);
// In the words of kube-apiserver: "associative list without keys has an element that's a map type".
std::string item_problem(const json::Value& item, const kube::schema::Type& list);

// An element as somebody else wrote it, in the form of the functions above; "" for a kind of element that is not known.
// Nothing: it is malformed.
std::optional<std::string> canonical_element(std::string_view written);

// As people read it: ".image", "[name=\"app\"]", "[=\"x\"]", "[3]".
std::string readable_element(std::string_view element);

}  // namespace mizzen::apiserver
