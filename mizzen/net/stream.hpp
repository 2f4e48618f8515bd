// SPDX-License-Identifier: Apache-2.0
// Stream, Listener, Network: bytes between two ends, over sockets, over TLS, or in memory under simulation.
#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mizzen/async/task.hpp"

namespace mizzen::net {

// Who is at the other end, as far as the connection itself proves it.
struct Peer {
    std::string address;                     // "127.0.0.1:51234"
    bool has_certificate = false;            // a client certificate that chains to the trusted CA
    std::string common_name;                 // its subject CN: the user
    std::vector<std::string> organizations;  // its subject O: the groups
};

// A connection. One reader and one writer at a time. Errors are Error(retry) that name the other end.
class Stream {
  public:
    virtual ~Stream() = default;
    // Reads at least one byte; 0 at the end. Cancel-safe: nothing is lost.
    virtual Task<std::size_t> read(std::span<char> into) = 0;
    // Writes all of `bytes`, which must live until the task ends. After a cancelled write the stream is unusable.
    virtual Task<> write(std::span<const char> bytes) = 0;
    // Says that nothing more will be written; reading goes on.
    virtual Task<> shut_down() = 0;
    // Ends both directions at once; pending reads and writes fail. Never throws.
    virtual void close() noexcept = 0;
    virtual const Peer& peer() const = 0;
    // What TLS negotiated by ALPN: "h2", "http/1.1", or "".
    virtual std::string_view protocol() const { return {}; }
};

class Listener {
  public:
    virtual ~Listener() = default;
    virtual Task<std::unique_ptr<Stream>> accept() = 0;
    virtual int port() const = 0;
    virtual void close() noexcept = 0;
};

// Where connections come from: sockets (sockets.hpp) or memory (simulated_network.hpp).
class Network {
  public:
    virtual ~Network() = default;
    virtual Task<std::unique_ptr<Stream>> connect(std::string host, int port) = 0;
    // Port 0 takes a free one. Throws Error(invalid) "port 6443 of 127.0.0.1 is in use: …".
    virtual Task<std::unique_ptr<Listener>> listen(std::string host, int port) = 0;
};

}  // namespace mizzen::net
