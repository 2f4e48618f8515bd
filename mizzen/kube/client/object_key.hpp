// SPDX-License-Identifier: Apache-2.0
// ObjectKey: which object of a kind, by namespace and name.
#pragma once
#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace mizzen::kube {

// A bare name converts: `pods.get("api")` means the namespace of the Api. Cluster-scoped objects have no namespace.
struct ObjectKey {
    std::string ns;
    std::string name;

    ObjectKey() = default;
    ObjectKey(std::string object_name) : name(std::move(object_name)) {}
    ObjectKey(std::string_view object_name) : name(object_name) {}
    ObjectKey(const char* object_name) : name(object_name) {}
    ObjectKey(std::string object_ns, std::string object_name)
        : ns(std::move(object_ns)), name(std::move(object_name)) {}

    auto operator<=>(const ObjectKey&) const = default;
};

// "shop/api", or "node-1" without a namespace.
inline std::string to_string(const ObjectKey& key) { return key.ns.empty() ? key.name : key.ns + "/" + key.name; }

// Where `object` is.
template <class K>
ObjectKey key_of(const K& object) {
    return {object.metadata.namespace_, object.metadata.name};
}

}  // namespace mizzen::kube

template <>
struct std::hash<mizzen::kube::ObjectKey> {
    std::size_t operator()(const mizzen::kube::ObjectKey& key) const noexcept {
        std::hash<std::string_view> hash;
        return hash(key.name) * 31 + hash(key.ns);
    }
};
