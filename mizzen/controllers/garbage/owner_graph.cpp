// SPDX-License-Identifier: Apache-2.0
// Keeps both directions of ownership.
#include "mizzen/controllers/garbage/owner_graph.hpp"

#include <algorithm>
#include <tuple>

namespace mizzen::controllers {

const OwnedObject* OwnerGraph::find(std::string_view uid) const {
    auto found = objects_.find(uid);
    return found == objects_.end() ? nullptr : &found->second;
}

void OwnerGraph::link(const OwnedObject& object) {
    for (const kube::OwnerReference& owner : object.owners) dependents_[owner.uid].insert(object.uid);
}

void OwnerGraph::unlink(const OwnedObject& object) {
    for (const kube::OwnerReference& owner : object.owners) {
        auto found = dependents_.find(owner.uid);
        if (found == dependents_.end()) continue;
        found->second.erase(object.uid);
        if (found->second.empty()) dependents_.erase(found);
    }
}

std::vector<std::string> OwnerGraph::put(OwnedObject object) {
    std::vector<std::string> look_at;
    auto known = objects_.find(object.uid);
    if (known != objects_.end()) {
        for (const kube::OwnerReference& before : known->second.owners) {
            const OwnedObject* owner = find(before.uid);
            if (owner && owner->deleting) look_at.push_back(before.uid);
        }
        unlink(known->second);
    }
    const bool has_waiting_or_absent_owner =
        std::ranges::any_of(object.owners, [&](const kube::OwnerReference& reference) {
            const OwnedObject* owner = find(reference.uid);
            return !owner || owner->waits_for_dependents();
        });
    if (has_waiting_or_absent_owner || (object.deleting && (object.foreground || object.orphaning)))
        look_at.push_back(object.uid);
    std::string uid = object.uid;
    link(object);
    objects_.insert_or_assign(std::move(uid), std::move(object));
    return look_at;
}

std::vector<std::string> OwnerGraph::remove(std::string_view uid) {
    std::vector<std::string> look_at;
    auto known = objects_.find(uid);
    if (known != objects_.end()) {
        for (const kube::OwnerReference& reference : known->second.owners) {
            const OwnedObject* owner = find(reference.uid);
            if (owner && owner->waits_for_dependents()) look_at.push_back(reference.uid);
        }
        unlink(known->second);
        objects_.erase(known);
    }
    for (const OwnedObject* dependent : dependents(uid)) look_at.push_back(dependent->uid);
    return look_at;
}

std::vector<const OwnedObject*> OwnerGraph::dependents(std::string_view uid) const {
    std::vector<const OwnedObject*> out;
    auto found = dependents_.find(uid);
    if (found == dependents_.end()) return out;
    for (const std::string& dependent : found->second) {
        if (const OwnedObject* object = find(dependent)) out.push_back(object);
    }
    // The set's order is not ours to depend on: runs of the same seed must be the same.
    std::ranges::sort(out, {}, [](const OwnedObject* o) { return std::tie(o->key, o->uid); });
    return out;
}

std::vector<const OwnedObject*> OwnerGraph::blocking(std::string_view uid) const {
    std::vector<const OwnedObject*> out = dependents(uid);
    std::erase_if(out, [uid](const OwnedObject* object) {
        return std::ranges::none_of(object->owners, [uid](const kube::OwnerReference& owner) {
            return owner.uid == uid && owner.block_owner_deletion.value_or(false);
        });
    });
    return out;
}

std::vector<std::string> OwnerGraph::uids_of(const kube::DynamicKind* kind) const {
    std::vector<std::string> out;
    for (auto& [uid, object] : objects_) {
        if (object.kind == kind) out.push_back(uid);
    }
    std::ranges::sort(out);
    return out;
}

}  // namespace mizzen::controllers
