// SPDX-License-Identifier: Apache-2.0
// Backoff: how long to wait before the next attempt. Pure: who waits asks a Loop.
#pragma once
#include "mizzen/base/random.hpp"
#include "mizzen/base/time.hpp"

namespace mizzen {

// first, first·factor, first·factor², … up to `most`; then blurred, so that many clients do not come back at the same
// moment.
struct Backoff {
    enum class Jitter {
        none,
        full,   // anything from zero to the delay: spreads best, for many clients of one server
        equal,  // anything from half the delay to all of it: never too soon
    };

    Duration first = std::chrono::milliseconds(100);
    Duration most = std::chrono::seconds(30);
    double factor = 2;
    Jitter jitter = Jitter::full;

    // Before attempt 1 (after one failure), 2, …; attempt 0 and less wait not at all.
    Duration delay(int attempt, Random& random) const;
    // The same without its jitter.
    Duration longest(int attempt) const;
};

}  // namespace mizzen
