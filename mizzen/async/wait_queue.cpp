// SPDX-License-Identifier: Apache-2.0
// Waking in order, with no turn lost when a waiting task is cancelled or destroyed.
#include "mizzen/async/wait_queue.hpp"

namespace mizzen {

WaitQueue::Wait::~Wait() {
    if (!owes_ || !linked()) return;  // unlinked: the queue itself is gone
    unlink();
    queue_.abandoned();
}

bool WaitQueue::wake_one() {
    while (!waiting_.empty()) {
        Wait& wait = waiting_.front();
        wait.unlink();
        if (!wait.waiter_.wake()) continue;
        wait.owes_ = true;
        chosen_.push_back(wait);
        return true;
    }
    return false;
}

void WaitQueue::wake_all() {
    while (!waiting_.empty()) {
        Wait& wait = waiting_.front();
        wait.unlink();
        wait.waiter_.wake();
    }
}

}  // namespace mizzen
