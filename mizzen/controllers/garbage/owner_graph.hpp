// SPDX-License-Identifier: Apache-2.0
// OwnerGraph: who owns whom, by uid, over all kinds. In memory, pure; garbage_collector.hpp feeds it from watches.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "mizzen/kube/client/dynamic.hpp"
#include "mizzen/kube/client/object_key.hpp"

namespace mizzen::controllers {

// What garbage collection needs to know of an object, and no more: clusters have many.
struct OwnedObject {
    const kube::DynamicKind* kind = nullptr;  // kept by the collector
    kube::ObjectKey key;
    std::string uid;
    std::vector<kube::OwnerReference> owners;
    bool deleting = false;
    bool foreground = false;  // waits for its dependents (finalizer foregroundDeletion)
    bool orphaning = false;   // lets its dependents go first (finalizer orphan)

    // Its end waits for the end of its dependents.
    bool waits_for_dependents() const { return deleting && foreground; }
};

class OwnerGraph {
  public:
    const OwnedObject* find(std::string_view uid) const;
    // Adds or replaces. Gives the uids to look at: the object itself, where its owners or its own deletion ask for
    // something, and owners it left.
    std::vector<std::string> put(OwnedObject object);
    // Gives the uids to look at: its dependents, and owners that waited for it.
    std::vector<std::string> remove(std::string_view uid);
    std::vector<const OwnedObject*> dependents(std::string_view uid) const;
    // Dependents that hold up the foreground deletion of `uid`: those whose reference says blockOwnerDeletion.
    std::vector<const OwnedObject*> blocking(std::string_view uid) const;
    std::vector<std::string> uids_of(const kube::DynamicKind* kind) const;
    std::size_t size() const { return objects_.size(); }

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>()(s); }
    };
    void link(const OwnedObject&);
    void unlink(const OwnedObject&);

    std::unordered_map<std::string, OwnedObject, Hash, std::equal_to<>> objects_;
    std::unordered_map<std::string, std::unordered_set<std::string>, Hash, std::equal_to<>> dependents_;
};

}  // namespace mizzen::controllers
