// SPDX-License-Identifier: Apache-2.0
// RealLoop: the loop of production, over a Poller that knows the operating system (net/sockets.hpp has one).
#pragma once
#include <atomic>
#include <functional>
#include <mutex>
#include <vector>

#include "mizzen/async/loop.hpp"

namespace mizzen {

// Waits for the outside world.
class Poller {
  public:
    virtual ~Poller() = default;
    // Handles what has happened (it wakes waiters, it resumes nothing); waits for the first event at most `wait`,
    // without a limit if that is nothing. May return early.
    virtual void poll(std::optional<Duration> wait) = 0;
    // Makes the current or the next poll() return. Called from any thread.
    virtual void interrupt() = 0;
};

// First come, first served. All of it belongs to the thread that calls run(), except post().
class RealLoop final : public Loop {
  public:
    // The poller lives longer than the loop.
    explicit RealLoop(Poller&);

    Time now() const override;
    WallTime wall() const override;

    // Runs `call` on the loop's thread, soon. The one function that any thread may call; `call` wakes, spawns or
    // cancels.
    void post(std::function<void()> call);

    void enqueue(Waiter&) override;
    void forget(Waiter&) override;

  private:
    void run_until_done(std::coroutine_handle<> root) override;
    void run_posted();

    Poller& poller_;
    List<Waiter> ready_;
    std::mutex mutex_;
    std::atomic<bool> has_posted_ = false;
    std::vector<std::function<void()>> posted_;
};

}  // namespace mizzen
