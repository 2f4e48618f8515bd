// SPDX-License-Identifier: Apache-2.0
// within: a deadline whose passing is an ordinary failure, not the caller's cancellation.
#pragma once
#include <string>
#include <utility>

#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen {

// Awaits `task`; throws an Error with the message `late` if it takes longer than `limit`, Cancelled only if the
// caller is cancelled.
template <class T>
Task<T> within(Duration limit, Task<T> task, std::string late, ErrorKind kind = ErrorKind::retry) {
    const Context& here = co_await context();
    try {
        co_return co_await timeout(limit, std::move(task));
    } catch (const Cancelled&) {
        if (here.cancel != nullptr && here.cancel->cancelled()) throw;
    }
    throw Error(kind, std::move(late));
}

}  // namespace mizzen
