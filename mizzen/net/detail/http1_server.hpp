// SPDX-License-Identifier: Apache-2.0
// Http1Server: the server's side of one HTTP/1.1 connection.
#pragma once
#include <memory>
#include <string>

#include "mizzen/async/cancel_scope.hpp"
#include "mizzen/async/event.hpp"
#include "mizzen/net/detail/inbox.hpp"
#include "mizzen/net/detail/server_connection.hpp"
#include "mizzen/net/http1.hpp"

namespace mizzen::net::detail {

// One task reads all the time, so that a client that goes away is noticed while its request is being answered; the
// other serves one request after the other.
class Http1Server final : public ServerConnection {
  public:
    // `inbox` holds what was read already.
    Http1Server(Stream& stream, Inbox inbox, Service& service)
        : stream_(stream), inbox_(std::move(inbox)), service_(service) {}
    // Until the connection ends; throws Error if it broke.
    Task<> run();
    void finish() override;

  private:
    friend class Http1RequestBody;
    struct Inbound;

    Task<> read_on();
    // Waits until there is more input than `seen` bytes; false if there will be none.
    Task<bool> more(std::size_t seen);
    Task<std::size_t> read_head();
    Task<bool> serve_one();
    Task<bool> exchange(http1::RequestHead head);
    Task<> write_response(Response response, const http1::RequestHead& head, bool keep_alive);
    Task<> refuse(int status, std::string message);
    Task<> linger();

    Stream& stream_;
    Inbox inbox_;
    Service& service_;
    Event arrived_, taken_;
    bool ended_ = false;
    bool finishing_ = false;
    bool busy_ = false;
    CancelScope* exchange_ = nullptr;
    std::string out_;
};

}  // namespace mizzen::net::detail
