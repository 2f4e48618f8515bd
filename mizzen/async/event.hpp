// SPDX-License-Identifier: Apache-2.0
// Event and Latch: telling tasks that something changed, or that something is done for good.
#pragma once
#include "mizzen/async/task.hpp"
#include "mizzen/async/wait_queue.hpp"

namespace mizzen {

// Has no memory: wait() waits for the next notify_all(). Use it in a loop: `while (!ready) co_await changed.wait();`.
class Event {
  public:
    // Throws Cancelled.
    Task<> wait() { co_await waiting_.wait(); }
    void notify_all() { waiting_.wake_all(); }

  private:
    WaitQueue waiting_;
};

// Shut until open() is called, open ever after.
class Latch {
  public:
    // Throws Cancelled.
    Task<> wait() {
        if (!open_) co_await waiting_.wait();
    }
    void open() {
        open_ = true;
        waiting_.wake_all();
    }
    bool is_open() const { return open_; }

  private:
    bool open_ = false;
    WaitQueue waiting_;
};

}  // namespace mizzen
