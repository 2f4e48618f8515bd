// SPDX-License-Identifier: Apache-2.0
// ApplySet: makes what visits collected come true with as few calls as possible: none, when nothing differs.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mizzen/kube/runtime/controller_settings.hpp"
#include "mizzen/kube/runtime/visit.hpp"

namespace mizzen::kube {

// Marks an object as applied by a visit; its value is the fingerprint of what was applied. Only marked objects are ever
// pruned.
inline constexpr std::string_view applied_annotation = "mizzen.dev/applied";
inline constexpr std::string_view managed_by_label = "app.kubernetes.io/managed-by";

// What is remembered of an object that was applied.
struct Applied {
    std::uint64_t wanted = 0;  // fingerprint of what we sent
    std::uint64_t result = 0;  // fingerprint of what the server made of it (quantities normalised, …)
    std::string version;       // the last resourceVersion known to show that result
};

// Whether `wanted` must be applied over `live` (null if there is none). Where nothing is to be done, `applied` is
// brought up to date.
bool must_apply(const json::Value& live, const Wanted& wanted, Applied& applied);

class ApplySet {
  public:
    explicit ApplySet(std::vector<DynamicKind> owned) : owned_(std::move(owned)) {}

    // Applies what differs, in the order collected; gives how many calls that took. Throws what the first failing call
    // throws.
    Task<int> apply(Visit& visit);
    // Removes what was applied for this object on earlier visits and is not wanted any more; gives how many.
    Task<int> prune(Visit& visit);
    // Nothing is remembered of what belongs to `owner`.
    void forget(const ObjectKey& owner) { applied_.erase(owner); }

  private:
    Task<bool> apply_one(Visit& visit, Wanted wanted);

    std::vector<DynamicKind> owned_;
    // By owner, then by child ("apps/v1 Deployment shop/api").
    std::unordered_map<ObjectKey, std::map<std::string, Applied>> applied_;
};

}  // namespace mizzen::kube
