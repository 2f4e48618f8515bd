// SPDX-License-Identifier: Apache-2.0
// Dynamic: an object whose kind is known at run time only. DynamicKind: that kind.
#pragma once
#include <string>
#include <string_view>

#include "mizzen/json/value.hpp"
#include "mizzen/kube/schema/kind.hpp"
#include "mizzen/kube/schema/kinds/meta.hpp"

namespace mizzen::kube {

// The facts of a Kind, owned: from discovery (discovery.hpp), or written out for a kind that a program knows by name.
struct DynamicKind {
    std::string group;  // "" is core
    std::string version;
    std::string kind;
    std::string plural;
    bool namespaced = true;

    DynamicKind() = default;
    DynamicKind(std::string in_group, std::string at_version, std::string of_kind, std::string in_plural,
                bool in_namespace = true);
    DynamicKind(const Kind& known);  // every Kind is one

    // "apps/v1", or "v1" for core.
    std::string api_version() const;
    // How people and API servers name the resource: "deployments.apps", "pods".
    std::string resource_name() const;
    bool operator==(const DynamicKind&) const = default;
};

// Any object. `metadata` is as in the typed kinds, so code that needs only metadata is the same for both; `content` has
// all other members: content["spec"]["replicas"], content.text({"status", "phase"}).
struct Dynamic {
    std::string api_version;
    std::string kind;
    ObjectMeta metadata;
    json::Value content = json::Object{};

    // Throws Error(invalid) if `object` is not a JSON object with valid metadata.
    static Dynamic from(json::Value object);
    // The whole object again, ready to be sent.
    json::Value to_value() const;
};

// "Deployment shop/api": how messages name an object.
std::string describe(std::string_view kind, const ObjectMeta& metadata);

}  // namespace mizzen::kube
