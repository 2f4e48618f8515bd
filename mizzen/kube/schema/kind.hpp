// SPDX-License-Identifier: Apache-2.0
// Kind: what a C++ struct of a Kubernetes object is called on the server. Built-in and custom resources carry one as
// `T::kind`.
#pragma once
#include <string>
#include <string_view>

#include "mizzen/json/codec.hpp"

namespace mizzen::kube {

struct Kind {
    std::string_view group;  // "" is core
    std::string_view version;
    std::string_view kind;
    std::string_view plural;  // "" for bodies that are no resource of their own, such as Eviction
    bool namespaced = true;

    // "apps/v1", or "v1" for the core group.
    std::string api_version() const {
        return group.empty() ? std::string(version) : std::string(group) + "/" + std::string(version);
    }
    bool operator==(const Kind&) const = default;
};

// The object as it is sent: with apiVersion and kind.
template <class K>
json::Value to_object(const K& object) {
    json::Value out = json::to_value(object);
    out["apiVersion"] = K::kind.api_version();
    out["kind"] = K::kind.kind;
    return out;
}

}  // namespace mizzen::kube
