// SPDX-License-Identifier: Apache-2.0
// EventExpiry: Events are kept for an hour after their last write, as kube-apiserver keeps them.
#pragma once
#include <deque>
#include <string>

#include "mizzen/apiserver/store/store.hpp"
#include "mizzen/base/time.hpp"

namespace mizzen::apiserver {

// Needs no timer: what is due goes when the next Event is written.
class EventExpiry {
  public:
    explicit EventExpiry(Store& store) : store_(store) {}

    // Counts the hour of what was stored before the start.
    void load(Time now);
    // To be told of each write of an Event.
    void written(const Record& event, Time now);

  private:
    struct Due {
        Time when;
        std::string key;
        std::uint64_t revision;  // a later write has an entry of its own
    };

    Store& store_;
    std::deque<Due> due_;
};

}  // namespace mizzen::apiserver
