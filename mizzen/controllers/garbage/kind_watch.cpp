// SPDX-License-Identifier: Apache-2.0
// From JSON text to the few facts the graph needs.
#include "mizzen/controllers/garbage/kind_watch.hpp"

#include <algorithm>

#include "mizzen/json/codec.hpp"
#include "mizzen/kube/client/detail/json_scan.hpp"

namespace mizzen::controllers {
namespace {

OwnedObject facts(const kube::DynamicKind& kind, const kube::ObjectMeta& metadata) {
    return {.kind = &kind,
            .key = {metadata.namespace_, metadata.name},
            .uid = metadata.uid,
            .owners = {metadata.owner_references.begin(), metadata.owner_references.end()},
            .deleting = !metadata.deletion_timestamp.empty(),
            .foreground = std::ranges::count(metadata.finalizers, "foregroundDeletion") > 0,
            .orphaning = std::ranges::count(metadata.finalizers, "orphan") > 0};
}

// Every object of every kind passes here; only this part of it is read.
kube::ObjectMeta metadata_of(std::string_view object) {
    return json::from_json<kube::ObjectMeta>(kube::detail::scan_member(object, "metadata"), json::Unknown::ignore);
}

bool is_definition(const kube::DynamicKind& kind) {
    return kind.kind == "CustomResourceDefinition" || kind.kind == "APIService";
}

}  // namespace

Task<> GarbageCollector::KindWatch::run(CancelScope* parent) {
    if (stopped_) co_return;
    CancelScope scope(parent);
    scope_ = &scope;
    Context inside = co_await context();
    inside.cancel = &scope;
    try {
        co_await InContext<void>(kube::watch_forever(collector_.client_, {kind_.kind, {}}, {}, *this), inside);
    } catch (const Cancelled&) {
        // Ours alone means that the kind is no longer served; the collector's own end is the parent's.
        scope_ = nullptr;
        if (parent && parent->cancelled()) throw;
    }
}

void GarbageCollector::KindWatch::forget() {
    for (const std::string& uid : collector_.graph_.uids_of(&kind_.kind))
        collector_.look_at(collector_.graph_.remove(uid));
}

void GarbageCollector::KindWatch::listing() {
    in_list_ = true;
    seen_.clear();
}

std::string GarbageCollector::KindWatch::changed(std::string_view object) {
    const kube::ObjectMeta metadata = metadata_of(object);
    OwnedObject known = facts(kind_.kind, metadata);
    if (in_list_) seen_.insert(known.uid);
    if (stopped_) return metadata.resource_version;
    const bool is_new = collector_.graph_.find(known.uid) == nullptr;
    collector_.look_at(collector_.graph_.put(std::move(known)));
    // A definition is served a moment after it appears, and changes in its status say so.
    if (is_definition(kind_.kind) && (is_new || listed_)) {
        collector_.ask_again_ = true;
        collector_.kinds_changed_.notify_all();
    }
    return metadata.resource_version;
}

std::string GarbageCollector::KindWatch::removed(std::string_view object) {
    const kube::ObjectMeta metadata = metadata_of(object);
    collector_.look_at(collector_.graph_.remove(metadata.uid));
    if (is_definition(kind_.kind)) {
        collector_.ask_again_ = true;
        collector_.kinds_changed_.notify_all();
    }
    return metadata.resource_version;
}

void GarbageCollector::KindWatch::listed() {
    in_list_ = false;
    listed_ = true;
    collector_.look_at_awaiting();
    for (const std::string& uid : collector_.graph_.uids_of(&kind_.kind)) {
        if (!seen_.contains(uid)) collector_.look_at(collector_.graph_.remove(uid));
    }
    seen_.clear();
}

}  // namespace mizzen::controllers
