// SPDX-License-Identifier: Apache-2.0
// Which discovery document a path and an Accept header get.
#include "mizzen/apiserver/discovery/discovery.hpp"
#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/request/refusals.hpp"
#include "mizzen/apiserver/request/respond.hpp"
#include "mizzen/base/digest.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

// The version of the aggregated form that the client prefers to the older one; "" if it does not.
std::string_view aggregated_version(const Call& call) {
    for (const MediaRange& range : parse_accept(call.header("accept"))) {
        if (!range.covers("application", "json")) continue;
        std::string_view as = range.parameter("as"), version = range.parameter("v");
        if (as.empty()) return "";
        if (as != "APIGroupDiscoveryList" || range.parameter("g") != "apidiscovery.k8s.io") continue;
        if (version == "v2") return "v2";
        if (version == "v2beta1") return "v2beta1";
    }
    return "";
}

net::Response aggregated_response(const Call& call, bool core, std::string_view version) {
    std::string document = json::to_json(aggregated_discovery(call.server.catalog, core, version));
    std::string tag = "\"" + fnv64_hex(document) + "\"";
    net::Response response{.status = 200,
                           .headers = {{"content-type", "application/json;g=apidiscovery.k8s.io;v=" +
                                                            std::string(version) + ";as=APIGroupDiscoveryList"},
                                       {"etag", tag},
                                       {"vary", "Accept"},
                                       {"cache-control", "public"}}};
    if (call.header("if-none-match") == tag)
        response.status = 304;
    else
        response.body = std::move(document);
    return response;
}

std::vector<std::string_view> parts_of(std::string_view path) {
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        std::size_t slash = path.find('/');
        if (slash != 0) parts.push_back(path.substr(0, slash));
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    }
    return parts;
}

std::optional<json::Value> group_document(const Catalog& catalog, const std::vector<std::string_view>& parts) {
    bool core = parts[0] == "api";
    const Catalog::Group* group = catalog.find_group(core ? "" : parts[1]);
    if (!group) return std::nullopt;
    if (!core && parts.size() == 2) return api_group(*group);
    std::string_view version = parts[core ? 1 : 2];
    for (const Catalog::Version& v : group->versions)
        if (v.name == version) return api_resource_list(group->name, v);
    return std::nullopt;
}

}  // namespace

std::optional<net::Response> answer_discovery(const Call& call) {
    std::vector<std::string_view> parts = parts_of(call.info.path);
    if (parts.empty() || (parts[0] != "api" && parts[0] != "apis") || parts.size() > (parts[0] == "api" ? 2u : 3u))
        return std::nullopt;
    if (call.info.verb != "get" && call.info.verb != "head") throw method_not_allowed();
    if (parts.size() == 1) {
        bool core = parts[0] == "api";
        if (std::string_view version = aggregated_version(call); !version.empty())
            return aggregated_response(call, core, version);
        return document_response(call, 200,
                                 core ? api_versions(call.header("host")) : api_group_list(call.server.catalog));
    }
    std::optional<json::Value> document = group_document(call.server.catalog, parts);
    if (!document) return std::nullopt;
    return document_response(call, 200, *document);
}

}  // namespace mizzen::apiserver
