// SPDX-License-Identifier: Apache-2.0
// WritePolicy: in what a kind's writes and deletions differ from those of the others.
#pragma once
#include <string_view>

namespace mizzen::apiserver {

// What happens to dependents where a deletion does not say.
enum class Dependents { remove, orphan, unsupported };

struct WritePolicy {
    bool create_on_update = false;     // a PUT of a missing object creates it
    bool unconditional_update = true;  // a PUT without resourceVersion overwrites
    bool returns_deleted = false;      // a DELETE answers with the object rather than with a Status
    Dependents dependents = Dependents::remove;
    bool graceful = false;  // pods: the kubelet has the last word
};

// Of a built-in kind, as kube-apiserver's registry has it.
WritePolicy write_policy(std::string_view group, std::string_view plural);
// Of every custom resource.
inline constexpr WritePolicy custom_write_policy{.unconditional_update = false};

}  // namespace mizzen::apiserver
