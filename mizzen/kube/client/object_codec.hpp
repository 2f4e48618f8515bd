// SPDX-License-Identifier: Apache-2.0
// Objects to and from JSON text, the same for typed kinds and Dynamic.
#pragma once
#include <concepts>
#include <string>
#include <string_view>

#include "mizzen/json/codec.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/kube/client/dynamic.hpp"

namespace mizzen::kube {

// A C++ struct that is a kind: generated ones and custom resources.
template <class K>
concept TypedKind = requires(const K& object) {
    { K::kind } -> std::convertible_to<const Kind&>;
    { object.metadata } -> std::convertible_to<const ObjectMeta&>;
};
template <class K>
concept AnyKind = TypedKind<K> || std::same_as<K, Dynamic>;

// Both ignore what the struct does not know. Throw Error(invalid) with the path.
template <AnyKind K>
K decode_object(std::string_view text) {
    if constexpr (std::same_as<K, Dynamic>) {
        return Dynamic::from(json::parse(text));
    } else {
        return json::from_json<K>(text);
    }
}
template <AnyKind K>
K object_from(json::Value value) {
    if constexpr (std::same_as<K, Dynamic>) {
        return Dynamic::from(std::move(value));
    } else {
        return json::from_value<K>(value);
    }
}

// The object with apiVersion and kind, as it is sent.
template <AnyKind K>
json::Value encode_object(const K& object) {
    if constexpr (std::same_as<K, Dynamic>) {
        return object.to_value();
    } else {
        return to_object(object);
    }
}

}  // namespace mizzen::kube
