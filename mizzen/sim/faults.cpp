// SPDX-License-Identifier: Apache-2.0
// Fails requests and streams at the counted place.
#include "mizzen/sim/faults.hpp"

#include <algorithm>

#include "mizzen/base/error.hpp"

namespace mizzen::sim {
namespace {

bool is_watch(const net::Request& request) {
    return request.method == "GET" && net::Query::parse(request.query()).flag("watch");
}

Error broken() { return Error(ErrorKind::retry, "connection reset by the simulation"); }

}  // namespace

// Counts the events of a watch (one a line) and breaks off where it is told.
class FaultTransport::CutBody final : public net::Body::Source {
  public:
    CutBody(FaultTransport& owner, net::Body inner) : owner_(owner), inner_(std::move(inner)) {}

    Task<std::optional<Bytes>> next() override {
        auto chunk = co_await inner_.next();
        if (!chunk) co_return chunk;
        if (owner_.dead_) co_await owner_.never_answer();
        const auto before = owner_.traffic_.events;
        owner_.traffic_.events += static_cast<std::size_t>(std::ranges::count(chunk->view(), '\n'));
        if (before < owner_.faults_.cut_at_event && owner_.traffic_.events >= owner_.faults_.cut_at_event)
            throw broken();
        co_return chunk;
    }

  private:
    FaultTransport& owner_;
    net::Body inner_;
};

Task<> FaultTransport::never_answer() { co_await forever_.wait(); }

Task<net::Response> FaultTransport::send(net::Request request) {
    if (dead_) co_await never_answer();
    if (is_watch(request)) {
        ++traffic_.watches;
        net::Response response = co_await inner_.send(std::move(request));
        response.body = net::Body(std::make_unique<CutBody>(*this, std::move(response.body)));
        co_return response;
    }
    const std::size_t number = ++traffic_.requests;
    if (request.method != "GET") ++traffic_.writes;
    if (number == faults_.lost_request) throw broken();
    net::Response response = co_await inner_.send(std::move(request));
    if (number == faults_.dead_after_request) dead_ = true;
    if (dead_) co_await never_answer();
    if (number == faults_.lost_answer) throw broken();
    co_return response;
}

}  // namespace mizzen::sim
