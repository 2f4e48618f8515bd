// SPDX-License-Identifier: Apache-2.0
// Embedded resources: objects inside objects, with apiVersion, kind and metadata of their own.
#include <fmt/format.h>

#include <algorithm>

#include "mizzen/apiserver/crd/schema_validator.hpp"
#include "mizzen/apiserver/kinds/metadata.hpp"
#include "mizzen/apiserver/kinds/place.hpp"
#include "mizzen/base/text.hpp"

namespace mizzen::apiserver {
namespace {

void check_api_version(const Place& at) {
    if (!at.find()) return at.required();
    if (!at.value().is_string()) return at.invalid("must be a string");
    if (at.text().empty()) return at.invalid("must not be empty");
    if (std::count(at.text().begin(), at.text().end(), '/') > 1) {
        at.invalid(fmt::format("unexpected GroupVersion string: {}", at.text()));
    }
}

void check_kind(const Place& at) {
    if (!at.find()) return at.required();
    if (!at.value().is_string()) return at.invalid("must be a string");
    if (at.text().empty()) return at.invalid("must not be empty");
    if (auto wrong = dns1035_label(to_lower(at.text())); !wrong.empty()) {
        at.invalid("may have mixed case, but should otherwise match: " + joined(wrong));
    }
}

void check_resource(const Place& at) {
    check_api_version(at.at("apiVersion"));
    check_kind(at.at("kind"));
    if (auto metadata = at.at("metadata")) {
        check_embedded_metadata(metadata);
    }
}

void check(const JsonSchema& schema, const Place& at, bool is_resource) {
    if (at.value().is_array()) {
        if (!schema.items) return;
        for (auto& item : at.items()) check(*schema.items, item, schema.items->embedded_resource);
        return;
    }
    if (!at.value().is_object()) return;
    if (is_resource) check_resource(at);
    for (auto& m : at.value().as_object()) {
        if (auto* property = schema.property(m.key)) {
            check(*property, at.at(m.key), property->embedded_resource);
        } else if (schema.additional) {
            check(*schema.additional, Place(&m.value, key_path(at.path(), m.key), at.errors()),
                  schema.additional->embedded_resource);
        }
    }
}

}  // namespace

std::vector<FieldError> check_embedded(const JsonSchema& schema, const json::Value& value, bool is_resource,
                                       std::string_view prefix) {
    std::vector<FieldError> errors;
    check(schema, Place(&value, std::string(prefix), errors), is_resource || schema.embedded_resource);
    return errors;
}

}  // namespace mizzen::apiserver
