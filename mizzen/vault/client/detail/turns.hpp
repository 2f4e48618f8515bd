// SPDX-License-Identifier: Apache-2.0
// Turns: at most so many calls a second. Pure: time is an argument.
#pragma once
#include <algorithm>
#include <cstddef>

#include "mizzen/base/time.hpp"

namespace mizzen::vault::detail {

// Hands out turns that lie 1/rate apart, after a burst. Time that goes back counts as no time.
class Turns {
  public:
    // `per_second` zero: no limit.
    Turns(double per_second, std::size_t burst)
        : between_(per_second > 0 ? std::chrono::duration_cast<Duration>(std::chrono::duration<double>(1 / per_second))
                                  : Duration::zero()),
          ahead_(between_ * static_cast<Duration::rep>(burst > 0 ? burst - 1 : 0)) {}

    // When the caller may go: now or later.
    Time take(Time now) {
        if (between_ == Duration::zero()) return now;
        next_ = std::max(next_, now - ahead_);
        const Time turn = std::max(next_, now);
        next_ += between_;
        return turn;
    }

  private:
    Duration between_;
    Duration ahead_;
    Time next_{Duration::min() / 2};
};

}  // namespace mizzen::vault::detail
