// SPDX-License-Identifier: Apache-2.0
// The bodies of Controller<K> and ControllerRun<K>. Included by controller_run.hpp.
#pragma once
#include "mizzen/kube/runtime/controller_run.hpp"  // IWYU pragma: keep

namespace mizzen::kube {

// The keys of the owners of that kind that `metadata` names.
std::vector<ObjectKey> owners_of_kind(const ObjectMeta& metadata, const DynamicKind& kind);
// Whether the struct has status.conditions.
bool status_has_conditions(const json::TypeInfo& type);

template <AnyKind K>
template <class Child>
void Controller<K>::watch_owned(Informer<Child>& informer, const DynamicKind& kind, const Enqueue& enqueue) {
    informer.on_change([kind, enqueue](const Child* before, const Child* after, bool initial) {
        // An object that changes hands concerns both owners.
        const Priority priority = initial ? Priority::background : Priority::normal;
        const std::string& version = (after ? after : before)->metadata.resource_version;
        if (before != nullptr)
            for (auto& key : owners_of_kind(before->metadata, kind)) enqueue(std::move(key), priority, version);
        if (after != nullptr)
            for (auto& key : owners_of_kind(after->metadata, kind)) enqueue(std::move(key), priority, version);
    });
}

template <AnyKind K>
template <class Other>
void Controller<K>::watch_mapped(Informer<Other>& informer, std::function<std::vector<ObjectKey>(const Other&)> map,
                                 const Enqueue& enqueue) {
    informer.on_change([map = std::move(map), enqueue](const Other* before, const Other* after, bool initial) {
        const Priority priority = initial ? Priority::background : Priority::normal;
        const std::string& version = (after ? after : before)->metadata.resource_version;
        if (before != nullptr)
            for (auto& key : map(*before)) enqueue(std::move(key), priority, version);
        if (after != nullptr)
            for (auto& key : map(*after)) enqueue(std::move(key), priority, version);
    });
}

template <AnyKind K>
void Controller<K>::connect(Caches& caches, Enqueue enqueue) const {
    for (auto& source : sources_) source(caches, enqueue);
}

template <AnyKind K>
Informer<K>& ControllerRun<K>::informer() const {
    if constexpr (TypedKind<K>) {
        return around().caches.template informer<K>();
    } else {
        return around().caches.informer(settings().kind);
    }
}

template <AnyKind K>
void ControllerRun<K>::connect() {
    controller_.connect(around().caches, [this](ObjectKey key, Priority priority, const std::string& version) {
        enqueue(std::move(key), priority, version);
    });
    informer().on_change([this](const K* before, const K* after, bool initial) {
        const Priority priority = initial ? Priority::background : Priority::normal;
        if (after == nullptr) return enqueue(key_of(*before), priority, before->metadata.resource_version);
        const ObjectKey key = key_of(*after);
        if (is_echo(key, after->metadata.resource_version)) return;
        if (controller_.interesting(before, *after)) enqueue(key, priority, after->metadata.resource_version);
    });
}

template <AnyKind K>
std::unique_ptr<Visit> ControllerRun<K>::begin(const ObjectKey& key) {
    auto object = informer().store().find(key);
    if (!object) return nullptr;
    auto visit = std::make_unique<Reconcile<K>>(around(), settings().kind, std::move(object));
    visit->report_as(settings().reporter);
    return visit;
}

template <AnyKind K>
json::Value ControllerRun<K>::status(const Visit& visit) const {
    json::Value object = encode_object(typed(visit).object());
    json::Value* status = object.find("status");
    return status == nullptr ? json::Value(json::Object{}) : std::move(*status);
}

template <AnyKind K>
std::optional<json::Value> ControllerRun<K>::draft_status(const Visit& visit) const {
    auto& draft = typed(visit).draft();
    if (!draft) return std::nullopt;
    json::Value object = encode_object(*draft);
    json::Value* status = object.find("status");
    return status == nullptr ? json::Value(json::Object{}) : std::move(*status);
}

template <AnyKind K>
json::Value ControllerRun<K>::fit_status(const Visit& visit, json::Value status) const {
    json::Value object = encode_object(typed(visit).object());
    object["status"] = std::move(status);
    object = encode_object(object_from<K>(std::move(object)));
    json::Value* fitted = object.find("status");
    return fitted == nullptr ? json::Value(json::Object{}) : std::move(*fitted);
}

template <AnyKind K>
bool ControllerRun<K>::has_conditions() const {
    if constexpr (TypedKind<K>) {
        return status_has_conditions(json::type_of<K>());
    } else {
        return false;
    }
}

}  // namespace mizzen::kube
