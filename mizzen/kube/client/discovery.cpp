// SPDX-License-Identifier: Apache-2.0
// Asking a server what it serves.
#include "mizzen/kube/client/discovery.hpp"

#include <algorithm>

#include "mizzen/json/json.hpp"
#include "mizzen/kube/client/api_error.hpp"

namespace mizzen::kube {
namespace {

constexpr std::string_view aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

std::vector<std::string> strings(const json::Value* list) {
    std::vector<std::string> out;
    if (list != nullptr && list->is_array())
        for (auto& item : list->as_array()) out.push_back(item.as_string());
    return out;
}

const json::Array& items(const json::Value& value, std::string_view key) {
    static const json::Array none;
    const json::Value* list = value.find(key);
    return list != nullptr && list->is_array() ? list->as_array() : none;
}

void read_version(const json::Value& version, std::string_view group, std::vector<ServedKind>& into) {
    // A stale version is what a server that is down served before.
    if (version.text("freshness") == "Stale") return;
    for (auto& resource : items(version, "resources")) {
        ServedKind served;
        served.kind = DynamicKind(std::string(group), std::string(version.text("version")),
                                  std::string(resource.text({"responseKind", "kind"})),
                                  std::string(resource.text("resource")), resource.text("scope") == "Namespaced");
        served.singular = resource.text("singularResource");
        served.short_names = strings(resource.find("shortNames"));
        served.categories = strings(resource.find("categories"));
        served.verbs = strings(resource.find("verbs"));
        for (auto& sub : items(resource, "subresources")) served.subresources.emplace_back(sub.text("subresource"));
        into.push_back(std::move(served));
    }
}

net::Request ask_for(std::string path, std::string_view accept) {
    return {.method = "GET", .target = std::move(path), .headers = {{"Accept", std::string(accept)}}};
}

// Each group and version of an APIGroupList, the preferred version first: "/apis/apps/v1".
std::vector<std::string> version_paths(std::string_view body) {
    std::vector<std::string> paths;
    json::Value list = json::parse(body);
    for (auto& group : items(list, "groups")) {
        std::string_view preferred = group.text({"preferredVersion", "groupVersion"});
        if (!preferred.empty()) paths.push_back("/apis/" + std::string(preferred));
        for (auto& version : items(group, "versions"))
            if (version.text("groupVersion") != preferred)
                paths.push_back("/apis/" + std::string(version.text("groupVersion")));
    }
    return paths;
}

Task<std::vector<ServedKind>> ask_each(Client& client, std::string groups) {
    std::vector<std::string> paths{"/api/v1"};
    for (auto& path : version_paths(groups)) paths.push_back(std::move(path));
    std::vector<ServedKind> kinds;
    for (auto& path : paths) {
        try {
            read_resource_list(co_await client.call(ask_for(path, "application/json")), kinds);
        } catch (const ApiError& e) {
            if (e.code() != 404 && e.code() < 500) throw;
        }
    }
    co_return kinds;
}

bool is_named(const ServedKind& served, std::string_view name, std::string_view group) {
    if (!group.empty() && served.kind.group != group) return false;
    if (served.kind.plural == name || served.singular == name || served.kind.kind == name) return true;
    return std::find(served.short_names.begin(), served.short_names.end(), name) != served.short_names.end();
}

}  // namespace

void read_aggregated(std::string_view body, std::vector<ServedKind>& into) {
    json::Value list = json::parse(body);
    for (auto& group : items(list, "items"))
        for (auto& version : items(group, "versions")) read_version(version, group.text({"metadata", "name"}), into);
}

void read_resource_list(std::string_view body, std::vector<ServedKind>& into) {
    json::Value list = json::parse(body);
    std::string_view group_version = list.text("groupVersion");
    const std::size_t slash = group_version.find('/');
    std::string group(slash == std::string_view::npos ? "" : group_version.substr(0, slash));
    std::string version(slash == std::string_view::npos ? group_version : group_version.substr(slash + 1));
    const std::size_t first = into.size();
    for (auto& resource : items(list, "resources")) {
        std::string_view name = resource.text("name");
        if (auto sub = name.find('/'); sub != std::string_view::npos) {
            for (std::size_t i = first; i < into.size(); ++i)
                if (into[i].kind.plural == name.substr(0, sub)) into[i].subresources.emplace_back(name.substr(sub + 1));
            continue;
        }
        const json::Value* namespaced = resource.find("namespaced");
        ServedKind served;
        served.kind = DynamicKind(group, version, std::string(resource.text("kind")), std::string(name),
                                  namespaced != nullptr && namespaced->as_bool());
        served.singular = resource.text("singularName");
        served.short_names = strings(resource.find("shortNames"));
        served.categories = strings(resource.find("categories"));
        served.verbs = strings(resource.find("verbs"));
        into.push_back(std::move(served));
    }
}

bool ServedKind::can(std::string_view verb) const { return std::find(verbs.begin(), verbs.end(), verb) != verbs.end(); }

Task<Discovery> Discovery::ask(Client& client) {
    const std::string accept = std::string(aggregated) + ",application/json;q=0.9";
    std::string groups = co_await client.call(ask_for("/apis", accept));
    // A server without aggregated discovery answers with the old list.
    if (json::parse(groups).text("kind") == "APIGroupList")
        co_return Discovery(co_await ask_each(client, std::move(groups)));
    std::vector<ServedKind> kinds;
    read_aggregated(co_await client.call(ask_for("/api", accept)), kinds);
    read_aggregated(groups, kinds);
    co_return Discovery(std::move(kinds));
}

const ServedKind* Discovery::find(std::string_view api_version, std::string_view kind) const {
    for (auto& served : kinds_)
        if (served.kind.kind == kind && served.kind.api_version() == api_version) return &served;
    return nullptr;
}

const ServedKind* Discovery::resolve(std::string_view name) const {
    const std::size_t dot = name.find('.');
    std::string_view group = dot == std::string_view::npos ? "" : name.substr(dot + 1);
    for (auto& served : kinds_)
        if (is_named(served, name.substr(0, dot), group)) return &served;
    return nullptr;
}

}  // namespace mizzen::kube
