// SPDX-License-Identifier: Apache-2.0
// timeout: a deadline for a task and everything it awaits.
#pragma once
#include <utility>

#include "mizzen/async/cancel_scope.hpp"
#include "mizzen/async/loop.hpp"
#include "mizzen/async/task.hpp"

namespace mizzen {

namespace detail {

// Cancels `scope` when it is time.
class Deadline final : Timer {
  public:
    Deadline(Loop& loop, Duration after, CancelScope& scope);

  private:
    void fire() noexcept override;
    Duration after_;
    CancelScope& scope_;
};

}  // namespace detail

// Awaits `task`. If it takes longer than `limit`, what it waits for throws Cancelled("deadline of 50ms passed"). Nested
// timeouts: the earliest counts. A task that handles Cancelled and ends anyway gives its result.
template <class T>
Task<T> timeout(Duration limit, Task<T> task) {
    Context inside = co_await context();
    CancelScope scope(inside.cancel);
    detail::Deadline deadline(*inside.loop, limit, scope);
    inside.cancel = &scope;
    co_return co_await InContext<T>(std::move(task), inside);
}

}  // namespace mizzen
