// SPDX-License-Identifier: Apache-2.0
// Waiting for what happens in the store, with a limit.
#pragma once
#include <cstdint>
#include <string_view>

#include "mizzen/async/task.hpp"
#include "mizzen/async/wait_queue.hpp"
#include "mizzen/base/time.hpp"

namespace mizzen::apiserver {

struct Machinery;

// A resourceVersion parameter of a list or get. Throws StatusError 400 if it is no number.
std::uint64_t parse_list_revision(std::string_view text);

// Returns once the store has reached `revision`; after three seconds throws StatusError 504 "Too large resource
// version".
Task<> await_revision(Machinery& server, std::uint64_t revision);

// Waits until `queue` is woken or `limit` has passed. Throws Cancelled only if the task itself is cancelled.
Task<> wait_at_most(WaitQueue& queue, Duration limit);

}  // namespace mizzen::apiserver
