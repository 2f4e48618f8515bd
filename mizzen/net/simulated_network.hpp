// SPDX-License-Identifier: Apache-2.0
// SimulatedNetwork: connections in memory, in simulated time, that break when a test says so.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "mizzen/async/loop.hpp"
#include "mizzen/net/stream.hpp"

namespace mizzen::net {

// A network of one loop. Hosts are any names; a listener is found by exactly the host and port it listens on. Each
// piece of data takes a latency drawn from Loop::random(), data of one direction stays in order, and a reader that does
// not read holds the writer back after `buffer` bytes.
//
// Faults: connections are numbered from 0 as they are made. A cut connection is reset: both ends' pending and later
// reads and writes throw Error(retry), data under way is lost. Lives longer than its streams and listeners.
class SimulatedNetwork final : public Network {
  public:
    struct Options {
        Duration least_latency = std::chrono::microseconds(50);
        Duration most_latency = std::chrono::microseconds(500);
        std::size_t buffer = 64u << 10;
    };
    struct Counters {
        std::size_t connected = 0;
        std::size_t refused = 0;
        std::size_t cut = 0;
        std::uint64_t bytes = 0;  // delivered, both directions
    };

    explicit SimulatedNetwork(Loop& loop);
    SimulatedNetwork(Loop& loop, Options options);
    ~SimulatedNetwork() override;

    Task<std::unique_ptr<Stream>> connect(std::string host, int port) override;
    Task<std::unique_ptr<Listener>> listen(std::string host, int port) override;

    // Resets all connections there are, or those to `host`.
    void cut_all();
    void cut_all(std::string_view host);
    void cut(std::size_t connection);
    // Resets connection `connection` (it may not exist yet) once `bytes` more bytes were written to it, both directions
    // together.
    void cut_after(std::size_t connection, std::uint64_t bytes);
    // Nothing arrives any more, nothing breaks either; until told otherwise.
    void stall(bool stalled);
    // New connections to `host` are refused while set.
    void refuse(std::string host, bool refused = true);

    const Counters& counters() const { return counters_; }
    // Connections that an end still holds.
    std::size_t open() const;

  private:
    friend class SimulatedPipe;
    friend class SimulatedStream;
    friend class SimulatedListener;
    struct Connection;
    struct Address {
        std::string host;
        int port;
        auto operator<=>(const Address&) const = default;
    };
    Duration latency();
    void count_bytes(Connection&, std::size_t);

    Loop& loop_;
    Options options_;
    Counters counters_;
    bool stalled_ = false;
    int next_port_ = 40000;
    std::map<Address, class SimulatedListener*> listeners_;
    std::vector<std::weak_ptr<Connection>> connections_;
    std::map<std::size_t, std::uint64_t> cuts_;
    std::map<std::string, bool> refused_;
};

}  // namespace mizzen::net
