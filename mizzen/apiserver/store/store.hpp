// SPDX-License-Identifier: Apache-2.0
// Store: the objects of all resources under one revision, and what happened lately.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/apiserver/store/collection.hpp"
#include "mizzen/apiserver/store/journal.hpp"

namespace mizzen::apiserver {

// How much of the past is kept for watches that resume and for lists of an older revision.
struct HistoryLimits {
    std::size_t changes = 100'000;
    std::size_t bytes = 32u << 20;
};

// Decides nothing: whoever writes has checked. Revisions grow by one per write.
class Store {
  public:
    // With a journal, what it kept is loaded as collections are asked for; history does not survive a restart.
    explicit Store(HistoryLimits limits, std::unique_ptr<Journal> journal = nullptr);
    ~Store();

    std::uint64_t revision() const { return revision_; }
    // The collection of that name ("pods", "deployments.apps"), made on first use. Lives as long as the store.
    Collection& collection(const std::string& name, const FieldIndex& index = {});

    // Gives a collection other selectable fields; what is stored is read again if they differ.
    void set_index(Collection&, FieldIndex index);

    // Creates or replaces the object; sets metadata.resourceVersion, encodes, remembers, tells watchers.
    RecordPtr put(Collection&, std::string key, json::Value object, std::uint32_t schema = 0);
    // Removes what is there; returns its last state with the revision of the deletion, or null if there was nothing.
    RecordPtr remove(Collection&, std::string_view key);

    // Told on every write to any collection.
    WaitQueue& advanced() { return advanced_; }

  private:
    void remember(Collection&, Change);
    void forget_oldest();

    HistoryLimits limits_;
    std::unique_ptr<Journal> journal_;
    std::uint64_t revision_ = 1;
    std::map<std::string, std::unique_ptr<Collection>, std::less<>> collections_;
    std::map<std::string, std::vector<RecordPtr>, std::less<>> restored_;  // of collections not asked for yet
    std::deque<Collection*> order_;                                        // whose change came when, oldest first
    std::size_t history_bytes_ = 0;
    WaitQueue advanced_;
};

}  // namespace mizzen::apiserver
