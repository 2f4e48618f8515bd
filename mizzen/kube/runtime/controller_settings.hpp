// SPDX-License-Identifier: Apache-2.0
// ControllerSettings: what a Controller<K> was told, without K.
#pragma once
#include <string>
#include <vector>

#include "mizzen/kube/client/dynamic.hpp"
#include "mizzen/kube/runtime/work_queue.hpp"

namespace mizzen::kube {

struct ControllerSettings {
    DynamicKind kind;
    std::string name;
    std::string reporter;  // of events; "" leaves it to the manager
    std::vector<DynamicKind> owned;
    int workers = 4;
    Backoff backoff = {
        .first = std::chrono::milliseconds(200), .most = std::chrono::minutes(5), .jitter = Backoff::Jitter::equal};
    Duration timeout = std::chrono::minutes(2);
    // How long a visit waits, at its end, for the caches to see what it wrote.
    Duration see_writes = std::chrono::seconds(5);
    bool finalizer = false;
    bool also_deleting = false;
    bool conditions = true;
    std::string stamp;
};

}  // namespace mizzen::kube
