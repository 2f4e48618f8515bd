// SPDX-License-Identifier: Apache-2.0
// OpenAPI v3 documents of group versions (/openapi/v3/apis/apps/v1), made from the tables when they are asked for.
//
// They have what clients read: kubectl explain the schemas, kubectl create and apply the parameters of the patch
// operations, client generators both. Descriptions are left out; they are Kubernetes' text, not fact.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "mizzen/kube/schema/type.hpp"

namespace mizzen::kube::schema {

// A schema that is not in the tables: of a custom resource and of its list, named like the resource's Type and with
// "List" after it.
struct NamedSchema {
    std::string name;  // "dev.mizzen.v1.WebApp"
    std::string json;
};

// The whole document as JSON text: the operations of `resources`, which are all of one group version, and every schema
// they refer to. The group version's other kinds (Eviction, Scale) come along.
std::string openapi_document(std::string_view group, std::string_view version, std::span<const Resource> resources,
                             std::span<const NamedSchema> custom = {});

// The `components.schemas` of a group version alone, an object of JSON text.
std::string openapi_schemas(std::string_view group, std::string_view version, std::span<const NamedSchema> custom = {});
// The `paths`: list, read, create, replace, patch and delete, as each resource's verbs allow, and those of its
// subresources.
std::string openapi_paths(std::span<const Resource> resources);

}  // namespace mizzen::kube::schema
