// SPDX-License-Identifier: Apache-2.0
// Loop: runs tasks and timers on one thread, in real time (real_loop.hpp) or in simulated time (simulated_loop.hpp).
#pragma once
#include <coroutine>
#include <optional>
#include <utility>

#include "mizzen/async/task.hpp"
#include "mizzen/async/timer_heap.hpp"
#include "mizzen/async/waiter.hpp"
#include "mizzen/base/random.hpp"
#include "mizzen/base/time.hpp"

namespace mizzen {

// The only clock and the only source of randomness that tasks see. Inside a task: `(co_await context()).loop`.
// Lives longer than every task, timer and scope on it.
class Loop {
  public:
    Loop() = default;
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;
    virtual ~Loop();

    // For timers and deadlines.
    virtual Time now() const = 0;
    // What the calendar says: for timestamps that others read.
    virtual WallTime wall() const = 0;
    Random& random() { return random_; }
    // The time that much later; never overflows.
    Time after(Duration) const;

    // Runs the loop until `task` is done; gives its result or throws what it threw. Other tasks run meanwhile and stay
    // where they are afterwards. Not to be called from inside a task.
    template <class T>
    T run(Task<T> task) {
        auto& promise = task.handle().promise();
        promise.context = {.loop = this};
        Waiter start;
        start.park(promise.context, task.handle());
        start.wake();
        run_until_done(task.handle());
        return promise.take();
    }

    // For leaves. A timer started anew forgets its former time.
    void start(Timer&, Time when);
    void stop(Timer&);
    virtual void enqueue(Waiter&) = 0;
    virtual void forget(Waiter&) = 0;

  protected:
    explicit Loop(Random random) : random_(random) {}
    virtual void run_until_done(std::coroutine_handle<> root) = 0;
    // When the earliest timer is due.
    std::optional<Time> next_timer() const;
    // Fires all timers due at `now`.
    void fire_due(Time now);
    static void resume(Waiter& waiter) { waiter.resume(); }

  private:
    Random random_{0};
    TimerHeap timers_;
    std::uint64_t serial_ = 0;
};

}  // namespace mizzen
