// SPDX-License-Identifier: Apache-2.0
// SimulatedLoop: time that moves only when nothing else can, and an order of events that a seed decides.
#pragma once
#include <functional>
#include <vector>

#include "mizzen/async/loop.hpp"

namespace mizzen {

// The same seed and the same program give the same run. The seed decides which of the ready tasks goes first, and seeds
// random(). Monotonic time starts at zero, the calendar at 2026-01-01T00:00:00Z.
class SimulatedLoop final : public Loop {
  public:
    explicit SimulatedLoop(std::uint64_t seed);

    Time now() const override { return now_; }
    WallTime wall() const override;

    // Runs all that happens until `end` (inclusive); then it is `end`.
    void run_until(Time end);
    void run_for(Duration);
    // Runs until `holds()`, which is asked each time no task is ready, before time moves on. False if `limit` passed
    // first.
    bool run_until(const std::function<bool()>& holds, Duration limit);
    // Runs until no task is ready. Time stands still.
    void run_until_idle();
    // Resumes one ready task; if there is none, moves to the next timer instead. False if nothing is left to do.
    bool step();

    void enqueue(Waiter&) override;
    void forget(Waiter&) override;

  private:
    void run_until_done(std::coroutine_handle<> root) override;
    bool resume_one();
    bool advance(Time end);

    Random order_;
    Time now_{};
    std::vector<Waiter*> ready_;
};

}  // namespace mizzen
