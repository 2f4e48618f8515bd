// SPDX-License-Identifier: Apache-2.0
// Waiter: one parked coroutine. What leaf operations (a delay, a channel, a socket) are made of.
#pragma once
#include <coroutine>
#include <cstddef>
#include <memory>
#include <string>

#include "mizzen/async/context.hpp"
#include "mizzen/async/list.hpp"

namespace mizzen {

// A leaf keeps a Waiter in its awaitable, parks the coroutine in await_suspend, arranges that somebody calls wake(),
// and calls check() in await_resume. A Waiter leaves every list when its frame dies, so a parked task can be destroyed
// at any time.
//
// The first wake counts: cancelling what was woken already does nothing (its next park throws instead), and so a value
// that was handed over is not lost.
class Waiter : public Link {
  public:
    Waiter() = default;
    ~Waiter();

    // Parks `task` until wake() or until its cancel scope is cancelled; if that has happened already it goes on at
    // once.
    void park(const Context&, std::coroutine_handle<> task);
    // Lets the loop resume the task, soon. False if it was not parked or was woken before.
    bool wake();
    bool parked() const { return state_ == State::parked; }
    // Throws Cancelled if the last wake was a cancellation.
    void check() const;

  private:
    friend class CancelScope;
    friend class Loop;
    friend class RealLoop;
    friend class SimulatedLoop;
    enum class State : unsigned char { idle, parked, woken };

    bool cancel(const std::shared_ptr<const std::string>& why);
    void resume();

    State state_ = State::idle;
    Loop* loop_ = nullptr;
    std::coroutine_handle<> task_;
    std::shared_ptr<const std::string> why_;
    std::size_t place_ = 0;  // in SimulatedLoop's queue
};

}  // namespace mizzen
