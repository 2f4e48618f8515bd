// SPDX-License-Identifier: Apache-2.0
// The timer behind timeout().
#include "mizzen/async/timeout.hpp"

#include "mizzen/base/time.hpp"

namespace mizzen::detail {

Deadline::Deadline(Loop& loop, Duration after, CancelScope& scope) : after_(after), scope_(scope) {
    loop.start(*this, loop.after(after));
}

void Deadline::fire() noexcept { scope_.cancel("deadline of " + to_string(after_) + " passed"); }

}  // namespace mizzen::detail
