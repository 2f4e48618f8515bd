// SPDX-License-Identifier: Apache-2.0
// DeleteOptions: how a deletion is asked for, in the body or in the query.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

struct DeleteOptions {
    std::optional<std::int64_t> grace_seconds;
    std::optional<std::string> propagation;            // "Foreground", "Background", "Orphan"
    std::optional<bool> orphan_dependents;             // the older way to say it
    std::optional<std::string> uid, resource_version;  // preconditions
    bool dry_run = false;
};

// The body, where there is one, else the query. Throws StatusError 400, 415 or 422.
DeleteOptions parse_delete_options(const Call& call);

}  // namespace mizzen::apiserver
