// SPDX-License-Identifier: Apache-2.0
// Signals by Asio.
#define ASIO_STANDALONE
#define ASIO_NO_DEPRECATED
#include "mizzen/net/signals.hpp"

#include <asio/io_context.hpp>
#include <asio/signal_set.hpp>
#include <deque>

#include "mizzen/async/event.hpp"

namespace mizzen::net {

// Listens all the time, so that no signal between two calls of next() is lost.
struct Signals::State : std::enable_shared_from_this<State> {
    explicit State(asio::io_context& context) : set(context) {}
    asio::signal_set set;
    std::deque<int> arrived;
    Event event;

    void listen() {
        set.async_wait([weak = weak_from_this()](const asio::error_code& error, int signal) {
            auto self = weak.lock();
            if (error || !self) return;
            self->arrived.push_back(signal);
            self->event.notify_all();
            self->listen();
        });
    }
};

Signals::Signals(SocketPoller& poller, const std::vector<int>& signals)
    : state_(std::make_shared<State>(*static_cast<asio::io_context*>(poller.native()))) {
    for (int signal : signals) state_->set.add(signal);
    state_->listen();
}

Signals::~Signals() = default;

Task<int> Signals::next() {
    while (state_->arrived.empty()) co_await state_->event.wait();
    const int signal = state_->arrived.front();
    state_->arrived.pop_front();
    co_return signal;
}

Task<int> wait_for_signal(SocketPoller& poller, std::vector<int> signals) {
    Signals caught(poller, signals);
    co_return co_await caught.next();
}

}  // namespace mizzen::net
