// SPDX-License-Identifier: Apache-2.0
// The fields by which lists and watches of built-in kinds can be filtered: ?fieldSelector=spec.nodeName=a.
// https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "mizzen/json/value.hpp"

namespace mizzen::kube::schema {

struct SelectableField {
    std::string_view label;      // as the selector has it: "spec.nodeName"
    std::string_view path;       // where its value is, dotted; "" where it never has one
    std::string_view otherwise;  // a second path, for when the first has no value
    std::string_view zero;       // what an unset value counts as: "", "false", "0"
};

// The fields of a kind, metadata.name and metadata.namespace among them where they are allowed. Every other label is an
// error of the client.
std::span<const SelectableField> selectable_fields(std::string_view group, std::string_view kind);
const SelectableField* find_selectable_field(std::string_view group, std::string_view kind, std::string_view label);

// The value that a selector is compared with.
std::string field_value(const SelectableField&, const json::Value& object);

}  // namespace mizzen::kube::schema
