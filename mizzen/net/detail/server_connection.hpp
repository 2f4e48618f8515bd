// SPDX-License-Identifier: Apache-2.0
// What the two protocols of a server share: the state around their connections, and how a request is answered.
#pragma once
#include <string>

#include "mizzen/async/list.hpp"
#include "mizzen/async/task.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/net/server.hpp"

namespace mizzen::net::detail {

// The value of a Date field, written once a second.
class DateField {
  public:
    const std::string& at(WallTime);

  private:
    std::chrono::sys_seconds second_{};
    std::string text_;
};

// "Mon, 23 Nov 2026 14:25:10 GMT" (RFC 9110, section 5.6.7).
std::string http_date(std::chrono::sys_seconds);

// What a connection knows of its server.
struct Service {
    Handler& handler;
    ServerOptions options;
    DateField date = {};
    bool stopping = false;
};

// A connection as its server knows it.
class ServerConnection : public Link {
  public:
    virtual ~ServerConnection() = default;
    // Ends the connection once what runs on it has ended.
    virtual void finish() = 0;
};

// Calls the handler. What it throws becomes a 500, or a 413 if `body_too_large` was set meanwhile; Cancelled goes
// through. Adds Date and compression.
Task<Response> answer(Service&, Request, const bool& body_too_large);

// The answer to what is no proper request.
Response plain_response(int status, std::string_view message);

bool has_no_body(std::string_view method, int status);

}  // namespace mizzen::net::detail
