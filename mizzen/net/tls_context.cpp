// SPDX-License-Identifier: Apache-2.0
// From PEM and options to OpenSSL's configuration.
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "mizzen/base/error.hpp"
#include "mizzen/net/detail/private_key.hpp"
#include "mizzen/net/detail/tls_context.hpp"

namespace mizzen::net::detail {

namespace {

template <auto free>
struct Free {
    template <class T>
    void operator()(T* p) const {
        free(p);
    }
};
using Bio = std::unique_ptr<BIO, Free<BIO_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Context = std::unique_ptr<ssl_ctx_st, Free<SSL_CTX_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;

Bio open(const std::string& pem) { return Bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))); }

Certificate next_certificate(Bio& bio) {
    Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    ERR_clear_error();  // the end of the text counts as an error
    return certificate;
}

[[noreturn]] void refuse(const std::string& what) {
    ERR_clear_error();
    throw Error(ErrorKind::invalid, what);
}

std::string in_wire_form(const std::vector<std::string>& protocols) {
    std::string out;
    for (const auto& protocol : protocols) out += static_cast<char>(protocol.size()) + protocol;
    return out;
}

// The first of ours that the client offers too; with none the connection goes on without.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned offered_size, void* user) {
    const std::string& ours = static_cast<TlsContext*>(user)->protocols();
    const auto* mine = reinterpret_cast<const unsigned char*>(ours.data());
    unsigned char* out = nullptr;
    const int found =
        SSL_select_next_proto(&out, size, mine, static_cast<unsigned>(ours.size()), offered, offered_size);
    *chosen = out;
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

// The context is complete: its destructor is in charge now.
void keep(Context& guard) { [[maybe_unused]] auto* kept = guard.release(); }

ssl_ctx_st* make_context(const SSL_METHOD* method) {
    ssl_ctx_st* context = SSL_CTX_new(method);
    if (!context) throw Error(ErrorKind::bug, "OpenSSL cannot start");
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(
        context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET | SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_mode(context,
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    // Any certificate that is trusted ends a chain, also one that another authority issued.
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_PARTIAL_CHAIN);
    return context;
}

}  // namespace

TlsContext::TlsContext(const TlsServerOptions& options)
    : context_(make_context(TLS_server_method())),
      checks_peer_(!options.client_ca_pem.empty()),
      requires_peer_(options.require_client_certificate),
      protocols_(in_wire_form(options.protocols)) {
    Context guard(context_);
    if (requires_peer_ && !checks_peer_) refuse("client certificates are required but no CA for them is given");
    use_certificate(options.certificate_pem, options.key_pem);
    if (checks_peer_) {
        trust(options.client_ca_pem);
        Bio bio = open(options.client_ca_pem);
        while (auto authority = next_certificate(bio)) SSL_CTX_add_client_CA(context_, authority.get());
    }
    SSL_CTX_set_alpn_select_cb(context_, choose_protocol, this);
    keep(guard);
}

TlsContext::TlsContext(const TlsClientOptions& options)
    : context_(make_context(TLS_client_method())),
      checks_peer_(!options.insecure),
      requires_peer_(!options.insecure),
      protocols_(in_wire_form(options.protocols)) {
    Context guard(context_);
    if (!options.certificate_pem.empty()) use_certificate(options.certificate_pem, options.key_pem);
    if (checks_peer_ && options.ca_pem.empty()) SSL_CTX_set_default_verify_paths(context_);
    if (!options.ca_pem.empty()) trust(options.ca_pem);
    if (!protocols_.empty()) {
        SSL_CTX_set_alpn_protos(context_, reinterpret_cast<const unsigned char*>(protocols_.data()),
                                static_cast<unsigned>(protocols_.size()));
    }
    keep(guard);
}

TlsContext::~TlsContext() { SSL_CTX_free(context_); }

void TlsContext::use_certificate(const std::string& certificate_pem, const std::string& key_pem) {
    Bio certificates = open(certificate_pem);
    Certificate own = next_certificate(certificates);
    if (!own) refuse("the TLS certificate is not PEM");
    if (SSL_CTX_use_certificate(context_, own.get()) != 1) refuse("the TLS certificate cannot be used");
    while (auto intermediate = next_certificate(certificates)) SSL_CTX_add1_chain_cert(context_, intermediate.get());
    detail::PrivateKey key = detail::read_private_key(key_pem);
    if (!key) refuse("the TLS key is not an unencrypted key in PEM");
    if (SSL_CTX_use_PrivateKey(context_, key.get()) != 1 || SSL_CTX_check_private_key(context_) != 1) {
        refuse("the TLS key does not belong to the certificate");
    }
}

void TlsContext::trust(const std::string& ca_pem) {
    Bio bio = open(ca_pem);
    int count = 0;
    for (; auto authority = next_certificate(bio); ++count)
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context_), authority.get());
    if (count == 0) refuse("the CA certificate is not PEM");
}

}  // namespace mizzen::net::detail
