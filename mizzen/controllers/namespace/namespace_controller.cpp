// SPDX-License-Identifier: Apache-2.0
// Asks the server what kinds there are, removes all objects of each, and finalizes the namespace when none is left.
#include "mizzen/controllers/namespace/namespace_controller.hpp"

#include <algorithm>
#include <set>

#include "mizzen/json/json.hpp"
#include "mizzen/kube/client/discovery.hpp"
#include "mizzen/kube/client/request.hpp"
#include "mizzen/kube/runtime/manager.hpp"

namespace mizzen::controllers {
namespace {

using kube::Dynamic;
using kube::Namespace;
using kube::Outcome;
using kube::Reconcile;
using kube::ServedKind;

constexpr const char* finalizer = "kubernetes";

// What is still there, for the conditions that tell a person why a namespace does not go.
struct Remaining {
    std::vector<std::string> kinds;  // "pods has 2 resource instances"
    std::map<std::string, int> finalizers;
};

bool can_empty(const ServedKind& kind) { return kind.kind.namespaced && kind.can("list") && kind.can("delete"); }

// One version of each kind: they are the same objects.
std::vector<ServedKind> kinds_to_empty(const kube::Discovery& discovery) {
    std::vector<ServedKind> out;
    std::set<std::pair<std::string, std::string>> seen;
    for (const ServedKind& kind : discovery.kinds()) {
        if (can_empty(kind) && seen.emplace(kind.kind.group, kind.kind.plural).second) out.push_back(kind);
    }
    return out;
}

Task<> remove_each(kube::Api<Dynamic> api, std::vector<Dynamic> objects) {
    for (const Dynamic& object : objects) {
        try {
            if (object.metadata.deletion_timestamp.empty())
                co_await api.remove(object.metadata.name, {.propagation = kube::Propagation::background});
        } catch (const kube::ApiError& e) {
            if (!e.is_not_found()) throw;
        }
    }
}

Task<> empty_kind(Reconcile<Namespace>& r, const ServedKind& kind, Remaining& remaining) {
    kube::Api<Dynamic> api(r.client(), kind.kind, r.object().metadata.name);
    auto found = co_await api.list();
    if (found.items.empty()) co_return;
    co_await remove_each(api, std::move(found.items));
    found = co_await api.list();
    if (found.items.empty()) co_return;
    remaining.kinds.push_back(kind.kind.resource_name() + " has " + std::to_string(found.items.size()) +
                              " resource instances");
    for (const Dynamic& object : found.items) {
        for (const std::string& name : object.metadata.finalizers) ++remaining.finalizers[name];
    }
}

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
    return out;
}

kube::NamespaceCondition condition(std::string type, bool holds, std::string reason, std::string message) {
    return {.message = std::move(message),
            .reason = std::move(reason),
            .status = holds ? "True" : "False",
            .type = std::move(type)};
}

std::vector<kube::NamespaceCondition> conditions(const Remaining& remaining) {
    std::vector<std::string> finalizers;
    for (auto& [name, count] : remaining.finalizers)
        finalizers.push_back(name + " in " + std::to_string(count) + " resource instances");
    std::vector<kube::NamespaceCondition> out;
    out.push_back(condition("NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered",
                            "All resources successfully discovered"));
    out.push_back(condition("NamespaceDeletionContentFailure", false, "ContentDeleted",
                            "All content successfully deleted, may be waiting on finalization"));
    out.push_back(remaining.kinds.empty() ? condition("NamespaceContentRemaining", false, "ContentRemoved",
                                                      "All content successfully removed")
                                          : condition("NamespaceContentRemaining", true, "SomeResourcesRemain",
                                                      "Some resources are remaining: " + joined(remaining.kinds)));
    out.push_back(finalizers.empty()
                      ? condition("NamespaceFinalizersRemaining", false, "ContentHasNoFinalizers",
                                  "All content-preserving finalizers finished")
                      : condition("NamespaceFinalizersRemaining", true, "SomeFinalizersRemain",
                                  "Some content in the namespace has finalizers remaining: " + joined(finalizers)));
    return out;
}

void put(kube::NamespaceStatus& status, const Remaining& remaining, const std::string& now) {
    std::vector<kube::NamespaceCondition> next = conditions(remaining);
    for (kube::NamespaceCondition& c : next) {
        auto old = std::ranges::find(status.conditions, c.type, &kube::NamespaceCondition::type);
        c.last_transition_time =
            old != status.conditions.end() && old->status == c.status ? old->last_transition_time : now;
    }
    status.conditions = {};
    for (kube::NamespaceCondition& c : next) status.conditions.push_back(std::move(c));
}

Task<> finalize(Reconcile<Namespace>& r) {
    Namespace last = r.object();
    std::erase(last.spec.finalizers, finalizer);
    try {
        co_await r.client().call(kube::request::replace({.kind = kube::DynamicKind(Namespace::kind), .ns = ""},
                                                        last.metadata.name, json::to_json(kube::to_object(last)), {},
                                                        "finalize"));
    } catch (const kube::ApiError& e) {
        if (!e.is_not_found()) throw;
    }
}

Task<Outcome> reconcile(Reconcile<Namespace>& r) {
    const Namespace& ns = r.object();
    if (ns.metadata.deletion_timestamp.empty() || std::ranges::count(ns.spec.finalizers, finalizer) == 0)
        co_return Outcome::done();
    const kube::Discovery discovery = co_await kube::Discovery::ask(r.client());
    Remaining remaining;
    for (const ServedKind& kind : kinds_to_empty(discovery)) co_await empty_kind(r, kind, remaining);
    if (remaining.kinds.empty()) {
        co_await finalize(r);
        co_return Outcome::done();
    }
    put(r.status(), remaining, to_rfc3339(r.wall()));
    // Pods may take their grace period and finalizers their time; nothing tells us when the last object went.
    co_return Outcome::done().again_in(std::chrono::seconds(1));
}

}  // namespace

kube::Controller<Namespace> namespace_controller() {
    return kube::Controller<Namespace>(reconcile).named("namespace-controller").without_conditions().also_deleting();
}

}  // namespace mizzen::controllers
