// SPDX-License-Identifier: Apache-2.0
// TypeInfo: a table that describes a C++ struct as JSON sees it. reflect.hpp builds it from field() notes, tools/schema
// generates it for the Kubernetes kinds; encoder, decoder, schema and reference pages are ordinary functions over it.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "mizzen/json/value.hpp"

namespace mizzen::json {

enum class Shape : std::uint8_t {
    boolean,
    integer,
    number,
    string,
    enumeration,
    object,
    list,
    map,
    optional,
    value,          // json::Value: anything
    int_or_string,  // IntOrString
    custom,         // read and written by TypeInfo::from_value and to_value (times, quantities, boxes)
};

// One validation rule in the Common Expression Language (x-kubernetes-validations).
struct Rule {
    std::string_view expression;
    std::string_view message;
};

// What a field says about itself besides its type and name.
struct Note {
    std::string_view doc = {};
    std::string_view pattern = {};
    std::string_view key = {};  // JSON key where it is not the lowerCamel form of the C++ name
    std::optional<double> min = {}, max = {};
    std::optional<std::int64_t> min_length = {}, max_length = {};
    std::span<const std::string_view> list_keys = {};  // x-kubernetes-list-map-keys
    std::span<const Rule> rules = {};
    bool required = false;
    bool immutable = false;
};

struct TypeInfo;
using TypeOf = const TypeInfo& (*)();

struct FieldInfo {
    std::string_view name;  // as in C++
    std::string_view key;   // as in JSON
    TypeOf type;
    std::size_t offset;
    const Note* note;  // never null for a field() struct; null for generated ones
    bool always;       // written even when empty (required fields)
};

struct TypeInfo {
    Shape shape;
    std::string_view name;
    std::uint8_t size = 0;  // integer, number: bytes
    bool is_signed = false;
    std::span<const FieldInfo> fields = {};        // object
    std::span<const std::string_view> names = {};  // enumeration: spelled as on the wire, by value
    TypeOf element = nullptr;                      // list, map, optional
    const void* defaults = nullptr;                // object: a T{}, or null where defaults are not known here

    std::size_t (*count)(const void*) = nullptr;            // list, map; optional 0 or 1
    const void* (*at)(const void*, std::size_t) = nullptr;  // list, optional
    void* (*append)(void*) = nullptr;                       // list: a new element; optional: engage
    void (*clear)(void*) = nullptr;                         // list, map, optional
    void* (*slot)(void*, std::string_view) = nullptr;       // map
    void (*each)(const void*, void (*)(void*, std::string_view, const void*), void*) = nullptr;  // map
    Value (*to_value)(const void*) = nullptr;                                                    // custom
    void (*from_value)(void*, const Value&) = nullptr;  // custom; throws Error(invalid)
    bool (*is_empty)(const void*) = nullptr;            // custom
    std::span<const Rule> rules = {};                   // object
    Value (*schema)() = nullptr;                        // custom: its OpenAPI schema; a string if null

    const FieldInfo* find(std::string_view key) const {
        for (const FieldInfo& f : fields)
            if (f.key == key) return &f;
        return nullptr;
    }
};

// The table of T. reflect.hpp defines it for aggregates with field() notes and for the standard containers; generated
// kinds specialise it.
template <class T>
const TypeInfo& type_of();

}  // namespace mizzen::json
