// SPDX-License-Identifier: Apache-2.0
// Address: where a server is.
#pragma once
#include <string>
#include <string_view>

namespace mizzen::vault {

struct Address {
    bool tls = true;
    std::string host;
    int port = 8200;
    std::string prefix = {};  // Of all paths, for a server behind a gateway: "/vault".

    // "https://vault.example.com:8200/vault". Without a port: 443 or 80. Throws Error(invalid) for what is no http(s)
    // URL, and for one with a user, a query or a fragment.
    static Address parse(std::string_view url);
    std::string to_string() const;
    bool operator==(const Address&) const = default;
};

}  // namespace mizzen::vault
