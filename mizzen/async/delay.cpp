// SPDX-License-Identifier: Apache-2.0
// Delays as tasks.
#include "mizzen/async/delay.hpp"

namespace mizzen {

Task<> sleep_for(Duration duration) { co_await delay(duration); }

Task<> sleep_until(Time when) {
    Loop& loop = *(co_await context()).loop;
    co_await delay(when - loop.now());
}

}  // namespace mizzen
