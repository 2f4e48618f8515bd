// SPDX-License-Identifier: Apache-2.0
// TlsContext: what all connections of one TLS configuration share.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "mizzen/net/tls.hpp"

struct ssl_ctx_st;
struct ssl_st;

namespace mizzen::net::detail {

class TlsContext {
  public:
    explicit TlsContext(const TlsServerOptions&);
    explicit TlsContext(const TlsClientOptions&);
    ~TlsContext();
    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;

    ssl_ctx_st* native() const { return context_; }
    bool checks_peer() const { return checks_peer_; }
    bool requires_peer() const { return requires_peer_; }
    // Protocols in ALPN's form, each after its length.
    const std::string& protocols() const { return protocols_; }

  private:
    void use_certificate(const std::string& certificate_pem, const std::string& key_pem);
    void trust(const std::string& ca_pem);

    ssl_ctx_st* context_;
    bool checks_peer_ = false;
    bool requires_peer_ = false;
    std::string protocols_;
};

// Does the handshake on `inner`. `server_name` is set on the client's side: the name or address that the certificate
// must be for.
Task<std::unique_ptr<Stream>> handshake(std::unique_ptr<Stream> inner, std::shared_ptr<TlsContext> context,
                                        std::string server_name);

}  // namespace mizzen::net::detail
