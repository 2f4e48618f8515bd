// SPDX-License-Identifier: Apache-2.0
// ListOptions: the query parameters of list and watch.
// Source: Kubernetes documentation "API Concepts", "Resource versions", "Retrieving large results sets in chunks",
// "Streaming lists".
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

// Where a list was cut: the revision it shows (nothing: whatever is there now) and the key it goes on behind.
struct ContinueToken {
    std::optional<std::uint64_t> revision;
    std::string after;
};
std::string to_string(const ContinueToken& token);
// Throws StatusError 400.
ContinueToken parse_continue(std::string_view text);

enum class RevisionMatch { unset, exact, not_older_than };

struct ListOptions {
    std::optional<std::uint64_t> revision;  // absent: the most recent; 0: any
    RevisionMatch match = RevisionMatch::unset;
    std::size_t limit = 0;  // 0: no limit
    std::optional<ContinueToken> resume;
    std::optional<std::int64_t> timeout_seconds;
    bool bookmarks = false;
    bool send_initial_events = false;
    std::optional<bool> initial_events_asked;  // sendInitialEvents as given
};

// Throws StatusError 400 or 422 for what contradicts itself; `watch` says which rules hold.
ListOptions parse_list_options(const Call& call, bool watch);

}  // namespace mizzen::apiserver
