// SPDX-License-Identifier: Apache-2.0
#include "mizzen/telemetry/http/metrics_handler.hpp"

#include "mizzen/net/gzip.hpp"

namespace mizzen::telemetry {
namespace {

// Whether a list of codings (RFC 9110, 12.5.3) takes gzip.
bool takes_gzip(std::string_view codings) {
    while (!codings.empty()) {
        std::string_view one = codings.substr(0, codings.find(','));
        codings.remove_prefix(std::min(codings.size(), one.size() + 1));
        const std::size_t at = one.find_first_not_of(" \t");
        one.remove_prefix(at == std::string_view::npos ? one.size() : at);
        const std::string_view name = one.substr(0, one.find_first_of("; \t"));
        if (name != "gzip" && name != "*") continue;
        const std::size_t q = one.find("q=");
        return q == std::string_view::npos || one.substr(q + 2).find_first_of("123456789") != std::string_view::npos;
    }
    return false;
}

}  // namespace

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
    if (takes_gzip(request.headers.find("accept-encoding").value_or(""))) {
        page = net::gzip(page);
        response.headers.set("content-encoding", "gzip");
    }
    if (request.method == "GET") response.body = std::move(page);
    co_return response;
}

}  // namespace mizzen::telemetry
