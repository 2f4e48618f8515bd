// SPDX-License-Identifier: Apache-2.0
// TLS 1.2 and newer over any Stream (RFC 8446, RFC 5246), with certificates and keys in PEM.
//
// A peer's certificate is checked against the time of the task's Loop, so that certificates expire in simulated time
// too.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "mizzen/net/stream.hpp"

namespace mizzen::net {

namespace detail {
class TlsContext;
}

struct TlsServerOptions {
    std::string certificate_pem;  // with intermediates behind it
    std::string key_pem;
    // Set: clients may show a certificate that chains to one of these; then Peer::has_certificate, common_name,
    // organizations are set. One that does not chain is refused.
    std::string client_ca_pem = {};
    // Clients without a certificate are refused.
    bool require_client_certificate = false;
    std::vector<std::string> protocols = {"h2", "http/1.1"};  // ALPN, best first
};

struct TlsClientOptions {
    std::string ca_pem = {};           // Empty: the authorities that the system trusts.
    std::string certificate_pem = {};  // Shown to a server that asks.
    std::string key_pem = {};
    std::string server_name =
        {};                 // What the certificate must be for, a name or an address. Empty: the host connected to.
    bool insecure = false;  // Accepts any certificate. For tests and rescue only.
    std::vector<std::string> protocols = {"h2", "http/1.1"};
};

// The server's side. Throws Error(invalid) at once if certificate and key cannot be used.
class TlsServer {
  public:
    explicit TlsServer(const TlsServerOptions&);
    // Does the handshake. Throws Error(denied) if the client's certificate is refused, else Error(retry).
    Task<std::unique_ptr<Stream>> accept(std::unique_ptr<Stream>);
    // Connections accepted from now on use these: certificates are renewed without a restart.
    void replace(const TlsServerOptions&);

  private:
    std::shared_ptr<detail::TlsContext> context_;
};

// The client's side. Every connection does a full handshake: a resumed session would not notice an expired certificate.
class TlsClient {
  public:
    explicit TlsClient(const TlsClientOptions&);
    // Does the handshake. Throws Error(denied) with one line that says what is wrong with the server's certificate and
    // what to do; `host` is what the stream was connected to.
    Task<std::unique_ptr<Stream>> connect(std::unique_ptr<Stream>, std::string host);

  private:
    std::shared_ptr<detail::TlsContext> context_;
    std::string server_name_;
};

}  // namespace mizzen::net
