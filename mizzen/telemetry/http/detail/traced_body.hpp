// SPDX-License-Identifier: Apache-2.0
// A body that ends something with its last byte.
#pragma once
#include <memory>
#include <utility>

#include "mizzen/net/http.hpp"

namespace mizzen::telemetry {

// Keeps `until_end` until the stream has ended, has broken off or is given up. A body that is whole ends at once.
template <class UntilEnd>
class TracedBody final : public net::Body::Source {
  public:
    TracedBody(net::Body body, UntilEnd until_end) : until_end_(std::move(until_end)), body_(std::move(body)) {}

    Task<std::optional<Bytes>> next() override {
        try {
            std::optional<Bytes> chunk = co_await body_.next();
            if (!chunk) until_end_.reset();
            co_return chunk;
        } catch (const std::exception& error) {
            if (until_end_) until_end_->failed(error);
            until_end_.reset();
            throw;
        }
    }

  private:
    std::optional<UntilEnd> until_end_;
    net::Body body_;
};

template <class UntilEnd>
void end_with_body(net::Response& response, UntilEnd until_end) {
    if (!response.body.is_stream()) return;
    response.body = net::Body(std::make_unique<TracedBody<UntilEnd>>(std::move(response.body), std::move(until_end)));
}

}  // namespace mizzen::telemetry
