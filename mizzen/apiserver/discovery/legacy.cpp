// SPDX-License-Identifier: Apache-2.0
// The older form: one document per group and version.
#include "mizzen/apiserver/discovery/discovery.hpp"
#include "mizzen/apiserver/request/request_info.hpp"

namespace mizzen::apiserver {
namespace {

json::Value texts(const std::vector<std::string>& list) {
    json::Array out;
    for (const std::string& s : list) out.emplace_back(s);
    return out;
}

json::Value version_entry(const std::string& group, const std::string& version) {
    return json::Object{{"groupVersion", join_api_version(group, version)}, {"version", version}};
}

json::Value group_entry(const Catalog::Group& group) {
    json::Array versions;
    for (const Catalog::Version& v : group.versions) versions.push_back(version_entry(group.name, v.name));
    return json::Object{{"name", group.name}, {"preferredVersion", versions.front()}, {"versions", versions}};
}

json::Value resource_entry(const ServedResource& r) {
    json::Object out{{"kind", r.kind},
                     {"name", r.plural},
                     {"namespaced", r.namespaced},
                     {"singularName", r.singular},
                     {"verbs", texts(r.verbs)}};
    if (!r.short_names.empty()) out.set("shortNames", texts(r.short_names));
    if (!r.categories.empty()) out.set("categories", texts(r.categories));
    if (!r.storage_version_hash.empty()) out.set("storageVersionHash", r.storage_version_hash);
    return out;
}

json::Value subresource_entry(const ServedResource& r, const ServedSubresource& s) {
    json::Object out{{"kind", s.kind},
                     {"name", r.plural + "/" + s.name},
                     {"namespaced", r.namespaced},
                     {"singularName", ""},
                     {"verbs", texts(s.verbs)}};
    if (s.group != r.group || s.version != r.version) {
        out.set("group", s.group);
        out.set("version", s.version);
    }
    return out;
}

}  // namespace

json::Value api_versions(std::string_view server_address) {
    json::Array addresses{json::Object{{"clientCIDR", "0.0.0.0/0"}, {"serverAddress", server_address}}};
    return json::Object{
        {"kind", "APIVersions"}, {"serverAddressByClientCIDRs", std::move(addresses)}, {"versions", json::Array{"v1"}}};
}

json::Value api_group_list(const Catalog& catalog) {
    json::Array groups;
    for (const Catalog::Group& group : catalog.groups())
        if (!group.name.empty()) groups.push_back(group_entry(group));
    return json::Object{{"apiVersion", "v1"}, {"groups", std::move(groups)}, {"kind", "APIGroupList"}};
}

json::Value api_group(const Catalog::Group& group) {
    json::Value out = group_entry(group);
    out["apiVersion"] = "v1";
    out["kind"] = "APIGroup";
    return out;
}

json::Value api_resource_list(const std::string& group, const Catalog::Version& version) {
    json::Array resources;
    for (const ServedPtr& r : version.resources) {
        resources.push_back(resource_entry(*r));
        for (const ServedSubresource& s : r->subresources) resources.push_back(subresource_entry(*r, s));
    }
    return json::Object{{"apiVersion", "v1"},
                        {"groupVersion", join_api_version(group, version.name)},
                        {"kind", "APIResourceList"},
                        {"resources", std::move(resources)}};
}

}  // namespace mizzen::apiserver
