// SPDX-License-Identifier: Apache-2.0
// delay and yield: letting time pass, letting others go first.
#pragma once
#include "mizzen/async/loop.hpp"
#include "mizzen/async/task.hpp"

namespace mizzen {

// `co_await delay(10ms);` goes on that much later, never earlier. Throws Cancelled.
class delay : Timer {
  public:
    explicit delay(Duration duration) : duration_(duration) {}
    bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> task) {
        const Context& here = task.promise().context;
        here.loop->start(*this, here.loop->after(duration_));
        waiter_.park(here, task);
    }
    void await_resume() const { waiter_.check(); }

  private:
    void fire() noexcept override { waiter_.wake(); }
    Duration duration_;
    Waiter waiter_;
};

// The same as a Task, for where one is asked for.
Task<> sleep_for(Duration);
// Goes on at `when`, at once if that has passed.
Task<> sleep_until(Time when);

// `co_await yield();` lets other ready tasks run first. Throws Cancelled, so a long computation becomes one that can be
// stopped.
class yield {
  public:
    bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> task) {
        waiter_.park(task.promise().context, task);
        waiter_.wake();
    }
    void await_resume() const { waiter_.check(); }

  private:
    Waiter waiter_;
};

}  // namespace mizzen
