// SPDX-License-Identifier: Apache-2.0
// FaultTransport: a connection to an API server that fails where a test says. Counts what goes through it.
#pragma once
#include <cstddef>
#include <functional>
#include <limits>

#include "mizzen/async/event.hpp"
#include "mizzen/net/http.hpp"

namespace mizzen::sim {

// Where a connection fails; counted from 1 over all requests and all watch events that pass.
struct Faults {
    static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();
    // After this request was carried out and before its answer arrives, the client is dead: nothing answers any more.
    std::size_t dead_after_request = never;
    // This request is lost on its way: the server does not see it.
    std::size_t lost_request = never;
    // This request is carried out, but its answer is lost.
    std::size_t lost_answer = never;
    // The stream that carries this watch event breaks before the client sees it.
    std::size_t cut_at_event = never;
};

// What passed so far.
struct Traffic {
    std::size_t requests = 0;  // all but watches
    std::size_t writes = 0;    // POST, PUT, PATCH, DELETE
    std::size_t watches = 0;
    std::size_t events = 0;  // watch events
};

// Wraps a transport, which must outlive it and the bodies it gave.
class FaultTransport final : public net::Transport {
  public:
    FaultTransport(net::Transport& inner, Faults faults = {}) : inner_(inner), faults_(faults) {}

    Task<net::Response> send(net::Request request) override;

    const Traffic& traffic() const { return traffic_; }
    // dead_after_request has happened. Who holds the client should now destroy it, as a crash would.
    bool is_dead() const { return dead_; }

  private:
    class CutBody;
    Task<> never_answer();

    net::Transport& inner_;
    Faults faults_;
    Traffic traffic_;
    bool dead_ = false;
    Latch forever_;
};

}  // namespace mizzen::sim
