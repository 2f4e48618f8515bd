// SPDX-License-Identifier: Apache-2.0
// Timer: a call that a Loop makes at a time. Most code wants delay() or timeout() instead.
#pragma once
#include <cstddef>
#include <cstdint>

#include "mizzen/base/time.hpp"

namespace mizzen {

class Loop;

// Armed by Loop::start, fires once, stops when it dies. Timers of one instant fire in the order they were started.
class Timer {
  public:
    Timer() = default;
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;
    virtual ~Timer();

    bool armed() const { return loop_ != nullptr; }
    // Runs between tasks: it may wake and cancel, it must not resume or throw.
    virtual void fire() noexcept = 0;

  private:
    friend class Loop;
    friend class TimerHeap;
    Loop* loop_ = nullptr;
    Time when_{};
    std::uint64_t serial_ = 0;
    std::size_t place_ = 0;
};

}  // namespace mizzen
