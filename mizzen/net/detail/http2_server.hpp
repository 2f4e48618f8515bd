// SPDX-License-Identifier: Apache-2.0
// Http2Server: the server's side of one HTTP/2 connection.
#pragma once
#include "mizzen/async/scope.hpp"
#include "mizzen/net/detail/http2_connection.hpp"
#include "mizzen/net/detail/server_connection.hpp"

namespace mizzen::net::detail {

class Http2Server final : public ServerConnection, Http2Connection {
  public:
    Http2Server(Stream& stream, Inbox inbox, Service& service);
    // Until the connection ends; throws Error if it broke.
    Task<> run();
    void finish() override;

  private:
    void on_request(int stream, Request head) override;
    void on_response(int, Response) override {}
    bool takes(Exchange& exchange) override;
    Task<> answer_one(std::shared_ptr<Exchange> exchange, Request request);
    Task<Response> response_to(std::shared_ptr<Exchange> exchange, Request request);
    Task<> respond(std::shared_ptr<Exchange> exchange, Request request);

    Service& service_;
    Scope* answering_ = nullptr;
};

}  // namespace mizzen::net::detail
