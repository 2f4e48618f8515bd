// SPDX-License-Identifier: Apache-2.0
// Scope: owns background tasks. There is no other way to start one.
#pragma once
#include <cstddef>
#include <exception>
#include <string>

#include "mizzen/async/cancel_scope.hpp"
#include "mizzen/async/list.hpp"
#include "mizzen/async/loop.hpp"
#include "mizzen/async/task.hpp"
#include "mizzen/async/wait_queue.hpp"

namespace mizzen {

// The first task that fails cancels its siblings; join() throws its error. Cancelled is no failure in a scope that was
// cancelled. A task is freed when it ends. Destroying the scope is a crash of what still runs: destructors run, no
// other code of the tasks does. Not to be destroyed by one of its own tasks.
class Scope {
  public:
    // Cancelled together with `parent`, if given.
    explicit Scope(Loop& loop, CancelScope* parent = nullptr);
    // For use in a task: `Scope scope(co_await context());`. Cancelled with the task, inherits its span.
    explicit Scope(const Context& parent);
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope();

    // Starts `task`, soon. What its arguments refer to must outlive the scope.
    void spawn(Task<> task);
    // What is parked inside throws Cancelled(why); so does what parks later.
    void cancel(std::string why) { cancel_.cancel(std::move(why)); }
    // Waits until all tasks have ended, then throws the first error, if any. Throws Cancelled if the caller is
    // cancelled; the tasks stay in the scope then.
    Task<> join();

    std::size_t running() const { return running_; }
    // The first failure so far.
    std::exception_ptr error() const { return error_; }
    CancelScope& cancel_scope() { return cancel_; }

  private:
    struct Frame;
    struct Background;
    static Background run(Task<> task, Scope&);
    void fail(const std::exception_ptr&);
    void ended();

    Context context_;
    CancelScope cancel_;
    std::size_t running_ = 0;
    std::exception_ptr error_;
    WaitQueue joining_;
    List<Frame> tasks_;
};

}  // namespace mizzen
