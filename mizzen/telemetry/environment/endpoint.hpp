// SPDX-License-Identifier: Apache-2.0
// Endpoint: a URL as OTEL_EXPORTER_OTLP_ENDPOINT has it, in its parts.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace mizzen::telemetry {

struct Endpoint {
    std::optional<bool> tls = {};  // nothing: there was no scheme
    std::string host = {};         // without the brackets of an IPv6 address
    std::optional<int> port = {};
    std::string path = {};   // "" or from its '/' on
    std::string query = {};  // "" or from its '?' on
    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};
// "http://host:4318/path", or "host:4317". Nothing if it is neither, has another scheme, or names a user: keys go into
// headers. A fragment is left out. Source: RFC 3986.
std::optional<Endpoint> parse_endpoint(std::string_view text);

}  // namespace mizzen::telemetry
