// SPDX-License-Identifier: Apache-2.0
// Server: answers HTTP/1.1 and HTTP/2 on one port, with or without TLS.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>

#include "mizzen/async/scope.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/net/stream.hpp"

namespace mizzen::net {

class TlsServer;

struct ServerOptions {
    // A larger request body is answered with 413, or its reader gets Error(invalid).
    std::size_t max_body = 3u << 20;
    // How long a handshake and the head of a request may take.
    Duration head_timeout = std::chrono::seconds(32);
    // How long a connection may sit without a request.
    Duration idle_timeout = std::chrono::seconds(90);
    // Requests at once on one HTTP/2 connection.
    std::uint32_t max_streams = 250;
    // Bodies over so many bytes are compressed for clients that accept gzip; streams never are. 0: none is.
    std::size_t compress_over = 128u << 10;
    // Told when a handler threw (the client got a 500): target and error.
    std::function<void(std::string_view target, const std::exception&)> on_error = {};
};

// Accepts connections and calls `handler` for each request, each in a task of its own. With TLS the protocol is
// negotiated (h2, http/1.1); without, a client that starts with the HTTP/2 preface gets HTTP/2.
//
// When its client goes away, a request's task is cancelled, also while it waits for the next chunk of a body. The body
// source of a response is asked for a chunk only when the client has taken what was there before.
//
// The destructor is a crash: connections are closed, tasks destroyed. See stop() for the other way.
class Server {
  public:
    // `handler` and `tls` outlive the server.
    Server(Loop&, std::unique_ptr<Listener>, Handler& handler, ServerOptions options = {}, TlsServer* tls = nullptr);
    ~Server();

    int port() const;
    // Connections that are open now.
    std::size_t connections() const;
    // Accepts no more, lets the requests that run end within `grace`, then cancels what is left.
    Task<> stop(Duration grace);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mizzen::net
