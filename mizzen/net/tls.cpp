// SPDX-License-Identifier: Apache-2.0
// TLS as a Stream over another: OpenSSL works on bytes in memory, the stream below carries them.
#include "mizzen/net/tls.hpp"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>

#include "mizzen/async/event.hpp"
#include "mizzen/async/loop.hpp"
#include "mizzen/net/detail/inbox.hpp"
#include "mizzen/net/detail/tls_context.hpp"
#include "mizzen/net/detail/tls_peer.hpp"

namespace mizzen::net {

namespace detail {
namespace {

// So much is encrypted before it is written: several records in one write.
constexpr std::size_t batch = 64u << 10;

// The encrypted side of a connection.
struct Wire {
    Inbox in;
    std::string out;
    bool ended = false;
};

Wire& wire_of(BIO* bio) { return *static_cast<Wire*>(BIO_get_data(bio)); }

int write_wire(BIO* bio, const char* bytes, int size) {
    wire_of(bio).out.append(bytes, static_cast<std::size_t>(size));
    return size;
}

int read_wire(BIO* bio, char* into, int size) {
    Wire& wire = wire_of(bio);
    BIO_clear_retry_flags(bio);
    const std::size_t n = std::min(static_cast<std::size_t>(size), wire.in.size());
    if (n == 0 && !wire.ended) BIO_set_retry_read(bio);
    if (n == 0) return wire.ended ? 0 : -1;
    const std::string_view available = wire.in.data();
    std::copy_n(available.begin(), n, into);
    wire.in.consume(n);
    return static_cast<int>(n);
}

long control_wire(BIO* bio, int command, long, void*) {
    if (command == BIO_CTRL_EOF) return wire_of(bio).ended && wire_of(bio).in.size() == 0;
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

// A table of functions, made once; OpenSSL has no static form for it.
const BIO_METHOD* wire_method() {
    static const BIO_METHOD* const method = [] {
        BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "wire");
        BIO_meth_set_write(made, write_wire);
        BIO_meth_set_read(made, read_wire);
        BIO_meth_set_ctrl(made, control_wire);
        return made;
    }();
    return method;
}

class TlsStream final : public Stream {
  public:
    TlsStream(std::unique_ptr<Stream> inner, std::shared_ptr<TlsContext> context, std::string server_name)
        : inner_(std::move(inner)),
          context_(std::move(context)),
          server_name_(std::move(server_name)),
          ssl_(SSL_new(context_->native())),
          peer_(inner_->peer()) {
        BIO* bio = BIO_new(wire_method());
        BIO_set_data(bio, &wire_);
        BIO_set_init(bio, 1);
        SSL_set_bio(ssl_, bio, bio);
        SSL_set_app_data(ssl_, &refusal_);
        const int mode = (context_->checks_peer() ? SSL_VERIFY_PEER : SSL_VERIFY_NONE) |
                         (context_->requires_peer() ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0);
        SSL_set_verify(ssl_, mode, Refusal::verify);
        if (is_client()) {
            expect(server_name_);
        } else {
            SSL_set_accept_state(ssl_);
        }
    }
    ~TlsStream() override {
        close();
        SSL_free(ssl_);
    }

    Task<> shake_hands() {
        const auto seconds =
            std::chrono::floor<std::chrono::seconds>((co_await context()).loop->wall()).time_since_epoch();
        X509_VERIFY_PARAM_set_time(SSL_get0_param(ssl_), static_cast<std::time_t>(seconds.count()));
        for (;;) {
            ERR_clear_error();
            const int done = SSL_do_handshake(ssl_);
            const int error = SSL_get_error(ssl_, done);
            // What went wrong is said before the alert goes out: that may fail too.
            std::exception_ptr failure;
            if (done != 1 && (error != SSL_ERROR_WANT_READ || wire_.ended))
                failure = std::make_exception_ptr(failed(true));
            if (failure && wire_.out.empty()) std::rethrow_exception(failure);
            co_await flush_handshake(failure);
            if (done == 1) break;
            co_await fill();
        }
        if (X509* certificate = SSL_get0_peer_certificate(ssl_)) {
            if (context_->checks_peer()) read_subject(peer_, certificate);
        }
        const unsigned char* chosen = nullptr;
        unsigned size = 0;
        SSL_get0_alpn_selected(ssl_, &chosen, &size);
        protocol_.assign(reinterpret_cast<const char*>(chosen), size);
    }

    Task<std::size_t> read(std::span<char> into) override {
        for (;;) {
            ERR_clear_error();
            const int n = SSL_read(ssl_, into.data(), static_cast<int>(std::min<std::size_t>(into.size(), 1u << 30)));
            if (n > 0) co_return static_cast<std::size_t>(n);
            const int error = SSL_get_error(ssl_, n);
            if (error == SSL_ERROR_ZERO_RETURN) co_return 0;
            if (error != SSL_ERROR_WANT_READ) throw failed(false);
            co_await fill();
        }
    }

    Task<> write(std::span<const char> bytes) override {
        while (!bytes.empty()) {
            while (!bytes.empty() && wire_.out.size() < batch) {
                ERR_clear_error();
                const int n = SSL_write(ssl_, bytes.data(), static_cast<int>(std::min(bytes.size(), batch)));
                if (n <= 0) throw failed(false);
                bytes = bytes.subspan(static_cast<std::size_t>(n));
            }
            co_await flush();
        }
    }

    Task<> shut_down() override {
        SSL_shutdown(ssl_);
        co_await flush();
        co_await inner_->shut_down();
    }

    void close() noexcept override { inner_->close(); }
    const Peer& peer() const override { return peer_; }
    std::string_view protocol() const override { return protocol_; }

  private:
    bool is_client() const { return !server_name_.empty(); }

    // The server must be `name`; it is told so (SNI) unless that is an address.
    void expect(const std::string& name) {
        SSL_set_connect_state(ssl_);
        unsigned char address[16];
        const bool is_address =
            inet_pton(AF_INET, name.c_str(), address) == 1 || inet_pton(AF_INET6, name.c_str(), address) == 1;
        X509_VERIFY_PARAM* check = SSL_get0_param(ssl_);
        if (is_address) {
            X509_VERIFY_PARAM_set1_ip_asc(check, name.c_str());
        } else {
            SSL_set_tlsext_host_name(ssl_, name.c_str());
            X509_VERIFY_PARAM_set_hostflags(check, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
            X509_VERIFY_PARAM_set1_host(check, name.c_str(), name.size());
        }
    }

    Error failed(bool in_handshake) {
        if (refusal_.code != 0) {
            ERR_clear_error();
            return refused(refusal_, peer_.address, server_name_);
        }
        return broken(peer_.address, in_handshake);
    }

    Task<> fill() {
        const std::size_t n = co_await inner_->read(wire_.in.space());
        wire_.in.filled(n);
        wire_.ended = n == 0;
    }

    // What a read makes OpenSSL want to say goes out with the next write.
    Task<> flush() {
        sending_.clear();
        std::swap(sending_, wire_.out);
        if (!sending_.empty()) co_await inner_->write(sending_);
    }

    Task<> flush_handshake(std::exception_ptr failure) {
        try {
            co_await flush();
        } catch (const Cancelled&) {
            throw;
        } catch (const Error&) {
            if (!failure) throw;
        }
        if (failure) std::rethrow_exception(failure);
    }

    std::unique_ptr<Stream> inner_;
    std::shared_ptr<TlsContext> context_;
    std::string server_name_;
    Wire wire_;
    Refusal refusal_;
    SSL* ssl_;
    Peer peer_;
    std::string protocol_;
    std::string sending_;
};

}  // namespace

Task<std::unique_ptr<Stream>> handshake(std::unique_ptr<Stream> inner, std::shared_ptr<TlsContext> context,
                                        std::string server_name) {
    auto stream = std::make_unique<TlsStream>(std::move(inner), std::move(context), std::move(server_name));
    co_await stream->shake_hands();
    co_return stream;
}

}  // namespace detail

TlsServer::TlsServer(const TlsServerOptions& options) : context_(std::make_shared<detail::TlsContext>(options)) {}

void TlsServer::replace(const TlsServerOptions& options) { context_ = std::make_shared<detail::TlsContext>(options); }

Task<std::unique_ptr<Stream>> TlsServer::accept(std::unique_ptr<Stream> stream) {
    co_return co_await detail::handshake(std::move(stream), context_, "");
}

TlsClient::TlsClient(const TlsClientOptions& options)
    : context_(std::make_shared<detail::TlsContext>(options)), server_name_(options.server_name) {}

Task<std::unique_ptr<Stream>> TlsClient::connect(std::unique_ptr<Stream> stream, std::string host) {
    co_return co_await detail::handshake(std::move(stream), context_, server_name_.empty() ? host : server_name_);
}

}  // namespace mizzen::net
