// SPDX-License-Identifier: Apache-2.0
// Sockets of the operating system: the Network of production and the Poller under its loop.
//
//   net::SocketPoller poller;
//   RealLoop loop(poller);
//   net::SocketNetwork network(poller);
//   loop.run(serve(network));
#pragma once
#include <memory>
#include <string>

#include "mizzen/async/real_loop.hpp"
#include "mizzen/net/stream.hpp"

namespace mizzen::net {

// Waits for sockets and signals. Lives longer than the loop and everything made with it.
class SocketPoller final : public Poller {
  public:
    SocketPoller();
    ~SocketPoller() override;
    void poll(std::optional<Duration> wait) override;
    void interrupt() override;

    // The reactor itself, for the .cpp files of this room.
    void* native();

  private:
    struct Reactor;
    std::unique_ptr<Reactor> reactor_;
};

// TCP over IPv4 and IPv6, without delay (TCP_NODELAY). Names are resolved by the system; addresses are tried in its
// order.
class SocketNetwork final : public Network {
  public:
    explicit SocketNetwork(SocketPoller& poller) : poller_(poller) {}
    // Throws Error(retry) "connection refused by 127.0.0.1:6443", Error(not_found) if the name does not resolve.
    Task<std::unique_ptr<Stream>> connect(std::string host, int port) override;
    Task<std::unique_ptr<Listener>> listen(std::string host, int port) override;

  private:
    SocketPoller& poller_;
};

}  // namespace mizzen::net
