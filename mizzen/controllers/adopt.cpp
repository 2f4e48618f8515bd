// SPDX-License-Identifier: Apache-2.0
// Controller references.
#include "mizzen/controllers/adopt.hpp"

#include "mizzen/json/codec.hpp"

namespace mizzen::controllers {

const kube::OwnerReference* controller_of(const kube::ObjectMeta& metadata) {
    for (const kube::OwnerReference& owner : metadata.owner_references) {
        if (owner.controller.value_or(false)) return &owner;
    }
    return nullptr;
}

bool is_controlled_by(const kube::ObjectMeta& metadata, std::string_view uid) {
    const kube::OwnerReference* owner = controller_of(metadata);
    return owner && owner->uid == uid;
}

json::Value adoption(const kube::DynamicKind& kind, const kube::ObjectMeta& owner, const kube::ObjectMeta& orphan) {
    json::Array owners;
    for (const kube::OwnerReference& other : orphan.owner_references) owners.push_back(json::to_value(other));
    owners.push_back(json::to_value(kube::OwnerReference{.api_version = kind.api_version(),
                                                         .block_owner_deletion = true,
                                                         .controller = true,
                                                         .kind = kind.kind,
                                                         .name = owner.name,
                                                         .uid = owner.uid}));
    return json::Object{{"metadata", json::Object{{"uid", orphan.uid}, {"ownerReferences", std::move(owners)}}}};
}

}  // namespace mizzen::controllers
