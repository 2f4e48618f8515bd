// SPDX-License-Identifier: Apache-2.0
// Verbs to requests.
#include "mizzen/kube/client/request.hpp"

#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::kube::request {
namespace {

constexpr std::string_view json_type = "application/json";

net::Request make(std::string method, std::string path, const net::Query& query) {
    if (!query.empty()) path += "?" + query.to_string();
    return {.method = std::move(method), .target = std::move(path), .headers = {{"Accept", std::string(json_type)}}};
}

net::Request make(std::string method, std::string path, const net::Query& query, std::string_view type,
                  std::string body) {
    net::Request request = make(std::move(method), std::move(path), query);
    request.headers.set("Content-Type", std::string(type));
    request.body = std::move(body);
    return request;
}

void add(net::Query& query, std::string_view name, const std::string& value) {
    if (!value.empty()) query.add(std::string(name), value);
}

net::Query query_of(const WriteOptions& options) {
    net::Query query;
    if (options.dry_run) query.add("dryRun", "All");
    add(query, "fieldManager", options.field_manager);
    add(query, "fieldValidation", options.validation);
    return query;
}

net::Query query_of(const ListOptions& options) {
    net::Query query;
    add(query, "labelSelector", options.labels);
    add(query, "fieldSelector", options.fields);
    if (options.limit > 0) query.add("limit", std::to_string(options.limit));
    add(query, "continue", options.from);
    // A continue token says its own version.
    if (options.from.empty()) {
        add(query, "resourceVersion", options.resource_version);
        add(query, "resourceVersionMatch", options.resource_version_match);
    }
    return query;
}

std::string_view to_string(Propagation propagation) {
    switch (propagation) {
        case Propagation::background:
            return "Background";
        case Propagation::foreground:
            return "Foreground";
        case Propagation::orphan:
            return "Orphan";
    }
    return "";
}

std::string body_of(const RemoveOptions& options) {
    json::Value body = json::Object{{"apiVersion", "v1"}, {"kind", "DeleteOptions"}};
    if (options.propagation) body["propagationPolicy"] = to_string(*options.propagation);
    if (options.grace_period_seconds) body["gracePeriodSeconds"] = *options.grace_period_seconds;
    if (!options.uid.empty()) body.at({"preconditions", "uid"}) = options.uid;
    if (!options.resource_version.empty()) body.at({"preconditions", "resourceVersion"}) = options.resource_version;
    if (options.dry_run) body["dryRun"] = json::Array{"All"};
    return json::to_json(body);
}

std::string_view content_type(Patch::Type type) {
    switch (type) {
        case Patch::Type::merge:
            return "application/merge-patch+json";
        case Patch::Type::json:
            return "application/json-patch+json";
        case Patch::Type::strategic:
            return "application/strategic-merge-patch+json";
    }
    return "";
}

std::string collection(const DynamicKind& kind, std::string_view ns) {
    std::string path = kind.group.empty() ? "/api/" + kind.version : "/apis/" + kind.group + "/" + kind.version;
    if (kind.namespaced && !ns.empty()) path += "/namespaces/" + net::percent_encode(ns);
    return path + "/" + kind.plural;
}

}  // namespace

std::string Target::collection_path() const { return collection(kind, ns); }

std::string Target::object_path(const ObjectKey& key, std::string_view subresource) const {
    const std::string& in = key.ns.empty() ? ns : key.ns;
    if (key.name.empty()) throw Error(ErrorKind::invalid, "a " + kind.kind + " needs a name here");
    if (kind.namespaced && in.empty())
        throw Error(ErrorKind::invalid, kind.kind + " " + key.name + " needs a namespace: this Api is for all of them");
    std::string path = collection(kind, in) + "/" + net::percent_encode(key.name);
    if (!subresource.empty()) path.append("/").append(subresource);
    return path;
}

net::Request get(const Target& target, const ObjectKey& key, const GetOptions& options, std::string_view subresource) {
    net::Query query;
    add(query, "resourceVersion", options.resource_version);
    return make("GET", target.object_path(key, subresource), query);
}

net::Request list(const Target& target, const ListOptions& options) {
    return make("GET", target.collection_path(), query_of(options));
}

net::Request watch(const Target& target, const WatchOptions& options, int timeout_seconds) {
    net::Query query;
    query.add("watch", "true");
    add(query, "labelSelector", options.labels);
    add(query, "fieldSelector", options.fields);
    if (options.send_initial_events) {
        query.add("sendInitialEvents", "true");
        query.add("resourceVersionMatch", "NotOlderThan");
    }
    add(query, "resourceVersion", options.resource_version);
    if (options.bookmarks || options.send_initial_events) query.add("allowWatchBookmarks", "true");
    query.add("timeoutSeconds", std::to_string(timeout_seconds));
    return make("GET", target.collection_path(), query);
}

net::Request create(const Target& target, std::string_view ns, std::string body, const WriteOptions& options) {
    if (target.kind.namespaced && ns.empty() && target.ns.empty())
        throw Error(ErrorKind::invalid,
                    "a new " + target.kind.kind + " needs a namespace: this Api is for all of them");
    return make("POST", collection(target.kind, ns.empty() ? target.ns : ns), query_of(options), json_type,
                std::move(body));
}

net::Request post(const Target& target, const ObjectKey& key, std::string_view subresource, std::string body,
                  const WriteOptions& options) {
    return make("POST", target.object_path(key, subresource), query_of(options), json_type, std::move(body));
}

net::Request replace(const Target& target, const ObjectKey& key, std::string body, const WriteOptions& options,
                     std::string_view subresource) {
    return make("PUT", target.object_path(key, subresource), query_of(options), json_type, std::move(body));
}

ObjectKey prepare_apply(const Target& target, json::Value& object) {
    object["apiVersion"] = target.kind.api_version();
    object["kind"] = target.kind.kind;
    if (json::Value* metadata = object.find("metadata")) metadata->erase("managedFields");
    return {std::string(object.text({"metadata", "namespace"})), std::string(object.text({"metadata", "name"}))};
}

net::Request apply(const Target& target, const ObjectKey& key, std::string body, const ApplyOptions& options,
                   std::string_view subresource) {
    net::Query query;
    if (options.dry_run) query.add("dryRun", "All");
    add(query, "fieldManager", options.field_manager);
    query.add("force", options.force ? "true" : "false");
    return make("PATCH", target.object_path(key, subresource), query, "application/apply-patch+yaml", std::move(body));
}

net::Request patch(const Target& target, const ObjectKey& key, const Patch& patch, const WriteOptions& options,
                   std::string_view subresource) {
    return make("PATCH", target.object_path(key, subresource), query_of(options), content_type(patch.type()),
                json::to_json(patch.body()));
}

net::Request remove(const Target& target, const ObjectKey& key, const RemoveOptions& options) {
    return make("DELETE", target.object_path(key), {}, json_type, body_of(options));
}

net::Request remove_all(const Target& target, const ListOptions& which, const RemoveOptions& options) {
    return make("DELETE", target.collection_path(), query_of(which), json_type, body_of(options));
}

}  // namespace mizzen::kube::request
