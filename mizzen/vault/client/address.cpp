// SPDX-License-Identifier: Apache-2.0
#include "mizzen/vault/client/address.hpp"

#include <charconv>

#include "mizzen/base/error.hpp"

namespace mizzen::vault {
namespace {

[[noreturn]] void refuse(std::string_view why) {
    // Without the URL itself: one with a password in it must not be shown.
    throw Error(ErrorKind::invalid,
                "the address of a Vault is a URL like https://vault.example.com:8200: " + std::string(why));
}

int parse_port(std::string_view text) {
    int port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc() || end != text.data() + text.size() || port < 1 || port > 65535)
        refuse("the port must be a number from 1 to 65535");
    return port;
}

}  // namespace

Address Address::parse(std::string_view url) {
    Address out;
    if (url.starts_with("https://")) {
        url.remove_prefix(8);
    } else if (url.starts_with("http://")) {
        url.remove_prefix(7);
        out.tls = false;
    } else {
        refuse("it must begin with https:// or http://");
    }
    if (url.find_first_of("@?# \t\r\n") != url.npos) refuse("no user, query, fragment or space belongs in it");
    const std::size_t slash = url.find('/');
    if (slash != url.npos) {
        out.prefix = url.substr(slash);
        while (out.prefix.ends_with('/')) out.prefix.pop_back();
        url = url.substr(0, slash);
    }
    out.port = out.tls ? 443 : 80;
    std::size_t colon = url.rfind(':');
    if (url.starts_with('[')) {
        const std::size_t close = url.find(']');
        if (close == url.npos) refuse("the ] after an IPv6 address is missing");
        out.host = url.substr(1, close - 1);
        colon = close + 1 < url.size() ? close + 1 : url.npos;
        if (colon != url.npos && url[colon] != ':') refuse("only a port may follow the host");
    } else {
        out.host = url.substr(0, colon);
    }
    if (colon != url.npos) out.port = parse_port(url.substr(colon + 1));
    if (out.host.empty()) refuse("the host is missing");
    return out;
}

std::string Address::to_string() const {
    const bool is_v6 = host.find(':') != host.npos;
    return (tls ? "https://" : "http://") + (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port) + prefix;
}

}  // namespace mizzen::vault
