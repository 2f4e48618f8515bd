// SPDX-License-Identifier: Apache-2.0
// ServedResource: one resource in one version, built in or custom, as the verbs and discovery see it.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/apiserver/catalog/write_policy.hpp"
#include "mizzen/apiserver/crd/custom_schema.hpp"
#include "mizzen/apiserver/kinds/kind_rules.hpp"
#include "mizzen/apiserver/store/collection.hpp"
#include "mizzen/apiserver/table/table.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::apiserver {

struct ServedSubresource {
    std::string name;
    std::string group, version, kind;  // of what is read and written there: deployments/scale is autoscaling/v1 Scale
    std::vector<std::string> verbs;
};

// Where a custom resource keeps what /scale shows: JSON paths below the object, as ".spec.replicas".
struct ScalePaths {
    std::string spec_replicas, status_replicas, label_selector;
};

// What a version of a CustomResourceDefinition adds.
struct CustomVersion {
    std::shared_ptr<const CustomSchema> schema;
    std::unique_ptr<TableLayout> layout;
    ScalePaths scale;
    bool has_status = false;
    bool is_terminating = false;       // the definition is being deleted: nothing new is made
    bool converts_by_webhook = false;  // so not by this server
    std::string deprecation_warning;   // "" if not deprecated
    std::uint32_t generation = 0;      // of the definition: a record of another one is defaulted again when read
};

struct ServedResource {
    std::string group, version, kind, plural, singular, list_kind;
    bool namespaced = true;
    std::vector<std::string> short_names, categories, verbs;
    std::vector<ServedSubresource> subresources;
    std::string storage_version_hash;
    std::string storage_version;  // the version of the stored bytes

    Collection* collection = nullptr;  // null where nothing is stored (reviews)
    const kube::schema::Type* type = nullptr;
    const KindRules* rules = nullptr;             // null of custom resources and of kinds without rules of their own
    std::shared_ptr<const CustomVersion> custom;  // null of built-in kinds
    WritePolicy policy;

    std::string api_version() const;     // "apps/v1"
    std::string group_resource() const;  // "deployments.apps"
    std::string group_kind() const;      // "Deployment.apps"
    bool has_verb(std::string_view verb) const;
    const ServedSubresource* find_subresource(std::string_view name) const;
    const TableLayout& layout() const;
    std::string_view name_form() const;  // see KindRules
    bool has_status() const;             // status is written through /status alone
};
using ServedPtr = std::shared_ptr<const ServedResource>;

}  // namespace mizzen::apiserver
