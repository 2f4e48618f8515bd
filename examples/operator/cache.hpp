// SPDX-License-Identifier: Apache-2.0
// Cache: a custom resource of one's own. This struct is its whole definition.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mizzen/json/reflect.hpp"
#include "mizzen/kube/schema/kind.hpp"
#include "mizzen/kube/schema/kinds/meta.hpp"

namespace example {

using mizzen::json::field;
using mizzen::json::maybe;

struct CacheSpec {
    int pods = field("Pods, each of which keeps a part of the items.", 1).min(1).max(9);
    int megabytes = field("Memory for the items of one pod, in MiB.", 64).min(16).max(4096);
};

struct CacheCondition {
    std::string type = field("Ready, Reconciling or Stalled.").required();
    std::string status = field("True, False or Unknown.").required();
    std::string reason = field("One word for programs.");
    std::string message = field("A sentence for people.");
    std::string last_transition_time = field("When status changed last, RFC 3339.");
    std::optional<std::int64_t> observed_generation = maybe("The metadata.generation this speaks of.");
};

struct CacheStatus {
    int ready_pods = field("Pods that answer.");
    std::string address = field("Where clients in the cluster find it, host:port.");
    std::optional<std::int64_t> observed_generation = maybe("The metadata.generation this status speaks of.");
    std::vector<CacheCondition> conditions = field("How it stands, as kubectl wait reads it.").list_keys({"type"});
};

struct Cache {
    mizzen::kube::ObjectMeta metadata = field("Standard object metadata.");
    CacheSpec spec = field("What is wanted.");
    CacheStatus status = field("What is.");

    static constexpr mizzen::kube::Kind kind{"demo.mizzen.dev", "v1", "Cache", "caches"};
};

}  // namespace example
