// SPDX-License-Identifier: Apache-2.0
// Implements catalog.hpp.
#include "mizzen/apiserver/catalog/catalog.hpp"

#include <algorithm>
#include <tuple>

#include "mizzen/apiserver/catalog/builtin_resource.hpp"
#include "mizzen/apiserver/catalog/group_order.hpp"

namespace mizzen::apiserver {
namespace {

std::string path_of(std::string_view group, std::string_view version, std::string_view plural) {
    std::string path;
    path.reserve(group.size() + version.size() + plural.size() + 2);
    return path.append(group).append(1, '/').append(version).append(1, '/').append(plural);
}

}  // namespace

Catalog::Catalog(Store& store) {
    for (const kube::schema::Resource& resource : kube::schema::resources()) add(builtin_resource(resource, store));
}

void Catalog::add(ServedPtr resource) {
    std::string path = path_of(resource->group, resource->version, resource->plural);
    by_path_[std::move(path)] = std::move(resource);
    groups_are_fresh_ = false;
    ++generation_;
}

ServedPtr Catalog::find(std::string_view group, std::string_view version, std::string_view plural) const {
    auto it = by_path_.find(path_of(group, version, plural));
    return it == by_path_.end() ? nullptr : it->second;
}

ServedPtr Catalog::find_kind(std::string_view group, std::string_view version, std::string_view kind) const {
    const Group* found = find_group(group);
    if (!found) return nullptr;
    for (const Version& v : found->versions) {
        if (v.name != version) continue;
        for (const ServedPtr& resource : v.resources)
            if (resource->kind == kind) return resource;
    }
    return nullptr;
}

const std::vector<Catalog::Group>& Catalog::groups() const {
    if (groups_are_fresh_) return groups_;
    std::map<std::tuple<int, std::string>, std::map<std::string, std::vector<ServedPtr>>> sorted;
    for (const auto& [path, resource] : by_path_)
        sorted[{group_rank(resource->group), resource->group}][resource->version].push_back(resource);

    groups_.clear();
    for (auto& [rank_and_name, versions] : sorted) {
        Group group{.name = std::get<1>(rank_and_name), .versions = {}};
        for (auto& [name, resources] : versions) {
            std::sort(resources.begin(), resources.end(),
                      [](const ServedPtr& a, const ServedPtr& b) { return a->plural < b->plural; });
            group.versions.push_back({name, std::move(resources)});
        }
        std::sort(group.versions.begin(), group.versions.end(),
                  [](const Version& a, const Version& b) { return version_before(a.name, b.name); });
        groups_.push_back(std::move(group));
    }
    groups_are_fresh_ = true;
    return groups_;
}

const Catalog::Group* Catalog::find_group(std::string_view name) const {
    for (const Group& group : groups())
        if (group.name == name) return &group;
    return nullptr;
}

void Catalog::serve_custom(const std::string& definition, std::vector<ServedPtr> resources) {
    if (auto old = custom_.extract(definition))
        for (const ServedPtr& resource : old.mapped())
            by_path_.erase(path_of(resource->group, resource->version, resource->plural));
    for (const ServedPtr& resource : resources) add(resource);
    if (!resources.empty()) custom_[definition] = std::move(resources);
    groups_are_fresh_ = false;
    ++generation_;
}

const std::vector<ServedPtr>& Catalog::custom(const std::string& definition) const {
    static const std::vector<ServedPtr> none;
    auto it = custom_.find(definition);
    return it == custom_.end() ? none : it->second;
}

}  // namespace mizzen::apiserver
