// SPDX-License-Identifier: Apache-2.0
// The header fields of HTTP messages as propagators see them.
#pragma once
#include <string>
#include <utility>

#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/trace/propagator.hpp"

namespace mizzen::telemetry {

// `propagator->extract(HttpHeaderReader(request.headers), what);` The headers outlive the reader.
class HttpHeaderReader final : public HeaderReader {
  public:
    explicit HttpHeaderReader(const net::Headers& headers [[clang::lifetimebound]]) : headers_(headers) {}
    std::vector<std::string_view> all(std::string_view name) const override { return headers_.all(name); }
    void each(const std::function<void(std::string_view, std::string_view)>& visit) const override {
        for (const auto& [name, value] : headers_) visit(name, value);
    }

  private:
    const net::Headers& headers_;
};

class HttpHeaderWriter final : public HeaderWriter {
  public:
    explicit HttpHeaderWriter(net::Headers& headers [[clang::lifetimebound]]) : headers_(headers) {}
    void set(std::string_view name, std::string value) override { headers_.set(name, std::move(value)); }

  private:
    net::Headers& headers_;
};

}  // namespace mizzen::telemetry
