// SPDX-License-Identifier: Apache-2.0
// The bodies of Store<K>. Included by store.hpp.
#pragma once
#include "mizzen/base/error.hpp"
#include "mizzen/kube/runtime/store.hpp"  // IWYU pragma: keep

namespace mizzen::kube {

template <class K>
typename Store<K>::Item Store<K>::find(const ObjectKey& key) const {
    auto found = items_.find(typename Order::Place(key.ns, key.name));
    return found == items_.end() ? nullptr : found->item;
}

template <class K>
std::vector<typename Store<K>::Item> Store<K>::list() const {
    std::vector<Item> all;
    all.reserve(items_.size());
    for (const Entry& entry : items_) all.push_back(entry.item);
    return all;
}

template <class K>
std::vector<typename Store<K>::Item> Store<K>::list(std::string_view ns) const {
    std::vector<Item> some;
    auto at = items_.lower_bound(typename Order::Place(ns, ""));
    for (; at != items_.end() && at->item->metadata.namespace_ == ns; ++at) some.push_back(at->item);
    return some;
}

template <class K>
std::vector<typename Store<K>::Item> Store<K>::select(const Selector& labels, std::string_view ns) const {
    std::vector<Item> some = ns.empty() ? list() : list(ns);
    std::erase_if(some, [&labels](const Item& item) { return !labels.matches(item->metadata.labels); });
    return some;
}

template <class K>
std::vector<typename Store<K>::Item> Store<K>::sorted(std::vector<Item> items) {
    auto place = [](const Item& item) { return typename Order::Place(item->metadata.namespace_, item->metadata.name); };
    std::sort(items.begin(), items.end(), [place](const Item& a, const Item& b) { return place(a) < place(b); });
    return items;
}

template <class K>
std::vector<typename Store<K>::Item> Store<K>::owned_by(std::string_view uid) const {
    return sorted(owners_.find(uid));
}

template <class K>
std::vector<typename Store<K>::Item> Store<K>::by(std::string_view index, std::string_view word) const {
    for (auto& [name, entry] : indexes_)
        if (name == index) return sorted(entry.words.find(word));
    throw Error(ErrorKind::bug, "the store has no index \"" + std::string(index) + "\"; add_index makes one");
}

template <class K>
void Store<K>::add_index(std::string name, IndexKeys keys) {
    std::erase_if(indexes_, [&name](const auto& entry) { return entry.first == name; });
    Index& index = indexes_.emplace_back(std::move(name), Index{.keys = std::move(keys), .words = {}}).second;
    for (const Entry& entry : items_)
        for (const std::string& word : index.keys(*entry.item)) index.words.add(word, entry.item);
}

template <class K>
void Store<K>::link(const Item& item) {
    for (auto& owner : item->metadata.owner_references) owners_.add(owner.uid, item);
    for (auto& [name, index] : indexes_)
        for (const std::string& word : index.keys(*item)) index.words.add(word, item);
}

template <class K>
void Store<K>::unlink(const Item& item) {
    for (auto& owner : item->metadata.owner_references) owners_.remove(owner.uid, item);
    for (auto& [name, index] : indexes_)
        for (const std::string& word : index.keys(*item)) index.words.remove(word, item);
}

template <class K>
typename Store<K>::Item Store<K>::put(K object) {
    Entry entry{std::make_shared<const K>(std::move(object)), round_};
    link(entry.item);
    auto found = items_.find(entry);
    if (found == items_.end()) {
        items_.insert(std::move(entry));
        return nullptr;
    }
    // The node is kept: only what it holds changes, under the same name.
    auto node = items_.extract(found);
    Item before = std::exchange(node.value(), std::move(entry)).item;
    unlink(before);
    items_.insert(std::move(node));
    return before;
}

template <class K>
typename Store<K>::Item Store<K>::remove(const ObjectKey& key) {
    auto found = items_.find(typename Order::Place(key.ns, key.name));
    if (found == items_.end()) return nullptr;
    Item gone = found->item;
    unlink(gone);
    items_.erase(found);
    return gone;
}

template <class K>
std::vector<typename Store<K>::Item> Store<K>::end_relist() {
    std::vector<Item> gone;
    for (auto at = items_.begin(); at != items_.end();) {
        if (at->round == round_) {
            ++at;
            continue;
        }
        gone.push_back(at->item);
        unlink(at->item);
        at = items_.erase(at);
    }
    return gone;
}

}  // namespace mizzen::kube
