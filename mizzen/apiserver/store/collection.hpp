// SPDX-License-Identifier: Apache-2.0
// Collection: all objects of one resource, in key order, with the changes that are still remembered.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/apiserver/store/change.hpp"
#include "mizzen/async/wait_queue.hpp"

namespace mizzen::apiserver {

// Fields that a resource can be selected by besides metadata.name and metadata.namespace: names, and how they are read
// from an object.
struct FieldIndex {
    std::vector<std::string> names;
    std::function<std::vector<std::string>(const json::Value& object)> read;  // one value per name

    // The place of `name`, or -1.
    int find(std::string_view name) const;
};

// Written by Store alone.
class Collection {
  public:
    Collection(std::string name, FieldIndex index) : name_(std::move(name)), index_(std::move(index)) {}

    const std::string& name() const { return name_; }  // "deployments.apps"
    const FieldIndex& index() const { return index_; }
    std::size_t size() const { return records_.size(); }
    // Of the newest write to this collection; 0 if there was none since the start.
    std::uint64_t last_revision() const { return last_revision_; }

    RecordPtr find(std::string_view key) const;

    // Calls `visit` for the records whose key starts with `prefix` and comes after `after`, in key order, until it
    // returns false.
    using Visit = std::function<bool(const RecordPtr&)>;
    void each(std::string_view prefix, std::string_view after, const Visit& visit) const;
    // The same as the collection was at `revision`, which must be in the history.
    void each_at(std::uint64_t revision, std::string_view prefix, std::string_view after, const Visit& visit) const;

    // Whether everything after `revision` is still remembered.
    bool remembers(std::uint64_t revision) const { return revision >= forgotten_; }
    // The first remembered change after `revision`, or nullptr.
    const Change* next_change(std::uint64_t revision) const;
    // Told on every write.
    WaitQueue& changed() const { return changed_; }

  private:
    friend class Store;
    struct ByKey {
        using is_transparent = void;
        static std::string_view key(const RecordPtr& r) { return r->key; }
        static std::string_view key(std::string_view k) { return k; }
        bool operator()(const auto& a, const auto& b) const { return key(a) < key(b); }
    };

    std::string name_;
    FieldIndex index_;
    std::set<RecordPtr, ByKey> records_;
    std::deque<Change> history_;   // oldest first
    std::uint64_t forgotten_ = 0;  // the newest revision that history_ no longer has
    std::uint64_t last_revision_ = 0;
    mutable WaitQueue changed_;
};

}  // namespace mizzen::apiserver
