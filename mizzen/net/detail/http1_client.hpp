// SPDX-License-Identifier: Apache-2.0
// The client's side of HTTP/1.1: one exchange on one connection, and the connections kept for later.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "mizzen/net/detail/inbox.hpp"
#include "mizzen/net/http.hpp"

namespace mizzen::net::detail {

struct Http1Connection {
    explicit Http1Connection(std::unique_ptr<Stream> s) : stream(std::move(s)) {}
    std::unique_ptr<Stream> stream;
    Inbox inbox;
    bool used_before = false;
    // Of the current exchange: whether anything was written, whether anything was read.
    bool wrote = false, answered = false;
};

// Idle connections, the one used last on top.
class Http1Pool {
  public:
    explicit Http1Pool(std::size_t most) : most_(most) {}
    std::unique_ptr<Http1Connection> take();
    void give_back(std::unique_ptr<Http1Connection>);
    void clear() { idle_.clear(); }
    std::size_t size() const { return idle_.size(); }

  private:
    std::size_t most_;
    std::vector<std::unique_ptr<Http1Connection>> idle_;
};

// Sends `request` and reads the head of its response. The connection goes into the response's body, and from there back
// to the pool when the body was read to its end. `connection` stays the caller's if this throws.
Task<Response> exchange(std::unique_ptr<Http1Connection>& connection, Request& request, std::string_view host,
                        std::weak_ptr<Http1Pool> pool);

}  // namespace mizzen::net::detail
