// SPDX-License-Identifier: Apache-2.0
// Implements special_kinds.hpp.
#include "mizzen/apiserver/verbs/special_kinds.hpp"

#include "mizzen/apiserver/auth/aggregation.hpp"
#include "mizzen/apiserver/machinery.hpp"

namespace mizzen::apiserver {
namespace {

bool is_definition(const ServedResource& r) {
    return r.plural == "customresourcedefinitions" && r.group == "apiextensions.k8s.io";
}
bool is_namespace(const ServedResource& r) { return r.plural == "namespaces" && r.group.empty(); }

bool is_event(const ServedResource& r) { return r.plural == "events" && !r.custom; }
bool is_cluster_role(const ServedResource& r) {
    return r.plural == "clusterroles" && r.group == "rbac.authorization.k8s.io";
}

void prepare_namespace(json::Value& object) {
    // The label that selectors by name rely on.
    object.at({"metadata", "labels", "kubernetes.io/metadata.name"}) = object.text({"metadata", "name"});
}

}  // namespace

void prepare_special(const Call& call, json::Value& object, const json::Value* live) {
    if (is_definition(*call.resource) && call.info.subresource.empty()) {
        default_crd(object);
        call.server.definitions.prepare(object, live, to_rfc3339(call.now()));
    }
    if (is_namespace(*call.resource)) prepare_namespace(object);
}

void after_write(const Call& call, const Record& record) {
    Machinery& server = call.server;
    const ServedResource& resource = *call.resource;
    call.wrote(record);
    if (is_definition(resource)) server.definitions.stored(record, server.loop.wall());
    if (is_event(resource)) server.events.written(record, server.loop.now());
    if (is_cluster_role(resource)) aggregate_cluster_roles(server.store);
}

RecordPtr remove_record(const Call& call, std::string_view key) {
    Machinery& server = call.server;
    const ServedResource& resource = *call.resource;
    RecordPtr last = server.store.remove(*resource.collection, key);
    if (last) call.wrote(*last);
    if (last && is_definition(resource)) server.definitions.removed(last->key, server.loop.wall());
    if (last && is_cluster_role(resource)) aggregate_cluster_roles(server.store);
    if (last && resource.custom) server.definitions.object_removed(resource, server.loop.wall());
    return last;
}

bool may_go(const json::Value& object) {
    if (object.text("kind") != "Namespace") return true;
    const json::Value* held = object.find_path({"spec", "finalizers"});
    return !held || !held->is_array() || held->as_array().empty();
}

}  // namespace mizzen::apiserver
