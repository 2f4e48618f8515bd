// SPDX-License-Identifier: Apache-2.0
// HttpClient: sends requests to one server over HTTP/2 or HTTP/1.1, with or without TLS.
#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "mizzen/async/loop.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/net/stream.hpp"
#include "mizzen/net/tls.hpp"

namespace mizzen::net {

struct HttpClientOptions {
    std::string host;
    int port = 443;
    // Set: TLS. Its empty server name becomes `host`; h2 is preferred.
    std::optional<TlsClientOptions> tls = std::nullopt;
    // Without TLS: speak HTTP/2 from the first byte.
    bool http2 = false;
    // For connecting and the handshake.
    Duration connect_timeout = std::chrono::seconds(10);
    // HTTP/1.1 connections kept for later.
    std::size_t most_idle = 8;
    // Ask for gzip and unpack it, where a request does not speak of encodings itself.
    bool accept_gzip = true;
    // Off: a GET, HEAD or OPTIONS that an idle connection broke under is not sent once more. For callers whose reads do
    // something, and who have rules of their own.
    bool repeat_reads = true;
};

// The request was surely not sent: no connection could be made. Any request may be repeated after it.
class NotSent : public Error {
  public:
    explicit NotSent(const Error& why) : Error(why) {}
};

// Connections are made when needed and used again: one HTTP/2 connection carries as many requests as the server allows,
// then another is made. Requests that a broken or closing connection did not process are sent once more, unless their
// body is a stream.
//
// Beyond Transport: NotSent (retry) "cannot connect to …", also for the connect timeout, NotSent (denied) for a
// certificate that is not trusted. Bodies that outlive the client throw Error(retry).
class HttpClient final : public Transport {
  public:
    // `network` outlives the client.
    HttpClient(Loop&, Network& network, HttpClientOptions options);
    ~HttpClient() override;

    Task<Response> send(Request) override;
    // Connections that are open now.
    std::size_t connections() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mizzen::net
