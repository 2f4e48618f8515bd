// SPDX-License-Identifier: Apache-2.0
// Http2Client: the client's side of one HTTP/2 connection.
#pragma once
#include <string>

#include "mizzen/net/detail/http2_connection.hpp"

namespace mizzen::net::detail {

class Http2Client final : public Http2Connection {
  public:
    Http2Client(std::unique_ptr<Stream> stream, std::string scheme, std::string authority);
    // Until the connection ends, however that comes.
    Task<> run();
    // Whether another request may go this way.
    bool usable() const { return alive_ && session_for_reading().can_request(); }
    bool alive() const { return alive_; }
    bool used_before() const { return used_before_; }

    struct Failure {
        std::string message;
        bool not_processed = false;
    };
    // Sends `request` and waits for the head of its response. If the exchange ends without one, says so in `failure`.
    Task<Response> send(Request& request, std::optional<Failure>& failure);

  private:
    Task<> send_request_body(std::shared_ptr<Exchange> exchange, Body& body);
    void on_request(int, Request) override {}
    void on_response(int stream, Response head) override;
    bool takes(Exchange& exchange) override { return !exchange.discards; }
    const Http2Session& session_for_reading() const { return const_cast<Http2Client*>(this)->session(); }

    std::unique_ptr<Stream> owned_;
    std::string scheme_, authority_;
    bool alive_ = true;
    bool used_before_ = false;
};

}  // namespace mizzen::net::detail
