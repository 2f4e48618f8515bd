// SPDX-License-Identifier: Apache-2.0
// WatchSource: the body of a watch. It keeps a place in the history of its collection and no queue of its own, so a
// slow watcher costs nothing; one that falls behind the history is told 410.
#pragma once
#include <deque>

#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/verbs/selection.hpp"
#include "mizzen/apiserver/verbs/watch_frames.hpp"
#include "mizzen/net/http.hpp"

namespace mizzen::apiserver {

struct WatchPlan {
    std::uint64_t after = 0;               // changes later than this revision are sent
    bool initial_state = false;            // what is there at `after` first, as ADDED
    bool initial_events_bookmark = false;  // then a bookmark that says so
    bool bookmarks = false;
    Duration duration{};  // the stream ends by itself after that
};

class WatchSource final : public net::Body::Source {
  public:
    WatchSource(Machinery& server, ServedPtr resource, Selection selection, WatchFrames frames, WatchPlan plan,
                Running running);

    Task<std::optional<Bytes>> next() override;

  private:
    void queue_initial_state();
    bool collect_changes();  // into pending_; false at the end of what is known
    std::optional<ChangeKind> shown_as(const Change& change) const;
    bool is_still_served();
    Bytes take_pending();

    Machinery& server_;
    ServedPtr resource_;
    Selection selection_;
    WatchFrames frames_;
    WatchPlan plan_;
    std::uint64_t cursor_;
    std::uint64_t catalog_generation_;
    Time end_;
    Time next_bookmark_;
    std::deque<RecordPtr> initial_;
    std::vector<Bytes> pending_;
    bool finished_ = false;
    Running running_;
};

}  // namespace mizzen::apiserver
