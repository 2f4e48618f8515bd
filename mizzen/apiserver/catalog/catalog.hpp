// SPDX-License-Identifier: Apache-2.0
// Catalog: which resources are served now, and under which groups and versions.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mizzen/apiserver/catalog/served_resource.hpp"
#include "mizzen/apiserver/store/store.hpp"

namespace mizzen::apiserver {

class Catalog {
  public:
    // With all built-in resources.
    explicit Catalog(Store&);

    // nullptr if it is not served.
    ServedPtr find(std::string_view group, std::string_view version, std::string_view plural) const;
    ServedPtr find_kind(std::string_view group, std::string_view version, std::string_view kind) const;

    struct Version {
        std::string name;
        std::vector<ServedPtr> resources;  // by plural
    };
    struct Group {
        std::string name;
        std::vector<Version> versions;  // the preferred one first
    };
    // In the order of discovery.
    const std::vector<Group>& groups() const;
    const Group* find_group(std::string_view group) const;

    // Replaces what a CustomResourceDefinition made served by `resources` (empty: nothing any more).
    void serve_custom(const std::string& definition, std::vector<ServedPtr> resources);
    // The resources that a definition made served.
    const std::vector<ServedPtr>& custom(const std::string& definition) const;

    // Grows with every change.
    std::uint64_t generation() const { return generation_; }

  private:
    void add(ServedPtr);

    std::unordered_map<std::string, ServedPtr> by_path_;  // "apps/v1/deployments"
    std::map<std::string, std::vector<ServedPtr>> custom_;
    mutable std::vector<Group> groups_;
    mutable bool groups_are_fresh_ = false;
    std::uint64_t generation_ = 1;
};

}  // namespace mizzen::apiserver
