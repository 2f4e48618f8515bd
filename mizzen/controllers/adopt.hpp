// SPDX-License-Identifier: Apache-2.0
// Controller references: who controls an object, and how a controller takes in what its selector matches and nobody
// controls.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "mizzen/kube/client/label_selector.hpp"
#include "mizzen/kube/runtime/reconcile.hpp"

namespace mizzen::controllers {

// The owner with controller=true, or nullptr.
const kube::OwnerReference* controller_of(const kube::ObjectMeta&);
bool is_controlled_by(const kube::ObjectMeta&, std::string_view uid);
// The merge patch that makes the owner the controller of an object, only if that is still this very object.
json::Value adoption(const kube::DynamicKind& kind, const kube::ObjectMeta& owner, const kube::ObjectMeta& orphan);

// The children of kind Child that r's object controls, after adopting orphans that `selector` matches (left by a delete
// with orphan propagation). Sorted by name. An owner that is being deleted adopts nothing.
template <class Child, class K>
Task<std::vector<std::shared_ptr<const Child>>> adopt(kube::Reconcile<K>& r, const kube::LabelSelector& selector) {
    std::vector<std::shared_ptr<const Child>> mine;
    const kube::ObjectMeta& owner = r.object().metadata;
    const kube::Selector wanted = kube::Selector::from(selector);
    for (auto& child : r.template cache<Child>().list(owner.namespace_)) {
        if (is_controlled_by(child->metadata, owner.uid)) {
            mine.push_back(child);
        } else if (!controller_of(child->metadata) && wanted.matches(child->metadata.labels) &&
                   child->metadata.deletion_timestamp.empty() && owner.deletion_timestamp.empty()) {
            auto patch = kube::Patch::merge(adoption(r.kind(), owner, child->metadata));
            mine.push_back(std::make_shared<const Child>(
                co_await r.template api<Child>().patch(child->metadata.name, std::move(patch))));
        }
    }
    co_return mine;
}

}  // namespace mizzen::controllers
