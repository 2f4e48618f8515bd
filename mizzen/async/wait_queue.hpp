// SPDX-License-Identifier: Apache-2.0
// WaitQueue: tasks that wait in line. Channel, Event and Semaphore are made of it.
#pragma once
#include <coroutine>

#include "mizzen/async/list.hpp"
#include "mizzen/async/waiter.hpp"

namespace mizzen {

// Lives longer than the tasks that wait in it, unless they are destroyed unresumed.
class WaitQueue {
  public:
    WaitQueue() = default;
    virtual ~WaitQueue() = default;

    // `co_await queue.wait();` parks at the end of the line. Throws Cancelled.
    class Wait : public Link {
      public:
        explicit Wait(WaitQueue& queue) : queue_(queue) {}
        ~Wait();
        bool await_ready() const noexcept { return false; }
        template <class Promise>
        void await_suspend(std::coroutine_handle<Promise> task) {
            queue_.waiting_.push_back(*this);
            waiter_.park(task.promise().context, task);
        }
        void await_resume() {
            unlink();
            owes_ = false;
            waiter_.check();
        }

      private:
        friend class WaitQueue;
        WaitQueue& queue_;
        bool owes_ = false;  // was chosen by wake_one and has not run yet
        Waiter waiter_;
    };
    Wait wait() { return Wait(*this); }

    bool empty() const { return waiting_.empty(); }
    // Wakes the first in line that was not cancelled meanwhile; false if there is none.
    bool wake_one();
    void wake_all();

  protected:
    // Who was chosen by wake_one died before it ran: the turn goes to the next.
    virtual void abandoned() { wake_one(); }

  private:
    List<Wait> waiting_;
    List<Wait> chosen_;
};

}  // namespace mizzen
