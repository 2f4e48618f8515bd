// SPDX-License-Identifier: Apache-2.0
// The bodies of Informer<K>: text in, objects stored, handlers told. Included by informer.hpp.
#pragma once
#include "mizzen/kube/runtime/informer.hpp"  // IWYU pragma: keep

namespace mizzen::kube {

template <AnyKind K>
void Informer<K>::on_change(Handler handler) {
    for (auto& item : store_.list()) handler(nullptr, item.get(), true);
    handlers_.push_back(std::move(handler));
}

template <AnyKind K>
void Informer<K>::tell(const K* before, const K* after) {
    const bool initial = in_first_list();
    for (auto& handler : handlers_) handler(before, after, initial);
}

template <AnyKind K>
void Informer<K>::listing() {
    store_.begin_relist();
    AnyInformer::listing();
}

template <AnyKind K>
std::string Informer<K>::changed(std::string_view text) {
    count_event();
    K object = held(decode_object<K>(text));
    const ObjectKey key = key_of(object);
    const std::string version = object.metadata.resource_version;
    auto before = store_.put(std::move(object));
    auto after = store_.find(key);
    // The same version again (after a relist or a resumed watch) is no change.
    if (!before || before->metadata.resource_version != version) tell(before.get(), after.get());
    count_objects();
    saw(version);
    return version;
}

template <AnyKind K>
std::string Informer<K>::removed(std::string_view text) {
    count_event();
    K object = decode_object<K>(text);
    const std::string version = object.metadata.resource_version;
    const bool was_there = store_.remove(key_of(object)) != nullptr;
    // The last state has the version of the removal, which what is held has not.
    const K last = held(std::move(object));
    if (was_there) tell(&last, nullptr);
    count_objects();
    saw(version);
    return version;
}

template <AnyKind K>
void Informer<K>::listed() {
    for (auto& gone : store_.end_relist()) tell(gone.get(), nullptr);
    count_objects();
    AnyInformer::listed();
}

template <AnyKind K>
void Informer<K>::not_served() {
    store_.begin_relist();
    for (auto& gone : store_.end_relist()) tell(gone.get(), nullptr);
    AnyInformer::not_served();
}

template <AnyKind K>
K Informer<K>::held(K object) const {
    // Nobody reads who wrote which field from a cache, and it can be half of an object.
    object.metadata.managed_fields = {};
    if (trim_) trim_(object);
    return object;
}

template <AnyKind K>
json::Value Informer<K>::as_held(json::Value object) const {
    return encode_object(held(object_from<K>(std::move(object))));
}

template <AnyKind K>
json::Value Informer<K>::find_value(const ObjectKey& key) const {
    auto item = store_.find(key);
    return item ? encode_object(*item) : json::Value();
}

template <AnyKind K>
const ObjectMeta* Informer<K>::find_metadata(const ObjectKey& key) const {
    auto item = store_.find(key);
    return item ? &item->metadata : nullptr;
}

template <AnyKind K>
std::vector<const ObjectMeta*> Informer<K>::owned_by(std::string_view uid) const {
    std::vector<const ObjectMeta*> all;
    for (auto& item : store_.owned_by(uid)) all.push_back(&item->metadata);
    return all;
}

}  // namespace mizzen::kube
