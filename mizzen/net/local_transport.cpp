// SPDX-License-Identifier: Apache-2.0
// Calls inside the process.
#include "mizzen/net/local_transport.hpp"

#include "mizzen/async/cancel_scope.hpp"

namespace mizzen::net {

Response internal_error(const std::exception& error) {
    return {.status = 500,
            .headers = {{"content-type", "text/plain; charset=utf-8"}},
            .body = "Internal Server Error: " + std::string(error.what()) + "\n"};
}

Task<Response> LocalTransport::send(Request request) {
    if (request.peer.address.empty()) request.peer = peer_;
    const Context here = co_await context();
    try {
        co_return co_await handler_.handle(std::move(request));
    } catch (const std::exception& error) {
        if (here.cancel && here.cancel->cancelled()) throw;
        co_return internal_error(error);
    }
}

}  // namespace mizzen::net
