// SPDX-License-Identifier: Apache-2.0
// Scheme, host, port, path and query.
#include "mizzen/telemetry/environment/endpoint.hpp"

#include <algorithm>
#include <charconv>

#include "mizzen/base/text.hpp"

namespace mizzen::telemetry {
namespace {

// Takes the front of `text` up to the first of `ends`, or all of it.
std::string_view take_until(std::string_view& text, std::string_view ends) {
    const std::string_view front = text.substr(0, text.find_first_of(ends));
    text.remove_prefix(front.size());
    return front;
}

bool take_port(std::string_view text, std::optional<int>& port) {
    if (text.empty()) return true;
    int number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + 1, end, number);
    if (text[0] != ':' || error != std::errc{} || stop != end || number < 1 || number > 65535) return false;
    port = number;
    return true;
}

bool take_authority(std::string_view text, Endpoint& endpoint) {
    if (!text.empty() && text[0] == '[') {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos) return false;
        endpoint.host = text.substr(1, close - 1);
        text.remove_prefix(close + 1);
    } else {
        endpoint.host = take_until(text, ":");
    }
    return !endpoint.host.empty() && take_port(text, endpoint.port);
}

}  // namespace

std::optional<Endpoint> parse_endpoint(std::string_view text) {
    const bool is_visible = std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (!is_visible) return std::nullopt;
    Endpoint endpoint;
    if (const std::size_t colon = text.find("://"); colon != std::string_view::npos) {
        const std::string_view scheme = text.substr(0, colon);
        endpoint.tls = equal_ignoring_case(scheme, "https");
        if (!*endpoint.tls && !equal_ignoring_case(scheme, "http")) return std::nullopt;
        text.remove_prefix(colon + 3);
    }
    text = text.substr(0, text.find('#'));
    const std::string_view authority = take_until(text, "/?");
    endpoint.path = take_until(text, "?");
    endpoint.query = text;
    const bool names_user = authority.find('@') != std::string_view::npos;
    if (names_user || !take_authority(authority, endpoint)) return std::nullopt;
    return endpoint;
}

}  // namespace mizzen::telemetry
