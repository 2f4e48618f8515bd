// SPDX-License-Identifier: Apache-2.0
// type_of for scalars and standard containers; Describe is where further types join in.
//
// Two kinds of structs join: aggregates with field() notes, by including reflect.hpp, and generated ones, by an
// explicit specialisation next to the struct:
//
//     template <> const json::TypeInfo& json::type_of<Container>();     // .hpp; in the .cpp a static table of
//     FieldInfo
#pragma once
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mizzen/json/int_or_string.hpp"
#include "mizzen/json/type_info.hpp"
#include "mizzen/json/value.hpp"

namespace mizzen::json {

// Specialise with `static const TypeInfo& table()`.
template <class T>
struct Describe;

template <class T>
const TypeInfo& type_of() {
    return Describe<T>::table();
}

template <>
struct Describe<bool> {
    static const TypeInfo& table() {
        static constexpr TypeInfo t{.shape = Shape::boolean, .name = "boolean", .size = sizeof(bool)};
        return t;
    }
};

template <std::integral T>
    requires(!std::same_as<T, bool>)
struct Describe<T> {
    static const TypeInfo& table() {
        static constexpr TypeInfo t{
            .shape = Shape::integer, .name = "integer", .size = sizeof(T), .is_signed = std::is_signed_v<T>};
        return t;
    }
};

template <std::floating_point T>
    requires(sizeof(T) <= sizeof(double))
struct Describe<T> {
    static const TypeInfo& table() {
        static constexpr TypeInfo t{.shape = Shape::number, .name = "number", .size = sizeof(T)};
        return t;
    }
};

template <>
struct Describe<std::string> {
    static const TypeInfo& table() {
        static constexpr TypeInfo t{.shape = Shape::string, .name = "string"};
        return t;
    }
};

// Anything: passed through as it is.
template <>
struct Describe<Value> {
    static const TypeInfo& table() {
        static constexpr TypeInfo t{.shape = Shape::value, .name = "any"};
        return t;
    }
};

template <>
struct Describe<IntOrString> {
    static const TypeInfo& table() {
        static constexpr TypeInfo t{
            .shape = Shape::int_or_string,
            .name = "integer or string",
            .to_value = [](const void* p) { return static_cast<const IntOrString*>(p)->value(); },
            .from_value = [](void* p, const Value& v) { *static_cast<IntOrString*>(p) = IntOrString::from_value(v); },
            .is_empty = [](const void* p) { return *static_cast<const IntOrString*>(p) == IntOrString(); }};
        return t;
    }
};

template <class E>
struct Describe<std::vector<E>> {
    static_assert(!std::same_as<E, bool>,
                  "std::vector<bool> has no elements to point at; use std::vector<std::uint8_t>");
    using T = std::vector<E>;
    static const TypeInfo& table() {
        static constexpr TypeInfo t{
            .shape = Shape::list,
            .name = "list",
            .element = &type_of<E>,
            .count = [](const void* p) { return static_cast<const T*>(p)->size(); },
            .at = [](const void* p, std::size_t i) -> const void* { return &(*static_cast<const T*>(p))[i]; },
            .append = [](void* p) -> void* { return &static_cast<T*>(p)->emplace_back(); },
            .clear = [](void* p) { static_cast<T*>(p)->clear(); }};
        return t;
    }
};

template <class E>
struct Describe<std::optional<E>> {
    using T = std::optional<E>;
    static const TypeInfo& table() {
        static constexpr TypeInfo t{
            .shape = Shape::optional,
            .name = "optional",
            .element = &type_of<E>,
            .count = [](const void* p) -> std::size_t { return static_cast<const T*>(p)->has_value() ? 1 : 0; },
            .at = [](const void* p, std::size_t) -> const void* { return &**static_cast<const T*>(p); },
            .append = [](void* p) -> void* { return &static_cast<T*>(p)->emplace(); },
            .clear = [](void* p) { static_cast<T*>(p)->reset(); }};
        return t;
    }
};

template <class E, class Less, class Allocator>
struct Describe<std::map<std::string, E, Less, Allocator>> {
    using T = std::map<std::string, E, Less, Allocator>;
    static const TypeInfo& table() {
        static constexpr TypeInfo t{
            .shape = Shape::map,
            .name = "map",
            .element = &type_of<E>,
            .count = [](const void* p) { return static_cast<const T*>(p)->size(); },
            .clear = [](void* p) { static_cast<T*>(p)->clear(); },
            .slot = [](void* p, std::string_view key) -> void* { return &(*static_cast<T*>(p))[std::string(key)]; },
            .each =
                [](const void* p, void (*visit)(void*, std::string_view, const void*), void* context) {
                    for (const auto& [key, value] : *static_cast<const T*>(p)) visit(context, key, &value);
                }};
        return t;
    }
};

}  // namespace mizzen::json
