// SPDX-License-Identifier: Apache-2.0
// LocalTransport: a client and a handler in one process, with no bytes between them.
#pragma once
#include <utility>

#include "mizzen/net/http.hpp"

namespace mizzen::net {

// Calls `handler` directly, in the caller's task. What the handler throws becomes a 500, as over a network;
// cancellation goes through. The handler outlives the transport and the bodies it gave.
class LocalTransport final : public Transport {
  public:
    // Requests come from `peer`, unless they name one themselves.
    explicit LocalTransport(Handler& handler, Peer peer = {.address = "local"})
        : handler_(handler), peer_(std::move(peer)) {}
    Task<Response> send(Request) override;

  private:
    Handler& handler_;
    Peer peer_;
};

// What a server answers when its handler threw `error`.
Response internal_error(const std::exception& error);

}  // namespace mizzen::net
