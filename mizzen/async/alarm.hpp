// SPDX-License-Identifier: Apache-2.0
// Alarm: a timer that wakes whoever waits for an Event.
#pragma once
#include "mizzen/async/event.hpp"
#include "mizzen/async/timer.hpp"

namespace mizzen {

// For a task that waits until something changes or it is time: `loop.start(alarm, due); co_await changed.wait();`.
// `event` outlives it; destroying it stops it.
class Alarm final : public Timer {
  public:
    explicit Alarm(Event& event [[clang::lifetimebound]]) : event_(event) {}

  private:
    void fire() noexcept override { event_.notify_all(); }
    Event& event_;
};

}  // namespace mizzen
