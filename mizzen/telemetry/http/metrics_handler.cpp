// SPDX-License-Identifier: Apache-2.0
#include "mizzen/telemetry/http/metrics_handler.hpp"

#include "mizzen/net/gzip.hpp"
#include "mizzen/net/zstd.hpp"

namespace mizzen::telemetry {
Task<net::Response> MetricsHandler::handle(net::Request request) {
    if (request.method != "GET" && request.method != "HEAD")
        co_return net::Response{.status = 405, .headers = {{"allow", "GET, HEAD"}}};
    const auto accept = request.headers.find("accept");
    const Exposition wanted = negotiate(accept.value_or(""));
    std::vector<std::string> names;
    for (const auto& [key, value] : net::Query::parse(request.query()))
        if (key == "name[]") names.push_back(value);
    std::string page = expose(only_named(registry_.collect(clock_.wall()), names), wanted, options_);
    net::Response response{.headers = {{"content-type", content_type(wanted)}, {"vary", "accept, accept-encoding"}}};
    if (net::prefers_zstd(request.headers)) {
        page = net::zstd(page);
        response.headers.set("content-encoding", "zstd");
    } else if (net::takes_gzip(request.headers)) {
        page = net::gzip(page);
        response.headers.set("content-encoding", "gzip");
    }
    if (request.method == "GET") response.body = std::move(page);
    co_return response;
}

}  // namespace mizzen::telemetry
