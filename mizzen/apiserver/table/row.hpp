// SPDX-License-Identifier: Apache-2.0
// Row: an object as a layout reads it, with the words kubectl uses for what is missing.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/base/time.hpp"
#include "mizzen/json/value.hpp"

namespace mizzen::apiserver {

using Keys = std::initializer_list<std::string_view>;

// The items of a list; none for anything else.
const json::Array& items_of(const json::Value* list);
// How many items or members.
std::int64_t size_of(const json::Value* value);
// "3d4h" since an RFC 3339 time, "<unknown>" if there is none.
std::string since(std::string_view time, WallTime now);

// Labels as "a=b,c=d", "<none>" for none.
std::string labels_text(const json::Value* labels);
// A metav1.LabelSelector as "a=b,c in (d,e),!f"; `none` if it says nothing.
std::string selector_text_of(const json::Value* selector, std::string_view none = "<none>");
// The first `most` of `all` with commas, and " + 2 more..." for the rest.
std::string shortened(const std::vector<std::string>& all, std::size_t most, std::string_view separator = ",");
// The canonical text of a quantity; "0" if there is none.
std::string quantity_text(const json::Value* quantity);

struct Row {
    const json::Value& object;
    WallTime now;

    std::string_view name() const { return text({"metadata", "name"}); }
    std::string_view text(Keys path) const { return object.text(path); }
    // The text, or `otherwise` if it is missing or empty.
    std::string_view text_or(Keys path, std::string_view otherwise) const;
    std::int64_t integer(Keys path) const { return object.integer(path); }
    bool is_true(Keys path) const;
    const json::Value* find(Keys path) const { return object.find_path(path); }
    const json::Array& items(Keys path) const { return items_of(find(path)); }
    std::string age() const { return since({"metadata", "creationTimestamp"}); }
    std::string since(Keys path) const { return apiserver::since(text(path), now); }
    bool terminating() const { return !text({"metadata", "deletionTimestamp"}).empty(); }
    // Names or images of the containers of a pod spec.
    std::string containers(Keys pod_spec, std::string_view member) const;
};

// The item of a list whose "type" this is; nullptr if there is none.
const json::Value* item_of_type(const json::Array& list, std::string_view type);
// Whether the condition is there with status True.
bool has_condition(const json::Array& conditions, std::string_view type);

}  // namespace mizzen::apiserver
