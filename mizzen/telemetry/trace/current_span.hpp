// SPDX-License-Identifier: Apache-2.0
// The current span: travels with a Task, not with a thread.
#pragma once
#include "mizzen/async/context.hpp"
#include "mizzen/telemetry/trace/span.hpp"

namespace mizzen::telemetry {

// The span that is current in a task, or null: `current_span(co_await context())`.
inline Span* current_span(const Context& here) { return static_cast<Span*>(here.span); }

// Makes `span` current for the rest of the block, in this task and in every task awaited or spawned from it meanwhile:
//
//     Span span = tracer.start("reconcile", {.parent = current_span(co_await context())});
//     CurrentSpan current(co_await context(), span);
//     co_await apply(objects);                         // its spans are children of this one
//
// Afterwards the former one is current again. The span stays where it is (it must not be moved) and outlives the tasks
// that inherit it; so a Scope that spawns them is declared after it.
class CurrentSpan {
  public:
    CurrentSpan(Context& here [[clang::lifetimebound]], Span& span [[clang::lifetimebound]])
        : here_(here), before_(here.span) {
        here.span = &span;
    }
    CurrentSpan(const CurrentSpan&) = delete;
    CurrentSpan& operator=(const CurrentSpan&) = delete;
    ~CurrentSpan() { here_.span = before_; }

  private:
    Context& here_;
    void* before_;
};

}  // namespace mizzen::telemetry
