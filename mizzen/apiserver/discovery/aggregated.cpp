// SPDX-License-Identifier: Apache-2.0
// The aggregated form: everything in two requests.
#include "mizzen/apiserver/discovery/discovery.hpp"

namespace mizzen::apiserver {
namespace {

json::Value texts(const std::vector<std::string>& list) {
    json::Array out;
    for (const std::string& s : list) out.emplace_back(s);
    return out;
}

json::Value kind_of(std::string_view group, std::string_view version, std::string_view kind) {
    return json::Object{{"group", group}, {"kind", kind}, {"version", version}};
}

json::Value subresource_entry(const ServedResource& r, const ServedSubresource& s) {
    bool own = s.group == r.group && s.version == r.version;
    return json::Object{{"responseKind", own ? kind_of("", "", s.kind) : kind_of(s.group, s.version, s.kind)},
                        {"subresource", s.name},
                        {"verbs", texts(s.verbs)}};
}

json::Value resource_entry(const ServedResource& r) {
    json::Object out{{"resource", r.plural},
                     {"responseKind", kind_of(r.group, r.version, r.kind)},
                     {"scope", r.namespaced ? "Namespaced" : "Cluster"},
                     {"singularResource", r.singular},
                     {"verbs", texts(r.verbs)}};
    if (!r.short_names.empty()) out.set("shortNames", texts(r.short_names));
    if (!r.categories.empty()) out.set("categories", texts(r.categories));
    json::Array subresources;
    for (const ServedSubresource& s : r.subresources) subresources.push_back(subresource_entry(r, s));
    if (!subresources.empty()) out.set("subresources", std::move(subresources));
    return out;
}

json::Value group_entry(const Catalog::Group& group) {
    json::Array versions;
    for (const Catalog::Version& version : group.versions) {
        json::Array resources;
        for (const ServedPtr& r : version.resources) resources.push_back(resource_entry(*r));
        versions.push_back(
            json::Object{{"freshness", "Current"}, {"resources", std::move(resources)}, {"version", version.name}});
    }
    json::Object metadata;
    if (!group.name.empty()) metadata = json::Object{{"name", group.name}};
    return json::Object{{"metadata", std::move(metadata)}, {"versions", std::move(versions)}};
}

}  // namespace

json::Value aggregated_discovery(const Catalog& catalog, bool core, std::string_view version) {
    json::Array items;
    for (const Catalog::Group& group : catalog.groups())
        if (group.name.empty() == core) items.push_back(group_entry(group));
    return json::Object{{"apiVersion", "apidiscovery.k8s.io/" + std::string(version)},
                        {"items", std::move(items)},
                        {"kind", "APIGroupDiscoveryList"},
                        {"metadata", json::Object{}}};
}

}  // namespace mizzen::apiserver
