// SPDX-License-Identifier: Apache-2.0
// TCP over Asio's reactor: sockets are non-blocking and tried first; Asio says when to try again.
#define ASIO_STANDALONE
#define ASIO_NO_DEPRECATED
#include "mizzen/net/sockets.hpp"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <asio.hpp>
#include <utility>

#include "mizzen/async/event.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen::net {

using asio::ip::tcp;

struct SocketPoller::Reactor {
    asio::io_context context{1};
    asio::executor_work_guard<asio::io_context::executor_type> never_idle = asio::make_work_guard(context);
};

SocketPoller::SocketPoller() : reactor_(std::make_unique<Reactor>()) {}
SocketPoller::~SocketPoller() = default;
void* SocketPoller::native() { return &reactor_->context; }

void SocketPoller::poll(std::optional<Duration> wait) {
    auto& context = reactor_->context;
    if (!wait) {
        context.run_one();
    } else if (*wait > Duration::zero()) {
        context.run_one_for(*wait);
    }
    context.poll();
}

void SocketPoller::interrupt() {
    asio::post(reactor_->context, [] {});
}

namespace {

asio::io_context& context_of(SocketPoller& poller) { return *static_cast<asio::io_context*>(poller.native()); }

std::string name_of(const tcp::endpoint& endpoint) {
    const std::string host = endpoint.address().to_string();
    return (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
}

// Readiness of one descriptor. Shared with Asio's pending waits, so that it outlives them.
template <class Socket>
struct Ready : std::enable_shared_from_this<Ready<Socket>> {
    explicit Ready(Socket s) : socket(std::move(s)) {}
    Socket socket;
    Event readable, writable;
    bool awaits_read = false, awaits_write = false;

    Task<> wait(bool& awaits, asio::socket_base::wait_type type, Event& event) {
        if (!std::exchange(awaits, true)) {
            socket.async_wait(type, [self = this->shared_from_this(), &awaits, &event](const asio::error_code&) {
                awaits = false;
                event.notify_all();
            });
        }
        co_await event.wait();
    }
    [[clang::coro_wrapper]] Task<> until_readable() {
        return wait(awaits_read, asio::socket_base::wait_read, readable);
    }
    [[clang::coro_wrapper]] Task<> until_writable() {
        return wait(awaits_write, asio::socket_base::wait_write, writable);
    }

    void close() noexcept {
        asio::error_code ignored;
        socket.close(ignored);
        readable.notify_all();
        writable.notify_all();
    }
};

class SocketStream final : public Stream {
  public:
    explicit SocketStream(tcp::socket socket) : ready_(std::make_shared<Ready<tcp::socket>>(std::move(socket))) {
        asio::error_code error;
        auto& s = ready_->socket;
        s.non_blocking(true, error);
        s.set_option(tcp::no_delay(true), error);
        s.set_option(asio::socket_base::keep_alive(true), error);
        const auto remote = s.remote_endpoint(error);
        if (!error) peer_.address = name_of(remote);
    }
    ~SocketStream() override { close(); }

    Task<std::size_t> read(std::span<char> into) override {
        for (;;) {
            asio::error_code error;
            const std::size_t n = ready_->socket.read_some(asio::buffer(into.data(), into.size()), error);
            if (!error) co_return n;
            if (error == asio::error::eof) co_return 0;
            if (error != asio::error::would_block) fail(error);
            acknowledge_at_once();
            co_await ready_->until_readable();
        }
    }

    Task<> write(std::span<const char> bytes) override {
        while (!bytes.empty()) {
            asio::error_code error;
            const std::size_t n = ready_->socket.write_some(asio::buffer(bytes.data(), bytes.size()), error);
            bytes = bytes.subspan(n);
            if (bytes.empty()) break;
            if (error && error != asio::error::would_block) fail(error);
            if (error) co_await ready_->until_writable();
        }
    }

    Task<> shut_down() override {
        asio::error_code ignored;
        ready_->socket.shutdown(tcp::socket::shutdown_send, ignored);
        co_return;
    }
    void close() noexcept override { ready_->close(); }
    const Peer& peer() const override { return peer_; }

  private:
    // The end of a handshake is not answered. Until its acknowledgement comes, which the kernel would put off for 40
    // ms, a client without TCP_NODELAY holds back its first request.
    void acknowledge_at_once() {
        if (handshake_reads_ == 0) return;
        --handshake_reads_;
        const int on = 1;
        ::setsockopt(ready_->socket.native_handle(), IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
    }

    [[noreturn]] void fail(const asio::error_code& error) const {
        if (!ready_->socket.is_open())
            throw Error(ErrorKind::retry, "the connection to " + peer_.address + " is closed");
        throw Error(ErrorKind::retry, "connection to " + peer_.address + " broke: " + error.message());
    }
    std::shared_ptr<Ready<tcp::socket>> ready_;
    Peer peer_;
    int handshake_reads_ = 4;
};

class SocketListener final : public Listener {
  public:
    explicit SocketListener(tcp::acceptor acceptor)
        : port_(acceptor.local_endpoint().port()),
          ready_(std::make_shared<Ready<tcp::acceptor>>(std::move(acceptor))) {}
    ~SocketListener() override { close(); }

    Task<std::unique_ptr<Stream>> accept() override {
        for (;;) {
            asio::error_code error;
            tcp::socket socket = ready_->socket.accept(error);
            if (!error) co_return std::make_unique<SocketStream>(std::move(socket));
            if (!ready_->socket.is_open()) throw Error(ErrorKind::retry, "the listener is closed");
            const bool again = error == asio::error::would_block || error == asio::error::connection_aborted;
            if (!again) throw Error(ErrorKind::overloaded, "cannot accept a connection: " + error.message());
            co_await ready_->until_readable();
        }
    }
    int port() const override { return port_; }
    void close() noexcept override { ready_->close(); }

  private:
    int port_;
    std::shared_ptr<Ready<tcp::acceptor>> ready_;
};

// What an operation of Asio's gave, for the task that waits for it.
template <class Result>
struct Outcome {
    Latch done;
    asio::error_code error;
    Result result{};
};

Task<std::vector<tcp::endpoint>> resolve(asio::io_context& context, const std::string& host, int port) {
    asio::error_code not_numeric;
    const auto address = asio::ip::make_address(host, not_numeric);
    const auto number = static_cast<asio::ip::port_type>(port);
    std::vector<tcp::endpoint> endpoints;
    if (!not_numeric) {
        endpoints.emplace_back(address, number);
        co_return endpoints;
    }
    auto outcome = std::make_shared<Outcome<tcp::resolver::results_type>>();
    tcp::resolver resolver(context);
    resolver.async_resolve(host, std::to_string(port), [outcome](const asio::error_code& error, auto results) {
        outcome->error = error;
        outcome->result = std::move(results);
        outcome->done.open();
    });
    co_await outcome->done.wait();
    if (outcome->error) {
        throw Error(ErrorKind::not_found, "cannot resolve " + host + ": " + outcome->error.message());
    }
    for (const auto& entry : outcome->result) endpoints.push_back(entry.endpoint());
    co_return endpoints;
}

}  // namespace

Task<std::unique_ptr<Stream>> SocketNetwork::connect(std::string host, int port) {
    auto& context = context_of(poller_);
    const auto endpoints = co_await resolve(context, host, port);
    asio::error_code error;
    for (const auto& endpoint : endpoints) {
        tcp::socket socket(context);
        auto outcome = std::make_shared<Outcome<int>>();
        socket.async_connect(endpoint, [outcome](const asio::error_code& result) {
            outcome->error = result;
            outcome->done.open();
        });
        co_await outcome->done.wait();
        error = outcome->error;
        if (!error) co_return std::make_unique<SocketStream>(std::move(socket));
    }
    const std::string where = host + ":" + std::to_string(port);
    if (error == asio::error::connection_refused) throw Error(ErrorKind::retry, "connection refused by " + where);
    throw Error(ErrorKind::retry, "cannot connect to " + where + ": " + error.message());
}

Task<std::unique_ptr<Listener>> SocketNetwork::listen(std::string host, int port) {
    auto& context = context_of(poller_);
    const auto endpoints = co_await resolve(context, host, port);
    asio::error_code error;
    tcp::acceptor acceptor(context);
    acceptor.open(endpoints.front().protocol(), error);
    if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor.bind(endpoints.front(), error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (!error) acceptor.non_blocking(true, error);
    const std::string where = "port " + std::to_string(port) + " of " + host;
    if (error == asio::error::address_in_use) {
        throw Error(ErrorKind::invalid, where + " is in use: stop what holds it or choose another port");
    }
    if (error) throw Error(ErrorKind::invalid, "cannot listen on " + where + ": " + error.message());
    co_return std::make_unique<SocketListener>(std::move(acceptor));
}

}  // namespace mizzen::net
