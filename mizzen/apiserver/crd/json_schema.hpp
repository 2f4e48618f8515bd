// SPDX-License-Identifier: Apache-2.0
// JsonSchema: an OpenAPI v3 schema as a CustomResourceDefinition carries it, read once into a tree.
// Source: apiextensions.k8s.io/v1 JSONSchemaProps.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/base/regex.hpp"
#include "mizzen/json/value.hpp"

namespace mizzen::apiserver {

// One entry of x-kubernetes-validations.
struct ValidationRule {
    std::string rule, message, message_expression, field_path;
    std::optional<std::string> reason;
    std::optional<bool> optional_old_self;
};

struct JsonSchema {
    // Structure.
    std::string type;  // "" if none is given
    bool nullable = false;
    std::optional<json::Value> default_value;
    bool preserve_unknown = false;
    bool embedded_resource = false;
    bool int_or_string = false;
    std::string list_type, map_type;  // "" if not given
    std::vector<std::string> list_map_keys;
    std::map<std::string, JsonSchema, std::less<>> properties;
    std::unique_ptr<JsonSchema> items;
    std::unique_ptr<JsonSchema> additional;  // additionalProperties as a schema
    std::optional<bool> additional_allowed;  // true also where it is a schema; absent: not given

    // Value checks.
    std::string format;
    std::string pattern;
    std::optional<double> minimum, maximum, multiple_of;
    bool exclusive_minimum = false, exclusive_maximum = false;
    std::optional<std::int64_t> min_length, max_length, min_items, max_items, min_properties, max_properties;
    bool unique_items = false;
    std::vector<std::string> required;
    std::vector<json::Value> enumeration;
    std::vector<JsonSchema> all_of, any_of, one_of;
    std::unique_ptr<JsonSchema> not_schema;
    std::vector<ValidationRule> rules;

    // Compiled by compile_patterns; absent where there is no pattern.
    std::optional<Regex> regex;

    const JsonSchema* property(std::string_view name) const;
    // The schema of a member: its property, else additionalProperties; nullptr if neither says anything.
    const JsonSchema* member(std::string_view name) const;
    bool is_map_list() const { return list_type == "map"; }
};

// Reads what is well-formed and passes over the rest: what is wrong is for validate_crd to say.
JsonSchema parse_json_schema(const json::Value& schema);

// Compiles the patterns of the whole tree. Throws Error(invalid) for one that is none.
void compile_patterns(JsonSchema& schema);

// True for "string" formats that are checked; others are only published.
bool is_known_format(std::string_view format);
// "2006-01-02" for "date", and so on. True for formats that are not known.
bool has_format(std::string_view text, std::string_view format);

}  // namespace mizzen::apiserver
