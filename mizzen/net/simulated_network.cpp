// SPDX-License-Identifier: Apache-2.0
// Connections in memory and the faults that tests ask for.
#include "mizzen/net/simulated_network.hpp"

#include <algorithm>
#include <deque>
#include <utility>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/event.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/detail/simulated_pipe.hpp"

namespace mizzen::net {

struct SimulatedNetwork::Connection {
    Connection(SimulatedNetwork& network, std::string to, std::size_t id)
        : host(std::move(to)),
          number(id),
          there(network.loop_, network.options_.buffer),
          back(network.loop_, network.options_.buffer) {
        there.stall(network.stalled_);
        back.stall(network.stalled_);
    }
    std::string host;
    std::size_t number;
    SimulatedPipe there, back;
    bool broken = false;
};

class SimulatedStream final : public Stream {
  public:
    using Connection = SimulatedNetwork::Connection;
    SimulatedStream(SimulatedNetwork& network, std::shared_ptr<Connection> connection, bool is_client,
                    std::string other)
        : network_(network),
          connection_(std::move(connection)),
          in_(is_client ? connection_->back : connection_->there),
          out_(is_client ? connection_->there : connection_->back),
          peer_{.address = std::move(other)} {}
    ~SimulatedStream() override { close(); }

    Task<std::size_t> read(std::span<char> into) override {
        const std::size_t n = co_await in_.read(into, peer_.address);
        network_.counters_.bytes += n;
        co_return n;
    }

    Task<> write(std::span<const char> bytes) override {
        std::string_view rest(bytes.data(), bytes.size());
        while (!rest.empty()) {
            const std::string_view part = rest.substr(0, co_await out_.room(peer_.address));
            out_.send(part, network_.latency());
            rest.remove_prefix(part.size());
            network_.count_bytes(*connection_, part.size());
        }
    }

    Task<> shut_down() override {
        out_.end(network_.latency());
        co_return;
    }

    void close() noexcept override {
        if (std::exchange(closed_, true)) return;
        out_.end(network_.latency());
        in_.cut();
    }

    const Peer& peer() const override { return peer_; }

  private:
    SimulatedNetwork& network_;
    std::shared_ptr<Connection> connection_;
    SimulatedPipe& in_;
    SimulatedPipe& out_;
    Peer peer_;
    bool closed_ = false;
};

class SimulatedListener final : public Listener {
  public:
    SimulatedListener(SimulatedNetwork& network, SimulatedNetwork::Address address)
        : network_(network), address_(std::move(address)) {
        network_.listeners_[address_] = this;
    }
    ~SimulatedListener() override { close(); }

    Task<std::unique_ptr<Stream>> accept() override {
        while (waiting_.empty()) {
            if (closed_) throw Error(ErrorKind::retry, "the listener is closed");
            co_await arrived_.wait();
        }
        auto stream = std::move(waiting_.front());
        waiting_.pop_front();
        co_return stream;
    }
    int port() const override { return address_.port; }
    void close() noexcept override {
        if (std::exchange(closed_, true)) return;
        network_.listeners_.erase(address_);
        waiting_.clear();
        arrived_.notify_all();
    }
    void arrive(std::unique_ptr<Stream> stream) {
        waiting_.push_back(std::move(stream));
        arrived_.notify_all();
    }

  private:
    SimulatedNetwork& network_;
    SimulatedNetwork::Address address_;
    std::deque<std::unique_ptr<Stream>> waiting_;
    Event arrived_;
    bool closed_ = false;
};

SimulatedNetwork::SimulatedNetwork(Loop& loop) : SimulatedNetwork(loop, Options()) {}
SimulatedNetwork::SimulatedNetwork(Loop& loop, Options options) : loop_(loop), options_(options) {}
SimulatedNetwork::~SimulatedNetwork() = default;

Duration SimulatedNetwork::latency() {
    const auto spread = static_cast<std::uint64_t>(
        std::max<Duration::rep>(0, (options_.most_latency - options_.least_latency).count()));
    return options_.least_latency + Duration(static_cast<Duration::rep>(loop_.random().below(spread + 1)));
}

Task<std::unique_ptr<Stream>> SimulatedNetwork::connect(std::string host, int port) {
    co_await delay(latency());
    while (stalled_) co_await delay(std::chrono::milliseconds(10));
    const std::string address = host + ":" + std::to_string(port);
    auto listener = listeners_.find({host, port});
    if (listener == listeners_.end() || refused_[host]) {
        ++counters_.refused;
        throw Error(ErrorKind::retry, "connection refused by " + address);
    }
    auto connection = std::make_shared<Connection>(*this, std::move(host), counters_.connected++);
    connections_.push_back(connection);
    listener->second->arrive(std::make_unique<SimulatedStream>(
        *this, connection, false, "10.0.0.1:" + std::to_string(50000 + connection->number)));
    co_return std::make_unique<SimulatedStream>(*this, std::move(connection), true, address);
}

Task<std::unique_ptr<Listener>> SimulatedNetwork::listen(std::string host, int port) {
    if (port == 0) port = next_port_++;
    if (listeners_.contains({host, port})) {
        throw Error(ErrorKind::invalid, "port " + std::to_string(port) + " of " + host + " is in use: choose another");
    }
    co_return std::make_unique<SimulatedListener>(*this, Address{std::move(host), port});
}

void SimulatedNetwork::cut_all() {
    for (std::size_t i = 0; i < connections_.size(); ++i) cut(i);
}

void SimulatedNetwork::cut_all(std::string_view host) {
    for (std::size_t i = 0; i < connections_.size(); ++i) {
        auto connection = connections_[i].lock();
        if (connection && connection->host == host) cut(i);
    }
}

void SimulatedNetwork::cut(std::size_t number) {
    auto connection = number < connections_.size() ? connections_[number].lock() : nullptr;
    if (!connection || std::exchange(connection->broken, true)) return;
    ++counters_.cut;
    connection->there.cut();
    connection->back.cut();
}

void SimulatedNetwork::cut_after(std::size_t connection, std::uint64_t bytes) { cuts_[connection] = bytes; }

void SimulatedNetwork::count_bytes(Connection& connection, std::size_t bytes) {
    auto left = cuts_.find(connection.number);
    if (left == cuts_.end()) return;
    left->second -= std::min<std::uint64_t>(left->second, bytes);
    if (left->second > 0) return;
    cuts_.erase(left);
    cut(connection.number);
}

void SimulatedNetwork::stall(bool stalled) {
    stalled_ = stalled;
    for (auto& each : connections_) {
        if (auto connection = each.lock()) {
            connection->there.stall(stalled);
            connection->back.stall(stalled);
        }
    }
}

void SimulatedNetwork::refuse(std::string host, bool refused) { refused_[std::move(host)] = refused; }

std::size_t SimulatedNetwork::open() const {
    return static_cast<std::size_t>(
        std::count_if(connections_.begin(), connections_.end(), [](auto& c) { return !c.expired(); }));
}

}  // namespace mizzen::net
