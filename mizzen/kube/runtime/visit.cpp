// SPDX-License-Identifier: Apache-2.0
// Collecting what shall exist.
#include "mizzen/kube/runtime/visit.hpp"

#include <algorithm>

#include "mizzen/base/digest.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/json/codec.hpp"
#include "mizzen/kube/runtime/apply_set.hpp"

namespace mizzen::kube {
namespace {

constexpr std::size_t longest_name = 63;

std::string child_name(const std::string& owner, std::string_view suffix) {
    std::string name = suffix.empty() ? owner : owner + "-" + std::string(suffix);
    if (name.size() <= longest_name) return name;
    std::string hash = fnv32_hex(name);
    name.resize(longest_name - hash.size() - 1);
    while (!name.empty() && (name.back() == '-' || name.back() == '.')) name.pop_back();
    return name + "-" + hash;
}

bool names_owner(const json::Value& object, const std::string& uid) {
    const json::Value* owners = object.find_path({"metadata", "ownerReferences"});
    if (owners == nullptr || !owners->is_array()) return false;
    auto& all = owners->as_array();
    return std::any_of(all.begin(), all.end(), [&uid](const json::Value& owner) { return owner.text("uid") == uid; });
}

OwnerReference reference(const DynamicKind& kind, const ObjectMeta& owner) {
    return {.api_version = kind.api_version(),
            .block_owner_deletion = true,
            .controller = true,
            .kind = kind.kind,
            .name = owner.name,
            .uid = owner.uid};
}

}  // namespace

ObjectMeta Visit::child(std::string_view suffix) const {
    return {.labels = {{"app.kubernetes.io/name", owner_.name}, {std::string(managed_by_label), around_.name}},
            .name = child_name(owner_.name, suffix),
            .namespace_ = owner_.namespace_,
            .owner_references = {reference(kind_, owner_)}};
}

void Visit::apply(json::Value object) {
    std::string_view api_version = object.text("apiVersion"), kind = object.text("kind");
    AnyInformer* cache = around_.caches.find(api_version, kind);
    if (cache == nullptr)
        throw Error(ErrorKind::bug, "a " + std::string(kind) + " (" + std::string(api_version) +
                                        ") is applied, but the controller does not own that kind; add it with owns()");
    collect(cache->kind(), std::move(object));
}

void Visit::collect(DynamicKind kind, json::Value object) {
    json::Value& metadata = object["metadata"];
    std::string name(metadata.text("name")), ns(metadata.text("namespace"));
    if (kind.namespaced && ns.empty()) ns = owner_.namespace_;
    const std::string what = kind.kind + " " + to_string(ObjectKey(ns, name));
    if (name.empty()) throw Error(ErrorKind::invalid, "an applied " + kind.kind + " has no name");
    if (!owner_.namespace_.empty() && (!kind.namespaced || ns != owner_.namespace_))
        throw Error(ErrorKind::invalid, what + " cannot be owned by an object in namespace " + owner_.namespace_);
    if (!ns.empty()) metadata["namespace"] = ns;
    metadata["labels"][managed_by_label] = around_.name;
    if (!names_owner(object, owner_.uid)) {
        json::Value& owners = metadata["ownerReferences"];
        if (!owners.is_array()) owners = json::Array{};
        owners.as_array().push_back(json::to_value(reference(kind_, owner_)));
    }
    // What the server writes is not ours to want.
    object.erase("status");
    for (auto key : {"managedFields", "resourceVersion", "uid", "creationTimestamp", "generation"}) metadata.erase(key);
    wanted_.push_back({.kind = std::move(kind), .key = {std::move(ns), std::move(name)}, .object = std::move(object)});
}

bool Visit::serves(const DynamicKind& kind) const {
    AnyInformer* known = around_.caches.find(kind);
    return known != nullptr ? known->is_served() : around_.caches.informer(kind).is_served();
}

void Visit::event(EventType type, std::string_view reason, std::string_view message) {
    around_.events.record(ObjectRef::to(kind_, owner_), type, reason, message, reporter_);
}

void Visit::condition(std::string type, Truth truth, std::string reason, std::string message) {
    claims_.push_back(
        {.type = std::move(type), .truth = truth, .reason = std::move(reason), .message = std::move(message)});
}

}  // namespace mizzen::kube
