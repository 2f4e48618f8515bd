// SPDX-License-Identifier: Apache-2.0
// Deletion: what a DELETE does to one object. Pure: it looks at the object and says what is to be done.
// Source: Kubernetes documentation "Garbage Collection", "Finalizers", "Pod Lifecycle", "Pod termination".
#pragma once
#include "mizzen/apiserver/catalog/served_resource.hpp"
#include "mizzen/apiserver/verbs/delete_options.hpp"

namespace mizzen::apiserver {

enum class Fate {
    remove,   // it goes now
    mark,     // it is written with a deletionTimestamp and waits for its finalizers or its grace
    pending,  // it is already going; nothing changes
};

struct Deletion {
    Fate fate = Fate::remove;
    json::Value object;  // as it is to be written, for mark
};

// `live` is the object in any version.
Deletion decide_deletion(const ServedResource& resource, json::Value live, const DeleteOptions& options, WallTime now);

}  // namespace mizzen::apiserver
