// SPDX-License-Identifier: Apache-2.0
// Store<K>: the objects of one kind as the watch last told, in memory, shared by all who read them.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "mizzen/kube/client/label_selector.hpp"
#include "mizzen/kube/client/object_key.hpp"
#include "mizzen/kube/runtime/name_index.hpp"

namespace mizzen::kube {

// Objects are immutable and shared: what find() gave stays as it was, for as long as it is held, while the store moves
// on.
//
// Sorted by namespace and name. Reading never waits and never calls the API. A relist replaces objects one by one and
// sweeps what is gone at its end: there is no second copy and no empty moment.
template <class K>
class Store {
  public:
    using Item = std::shared_ptr<const K>;
    // The words under which an index finds an object: `[](const Pod& p) { return std::vector{p.spec.node_name}; }`.
    using IndexKeys = std::function<std::vector<std::string>(const K&)>;

    // Nothing, if there is no such object.
    Item find(const ObjectKey& key) const;
    // In order of namespace and name.
    std::vector<Item> list() const;
    std::vector<Item> list(std::string_view ns) const;
    std::vector<Item> select(const Selector& labels, std::string_view ns = {}) const;
    // Those that name `uid` among their owners.
    std::vector<Item> owned_by(std::string_view uid) const;
    // Those that the index of that name has under `word`. Throws Error(bug) if there is no such index.
    std::vector<Item> by(std::string_view index, std::string_view word) const;
    std::size_t size() const { return items_.size(); }

    // Adds an index over present and future objects; replaces one of the same name.
    void add_index(std::string name, IndexKeys keys);

    // For the informer. put gives what was there before, remove what it removed.
    Item put(K object);
    Item remove(const ObjectKey& key);
    // Between begin_relist and end_relist each put marks its object; end_relist removes and gives the others.
    void begin_relist() { ++round_; }
    std::vector<Item> end_relist();

  private:
    struct Entry {
        Item item;
        std::uint32_t round = 0;
    };
    struct Order {
        using is_transparent = void;
        using Place = std::pair<std::string_view, std::string_view>;
        static Place place(const Entry& e) { return {e.item->metadata.namespace_, e.item->metadata.name}; }
        static Place place(const Place& p) { return p; }
        template <class A, class B>
        bool operator()(const A& a, const B& b) const {
            return place(a) < place(b);
        }
    };
    struct Index {
        IndexKeys keys;
        NameIndex<const K> words;
    };
    void link(const Item& item);
    void unlink(const Item& item);
    static std::vector<Item> sorted(std::vector<Item> items);

    std::set<Entry, Order> items_;
    NameIndex<const K> owners_;
    std::vector<std::pair<std::string, Index>> indexes_;
    std::uint32_t round_ = 0;
};

}  // namespace mizzen::kube

#include "mizzen/kube/runtime/store_detail.hpp"
