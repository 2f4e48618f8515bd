// SPDX-License-Identifier: Apache-2.0
// Applying and pruning what visits collect.
#include "mizzen/kube/runtime/apply_set.hpp"

#include <algorithm>

#include "mizzen/base/digest.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/kube/client/api_calls.hpp"
#include "mizzen/kube/client/api_error.hpp"
#include "mizzen/kube/runtime/drift.hpp"

namespace mizzen::kube {
namespace {

std::string id_of(const DynamicKind& kind, const ObjectKey& key) {
    return kind.api_version() + " " + kind.kind + " " + to_string(key);
}

const schema::Type* type_of(const DynamicKind& kind) {
    const schema::Resource* known = schema::find_kind(kind.group, kind.version, kind.kind);
    return known == nullptr ? nullptr : known->type;
}

ObjectKey key_of_metadata(const ObjectMeta& metadata) { return {metadata.namespace_, metadata.name}; }

// What the mark on a live object says, or "".
std::string_view mark_of(const json::Value& live) { return live.text({"metadata", "annotations", applied_annotation}); }

bool is_wanted(const std::vector<Wanted>& all, const DynamicKind& kind, const ObjectMeta& object) {
    return std::any_of(all.begin(), all.end(),
                       [&](const Wanted& w) { return w.kind == kind && w.key == key_of_metadata(object); });
}

bool may_prune(const ObjectMeta& object, const std::string& manager) {
    auto label = object.labels.find(std::string(managed_by_label));
    return object.deletion_timestamp.empty() && object.annotations.contains(std::string(applied_annotation)) &&
           label != object.labels.end() && label->second == manager;
}

// An object that someone else made is not overwritten, and would be removed with ours.
void refuse_what_is_not_ours(const json::Value& live, const Wanted& wanted, const Visit& visit) {
    if (live.is_null()) return;
    const std::string& manager = visit.around().name;
    if (live.text({"metadata", "labels", managed_by_label}) == manager) return;
    if (const json::Value* owners = live.find_path({"metadata", "ownerReferences"}))
        for (auto& owner : owners->as_array())
            if (owner.text("uid") == visit.owner().uid) return;
    throw Error(ErrorKind::invalid, wanted.kind.kind + " " + to_string(wanted.key) +
                                        " is there and is not ours; remove it, or hand it over with the label " +
                                        std::string(managed_by_label) + "=" + manager);
}

}  // namespace

bool must_apply(const json::Value& live, const Wanted& wanted, Applied& applied) {
    if (live.is_null()) return true;
    // What is going away cannot be mended; its removal calls the reconciler again.
    if (!live.text({"metadata", "deletionTimestamp"}).empty()) return false;
    const std::uint64_t hash = fingerprint(wanted.object);
    std::string_view version = live.text({"metadata", "resourceVersion"});
    if (applied.wanted == hash && applied.version == version) return false;
    const json::Value now = project(live, wanted.object, type_of(wanted.kind));
    if (applied.version.empty()) {
        // Nothing is remembered since this process started: the mark tells what was applied, the object what became of
        // it.
        if (mark_of(live) != fnv64_hex(json::to_json(wanted.object)) || now != wanted.object) return true;
        applied = {.wanted = hash, .result = fingerprint(now), .version = {}};
    }
    if (applied.wanted != hash || applied.result != fingerprint(now)) return true;
    applied.version = version;
    return false;
}

Task<int> ApplySet::apply(Visit& visit) {
    int calls = 0;
    for (const Wanted& wanted : visit.wanted())
        if (co_await apply_one(visit, wanted)) ++calls;
    co_return calls;
}

Task<bool> ApplySet::apply_one(Visit& visit, Wanted wanted) {
    if (std::find(owned_.begin(), owned_.end(), wanted.kind) == owned_.end())
        throw Error(ErrorKind::bug, "a " + wanted.kind.kind +
                                        " is applied, but the controller does not own that kind; add it with owns()");
    AnyInformer* cache = visit.around().caches.find(wanted.kind);
    if (!cache->is_served())
        throw Error(ErrorKind::not_found,
                    "the server does not serve " + wanted.kind.resource_name() + "; ask Reconcile::serves first");
    const std::string id = id_of(wanted.kind, wanted.key);
    Applied known = applied_[visit.key()][id];
    const json::Value live = cache->find_value(wanted.key);
    const bool needed = must_apply(live, wanted, known);
    if (needed) {
        refuse_what_is_not_ours(live, wanted, visit);
        json::Value sent = wanted.object;
        sent["metadata"]["annotations"][applied_annotation] = fnv64_hex(json::to_json(wanted.object));
        request::Target target{wanted.kind, wanted.key.ns};
        request::prepare_apply(target, sent);
        net::Request request = request::apply(target, wanted.key, json::to_json(sent),
                                              {.field_manager = visit.around().name, .force = true});
        ApiCalls calls(visit.client(), target, &visit);
        std::string answer = co_await calls.write("applying", wanted.key, std::move(request));
        // Through the same glass as later: a member that the cache does not hold must not look like drift.
        const json::Value result = cache->as_held(json::parse(answer));
        known = {.wanted = fingerprint(wanted.object),
                 .result = fingerprint(project(result, wanted.object, type_of(wanted.kind))),
                 .version = std::string(result.text({"metadata", "resourceVersion"}))};
    }
    applied_[visit.key()][id] = std::move(known);
    co_return needed;
}

Task<int> ApplySet::prune(Visit& visit) {
    int removed = 0;
    for (const DynamicKind& kind : owned_) {
        AnyInformer* cache = visit.around().caches.find(kind);
        if (cache == nullptr) continue;
        std::vector<std::pair<ObjectKey, std::string>> doomed;
        for (const ObjectMeta* object : cache->owned_by(visit.owner().uid))
            if (may_prune(*object, visit.around().name) && !is_wanted(visit.wanted(), kind, *object))
                doomed.emplace_back(key_of_metadata(*object), object->uid);
        for (auto& [key, uid] : doomed) {
            ApiCalls calls(visit.client(), {kind, key.ns}, &visit);
            try {
                co_await calls.remove(key, {.propagation = Propagation::background, .uid = uid});
                ++removed;
            } catch (const ApiError& error) {
                if (!error.is_not_found()) throw;
            }
            applied_[visit.key()].erase(id_of(kind, key));
        }
    }
    co_return removed;
}

}  // namespace mizzen::kube
