// SPDX-License-Identifier: Apache-2.0
// A loop whose clock jumps from timer to timer.
#include "mizzen/async/simulated_loop.hpp"

#include "mizzen/base/error.hpp"

namespace mizzen {

namespace {
constexpr WallTime first_day{std::chrono::seconds(1767225600)};  // 2026-01-01T00:00:00Z
}

// Two streams, so that a task that draws one number more does not reorder the others.
SimulatedLoop::SimulatedLoop(std::uint64_t seed) : Loop(Random(seed)), order_(~seed) {}

WallTime SimulatedLoop::wall() const { return first_day + now_.time_since_epoch(); }

void SimulatedLoop::enqueue(Waiter& waiter) {
    waiter.place_ = ready_.size();
    ready_.push_back(&waiter);
}

void SimulatedLoop::forget(Waiter& waiter) {
    ready_.back()->place_ = waiter.place_;
    ready_[waiter.place_] = ready_.back();
    ready_.pop_back();
}

bool SimulatedLoop::resume_one() {
    if (ready_.empty()) return false;
    Waiter& waiter = *ready_[ready_.size() == 1 ? 0 : order_.below(ready_.size())];
    forget(waiter);
    resume(waiter);
    return true;
}

bool SimulatedLoop::advance(Time end) {
    auto next = next_timer();
    if (!next || *next > end) return false;
    if (*next > now_) now_ = *next;
    fire_due(now_);
    return true;
}

bool SimulatedLoop::step() { return resume_one() || advance(Time::max()); }

void SimulatedLoop::run_until_idle() {
    while (resume_one()) {
    }
}

void SimulatedLoop::run_until(Time end) {
    do run_until_idle();
    while (advance(end));
    if (end > now_) now_ = end;
}

void SimulatedLoop::run_for(Duration duration) { run_until(after(duration)); }

bool SimulatedLoop::run_until(const std::function<bool()>& holds, Duration limit) {
    const Time end = after(limit);
    do {
        run_until_idle();
        if (holds()) return true;
    } while (advance(end));
    now_ = end;
    return false;
}

void SimulatedLoop::run_until_done(std::coroutine_handle<> root) {
    while (!root.done()) {
        if (!step()) throw Error(ErrorKind::bug, "deadlock: the task waits for something that nobody will do");
    }
}

}  // namespace mizzen
