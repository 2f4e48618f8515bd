// SPDX-License-Identifier: Apache-2.0
// What happens to one object: collected because its owners are gone, finished because its dependents are, or its
// dependents set free.
#include <algorithm>

#include "mizzen/controllers/garbage/garbage_collector.hpp"
#include "mizzen/json/codec.hpp"
#include "mizzen/kube/client/api.hpp"

namespace mizzen::controllers {
namespace {

using kube::Dynamic;
using kube::Patch;

kube::Api<Dynamic> api_of(kube::Client& client, const OwnedObject& object) {
    return kube::Api<Dynamic>(client, *object.kind, object.key.ns);
}

// Holds only for the version that was read, so that nobody's change in between is lost.
json::Object guard(const Dynamic& live) {
    return {{"uid", live.metadata.uid}, {"resourceVersion", live.metadata.resource_version}};
}

}  // namespace

Task<> GarbageCollector::visit(std::string uid) {
    const OwnedObject* known = graph_.find(uid);
    if (!known) co_return;
    OwnedObject object = *known;  // The graph moves on while we wait.
    if (object.deleting && object.orphaning) {
        co_await orphan_dependents(std::move(object));
    } else if (object.waits_for_dependents()) {
        co_await finish_foreground(std::move(object));
    } else if (!object.owners.empty() && !object.deleting) {
        co_await collect(std::move(object));
    }
}

Task<GarbageCollector::Owner> GarbageCollector::state_of(const kube::OwnerReference& owner, const std::string& ns) {
    if (graph_.find(owner.uid)) co_return Owner::here;
    // An owner that is there now, and goes before its kind is watched, would go unnoticed. One of a kind that nobody
    // serves may come back with its definition.
    auto kind = kinds_.find({owner.api_version, owner.kind});
    if (kind == kinds_.end() || is_being_listed(kind->second)) co_return Owner::unknown;
    // The watch may be behind: only the server can say that it is gone.
    const bool namespaced = kind->second.namespaced;
    auto live = co_await kube::Api<Dynamic>(client_, kind->second, namespaced ? ns : std::string()).find(owner.name);
    co_return live && live->metadata.uid == owner.uid ? Owner::here : Owner::gone;
}

// The graph may be behind: an owner that let the object go and is gone itself must not take it along.
Task<> GarbageCollector::collect(OwnedObject object) {
    auto live = co_await api_of(client_, object).find(object.key);
    if (!live || live->metadata.uid != object.uid || !live->metadata.deletion_timestamp.empty() ||
        live->metadata.owner_references.empty())
        co_return;
    bool has_solid = false;
    std::set<std::string> absent, waiting;
    for (const kube::OwnerReference& owner : live->metadata.owner_references) {
        const Owner state = co_await state_of(owner, object.key.ns);
        const OwnedObject* known = graph_.find(owner.uid);
        if (state == Owner::unknown) {
            awaiting_.insert(object.uid);
            co_return;
        }
        if (state == Owner::gone)
            absent.insert(owner.uid);
        else if (known && known->waits_for_dependents())
            waiting.insert(owner.uid);
        else
            has_solid = true;
    }
    if (has_solid) {
        absent.merge(waiting);
        if (!absent.empty()) co_await drop_owners(object, std::move(absent));
        co_return;
    }
    kube::Propagation how = kube::Propagation::background;
    if (object.orphaning)
        how = kube::Propagation::orphan;
    else if (object.foreground || (!waiting.empty() && !graph_.dependents(object.uid).empty()))
        how = kube::Propagation::foreground;
    try {
        // A conflict means that the owners may have changed: it is looked at again.
        co_await api_of(client_, object)
            .remove(object.key,
                    {.propagation = how, .uid = object.uid, .resource_version = live->metadata.resource_version});
    } catch (const kube::ApiError& e) {
        if (!e.is_not_found()) throw;
    }
}

Task<> GarbageCollector::finish_foreground(OwnedObject owner) {
    auto blocking = graph_.blocking(owner.uid);
    if (blocking.empty()) {
        co_await drop_finalizer(owner, "foregroundDeletion");
        co_return;
    }
    for (const OwnedObject* dependent : graph_.dependents(owner.uid)) {
        if (!dependent->deleting) queue_.add(kube::ObjectKey(dependent->uid));
    }
}

Task<> GarbageCollector::orphan_dependents(OwnedObject owner) {
    std::vector<OwnedObject> dependents;
    for (const OwnedObject* dependent : graph_.dependents(owner.uid)) dependents.push_back(*dependent);
    for (const OwnedObject& dependent : dependents) co_await drop_owners(dependent, {owner.uid});
    co_await drop_finalizer(owner, "orphan");
}

Task<> GarbageCollector::drop_owners(const OwnedObject& object, std::set<std::string> uids) {
    auto api = api_of(client_, object);
    auto live = co_await api.find(object.key);
    if (!live || live->metadata.uid != object.uid) co_return;
    json::Array kept;
    for (const kube::OwnerReference& owner : live->metadata.owner_references) {
        if (!uids.contains(owner.uid)) kept.push_back(json::to_value(owner));
    }
    if (kept.size() == live->metadata.owner_references.size()) co_return;
    json::Object metadata = guard(*live);
    metadata.set("ownerReferences", kept.empty() ? json::Value() : json::Value(std::move(kept)));
    co_await api.patch(object.key, Patch::merge(json::Object{{"metadata", std::move(metadata)}}));
}

Task<> GarbageCollector::drop_finalizer(const OwnedObject& object, std::string finalizer) {
    auto api = api_of(client_, object);
    auto live = co_await api.find(object.key);
    if (!live || live->metadata.uid != object.uid || std::ranges::count(live->metadata.finalizers, finalizer) == 0)
        co_return;
    json::Array kept;
    for (const std::string& name : live->metadata.finalizers) {
        if (name != finalizer) kept.emplace_back(name);
    }
    json::Object metadata = guard(*live);
    metadata.set("finalizers", kept.empty() ? json::Value() : json::Value(std::move(kept)));
    co_await api.patch(object.key, Patch::merge(json::Object{{"metadata", std::move(metadata)}}));
}

}  // namespace mizzen::controllers
