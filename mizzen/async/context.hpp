// SPDX-License-Identifier: Apache-2.0
// Context: what a task inherits from whoever awaits it.
#pragma once
#include <coroutine>

namespace mizzen {

class Loop;
class CancelScope;

// Travels in the promise of every Task, so no call carries a loop or a cancellation token in its arguments.
struct Context {
    Loop* loop = nullptr;
    CancelScope* cancel = nullptr;  // Nothing: cannot be cancelled, only destroyed.
    void* span = nullptr;           // The current trace span; telemetry knows its type.
};

// The running task's own context: `Context& here = co_await context();`. The reference lives as long as the task's
// frame; tasks awaited later inherit what is written to it.
class context {
  public:
    bool await_ready() const noexcept { return false; }
    template <class Promise>
    bool await_suspend(std::coroutine_handle<Promise> task) noexcept {
        here_ = &task.promise().context;
        return false;
    }
    Context& await_resume() const noexcept { return *here_; }

  private:
    Context* here_ = nullptr;
};

}  // namespace mizzen
