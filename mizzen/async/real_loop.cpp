// SPDX-License-Identifier: Apache-2.0
// The one place that reads the machine's clocks.
#include "mizzen/async/real_loop.hpp"

#include <algorithm>

namespace mizzen {

namespace {
// So long tasks may run before input and timers are looked at again: a busy start must not keep a client waiting.
constexpr Duration slice = std::chrono::milliseconds(1);
// So many run before the clock is looked at.
constexpr int tasks_between_looks = 16;
}  // namespace

RealLoop::RealLoop(Poller& poller) : Loop(Random::from_system()), poller_(poller) {}

Time RealLoop::now() const { return std::chrono::steady_clock::now(); }
WallTime RealLoop::wall() const { return std::chrono::system_clock::now(); }

void RealLoop::enqueue(Waiter& waiter) { ready_.push_back(waiter); }
void RealLoop::forget(Waiter& waiter) { waiter.unlink(); }

void RealLoop::post(std::function<void()> call) {
    {
        std::lock_guard lock(mutex_);
        posted_.push_back(std::move(call));
    }
    has_posted_.store(true, std::memory_order_release);
    poller_.interrupt();
}

void RealLoop::run_posted() {
    if (!has_posted_.exchange(false, std::memory_order_acquire)) return;
    std::vector<std::function<void()>> calls;
    {
        std::lock_guard lock(mutex_);
        calls.swap(posted_);
    }
    for (auto& call : calls) call();
}

void RealLoop::run_until_done(std::coroutine_handle<> root) {
    for (;;) {
        const Time end = now() + slice;
        for (int n = 1; !ready_.empty(); ++n) {
            Waiter& waiter = ready_.front();
            waiter.unlink();
            resume(waiter);
            if (root.done()) return;
            if (n % tasks_between_looks == 0 && now() >= end) break;
        }
        std::optional<Duration> wait;
        if (!ready_.empty() || has_posted_.load(std::memory_order_acquire)) {
            wait = Duration::zero();
        } else if (auto next = next_timer()) {
            wait = std::max(Duration::zero(), *next - now());
        }
        poller_.poll(wait);
        run_posted();
        fire_due(now());
    }
}

}  // namespace mizzen
