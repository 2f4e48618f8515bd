// SPDX-License-Identifier: Apache-2.0
// Sets and keyed lists: no element, no key twice.
#include <map>
#include <set>

#include "mizzen/apiserver/crd/schema_validator.hpp"
#include "mizzen/apiserver/kinds/place.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

// What identifies a value: numbers that are equal are the same however they were written.
std::string identity(const Value& value) {
    bool is_whole = value.is_number() && !value.is_integer() &&
                    value.as_number() == static_cast<double>(static_cast<std::int64_t>(value.as_number()));
    return is_whole ? json::to_json(static_cast<std::int64_t>(value.as_number())) : json::to_json(value);
}

// The first repetition of each.
std::vector<std::size_t> repeated(const std::vector<std::string>& identities) {
    std::map<std::string_view, int> seen;
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < identities.size(); ++i) {
        if (++seen[identities[i]] == 2) out.push_back(i);
    }
    return out;
}

void check_set(const json::Array& items, const std::string& path, std::vector<FieldError>& errors) {
    std::vector<std::string> identities;
    for (auto& item : items) identities.push_back(identity(item));
    for (auto i : repeated(identities)) errors.push_back(duplicate_value(index_path(path, i), items[i]));
}

void check_keyed(const JsonSchema& schema, const json::Array& items, const std::string& path,
                 std::vector<FieldError>& errors) {
    std::vector<std::string> identities;
    std::vector<Value> keys;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!items[i].is_object() && !items[i].is_null()) {
            errors.push_back(
                invalid_value(index_path(path, i), items[i], "must be an object for an array of list-type map"));
            return;
        }
        Value key{json::Object()};
        for (auto& name : schema.list_map_keys) {
            if (auto* part = items[i].find(name)) key[name] = *part;
        }
        identities.push_back(identity(key));
        keys.push_back(std::move(key));
    }
    for (auto i : repeated(identities)) errors.push_back(duplicate_value(index_path(path, i), keys[i]));
}

void check(const JsonSchema& schema, const Value& value, const std::string& path, std::vector<FieldError>& errors) {
    if (value.is_array()) {
        auto& items = value.as_array();
        if (schema.list_type == "set") check_set(items, path, errors);
        if (schema.is_map_list()) check_keyed(schema, items, path, errors);
        for (std::size_t i = 0; schema.items && i < items.size(); ++i)
            check(*schema.items, items[i], index_path(path, i), errors);
    } else if (value.is_object()) {
        for (auto& m : value.as_object()) {
            if (auto* property = schema.property(m.key))
                check(*property, m.value, child_path(path, m.key), errors);
            else if (schema.additional)
                check(*schema.additional, m.value, key_path(path, m.key), errors);
        }
    }
}

}  // namespace

std::vector<FieldError> check_lists(const JsonSchema& schema, const json::Value& object) {
    std::vector<FieldError> errors;
    check(schema, object, "", errors);
    return errors;
}

}  // namespace mizzen::apiserver
