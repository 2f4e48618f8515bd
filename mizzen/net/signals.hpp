// SPDX-License-Identifier: Apache-2.0
// Signals of the operating system, as something to wait for.
#pragma once
#include <memory>
#include <vector>

#include "mizzen/async/task.hpp"
#include "mizzen/net/sockets.hpp"

namespace mizzen::net {

// Catches its signals from the moment it is made; they do not end the process while it lives.
class Signals {
  public:
    Signals(SocketPoller& poller, const std::vector<int>& signals);
    ~Signals();
    // The next signal, also one that came since the object was made. One task waits at a time. Throws Cancelled.
    Task<int> next();

  private:
    struct State;
    std::shared_ptr<State> state_;
};

// `int signal = co_await wait_for_signal(poller, {SIGINT, SIGTERM});`
Task<int> wait_for_signal(SocketPoller& poller, std::vector<int> signals);

}  // namespace mizzen::net
