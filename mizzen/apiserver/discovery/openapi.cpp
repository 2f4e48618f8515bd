// SPDX-License-Identifier: Apache-2.0
// Implements openapi.hpp.
#include "mizzen/apiserver/discovery/openapi.hpp"

#include <deque>

#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/request/request_info.hpp"
#include "mizzen/apiserver/request/respond.hpp"
#include "mizzen/base/digest.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/kube/schema/openapi.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view root = "/openapi/v3";

std::string path_of(std::string_view group, std::string_view version) {
    return group.empty() ? "api/" + std::string(version) : "apis/" + join_api_version(group, version);
}

// "com.example.v1.Widget" of example.com/v1 Widget.
std::string schema_name(const ServedResource& r) {
    std::string out;
    std::string_view rest = r.group;
    while (!rest.empty()) {
        std::size_t dot = rest.rfind('.');
        out.append(rest.substr(dot == std::string_view::npos ? 0 : dot + 1)).push_back('.');
        rest = dot == std::string_view::npos ? std::string_view() : rest.substr(0, dot);
    }
    return out + r.version + "." + r.kind;
}

json::Value with_kind(json::Value schema, const ServedResource& r, std::string_view kind) {
    schema["x-kubernetes-group-version-kind"] =
        json::Array{json::Object{{"group", r.group}, {"kind", kind}, {"version", r.version}}};
    return schema;
}

json::Value list_schema(const ServedResource& r, const std::string& item) {
    json::Object reference{{"$ref", "#/components/schemas/" + item}};
    json::Object meta{{"allOf", json::Array{json::Object{
                                    {"$ref", "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta"}}}}};
    json::Object properties{{"apiVersion", json::Object{{"type", "string"}}},
                            {"items", json::Object{{"items", std::move(reference)}, {"type", "array"}}},
                            {"kind", json::Object{{"type", "string"}}},
                            {"metadata", std::move(meta)}};
    return with_kind(
        json::Object{{"properties", std::move(properties)}, {"required", json::Array{"items"}}, {"type", "object"}}, r,
        r.list_kind);
}

// A resource as the schema tables describe one; the views into `r` and into this live as long as both.
struct Described {
    explicit Described(const ServedResource& r)
        : name(schema_name(r)), type(*r.type), verbs(r.verbs.begin(), r.verbs.end()) {
        type.name = name;
        for (const ServedSubresource& s : r.subresources) sub_verbs.emplace_back(s.verbs.begin(), s.verbs.end());
        for (std::size_t i = 0; i < r.subresources.size(); ++i) {
            const ServedSubresource& s = r.subresources[i];
            sub_names.push_back(s.name);
            subs.push_back(
                {.name = s.name, .group = s.group, .version = s.version, .kind = s.kind, .verbs = sub_verbs[i]});
        }
        resource = {.group = r.group,
                    .version = r.version,
                    .kind = r.kind,
                    .plural = r.plural,
                    .singular = r.singular,
                    .namespaced = r.namespaced};
        resource.subresources = sub_names;
        resource.verbs = verbs;
        resource.type = &type;
        resource.details = subs;
    }
    Described(const Described&) = delete;

    std::string name;
    kube::schema::Type type;
    std::vector<std::string_view> verbs, sub_names;
    std::deque<std::vector<std::string_view>> sub_verbs;
    std::vector<kube::schema::Subresource> subs;
    kube::schema::Resource resource;
};

const Catalog::Version* find_version(const Catalog& catalog, std::string_view group, std::string_view version) {
    const Catalog::Group* found = catalog.find_group(group);
    if (!found) return nullptr;
    for (const Catalog::Version& v : found->versions)
        if (v.name == version) return &v;
    return nullptr;
}

bool has_custom(const Catalog::Version& version) {
    for (const ServedPtr& r : version.resources)
        if (r->custom) return true;
    return false;
}

std::string document_of(const Catalog::Version& version, std::string_view group) {
    std::vector<kube::schema::Resource> resources;
    std::vector<kube::schema::NamedSchema> schemas;
    std::deque<Described> custom;
    for (const ServedPtr& r : version.resources) {
        if (!r->custom) {
            resources.push_back(*kube::schema::find_resource(r->group, r->version, r->plural));
            continue;
        }
        const Described& described = custom.emplace_back(*r);
        resources.push_back(described.resource);
        schemas.push_back({described.name, json::to_json(with_kind(r->custom->schema->published(), *r, r->kind))});
        schemas.push_back({described.name + "List", json::to_json(list_schema(*r, described.name))});
    }
    return kube::schema::openapi_document(group, version.name, resources, schemas);
}

// Built-in documents change with the release alone: they need not be made to be named.
std::string hash_of(const Catalog::Group& group, const Catalog::Version& version) {
    if (has_custom(version)) return fnv64_hex(document_of(version, group.name));
    return fnv64_hex(std::string(kube::schema::release()) + path_of(group.name, version.name));
}

}  // namespace

json::Value openapi_index(const Catalog& catalog) {
    json::Object paths;
    for (const Catalog::Group& group : catalog.groups())
        for (const Catalog::Version& version : group.versions) {
            std::string path = path_of(group.name, version.name);
            std::string url = std::string(root) + "/" + path + "?hash=" + hash_of(group, version);
            paths.set(path, json::Object{{"serverRelativeURL", url}});
        }
    return json::Object{{"paths", std::move(paths)}};
}

std::optional<std::string> openapi_of(const Catalog& catalog, std::string_view group, std::string_view version) {
    const Catalog::Version* found = find_version(catalog, group, version);
    return found ? std::optional(document_of(*found, group)) : std::nullopt;
}

std::optional<net::Response> answer_openapi(const Call& call) {
    std::string_view path = call.info.path;
    if (!path.starts_with(root)) return std::nullopt;
    path.remove_prefix(root.size());
    const Catalog& catalog = call.server.catalog;
    if (path.empty() || path == "/") return document_response(call, 200, openapi_index(catalog));
    std::optional<std::string> document;
    if (path.starts_with("/api/")) document = openapi_of(catalog, "", path.substr(5));
    if (path.starts_with("/apis/"))
        document = openapi_of(catalog, group_of(path.substr(6)), version_of(path.substr(6)));
    if (!document) return std::nullopt;
    std::string tag = "\"" + fnv64_hex(*document) + "\"";
    net::Response response{
        .status = 200,
        .headers = {
            {"content-type", "application/json"}, {"etag", tag}, {"vary", "Accept"}, {"cache-control", "public"}}};
    if (call.header("if-none-match") == tag)
        response.status = 304;
    else
        response.body = std::move(*document);
    return response;
}

}  // namespace mizzen::apiserver
