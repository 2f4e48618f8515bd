// SPDX-License-Identifier: Apache-2.0
// Servers: the nodes of one Vault or OpenBao cluster, and which of them gets a request.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mizzen/async/loop.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/vault/client/address.hpp"

namespace mizzen::vault {

// Makes the connection to a server: an HttpClient with TLS in production (connect.hpp), a script in tests.
using Connect = std::function<std::unique_ptr<net::Transport>(const Address&)>;

enum class Aim : std::uint8_t { any, active };

// What a server says of itself. Source: OpenBao, sys/health.
enum class Role : std::uint8_t { unknown, active, standby, sealed, not_initialized, unreachable };
std::string_view to_string(Role);
// From the status of sys/health.
Role role_of(int health_status);

struct ServersOptions {
    // What is known of a server is asked anew after so long, where there is more than one.
    Duration health_age = std::chrono::seconds(10);
    Duration health_timeout = std::chrono::seconds(2);
    // A connection is made anew after so long, so that a changed DNS name is seen.
    Duration connection_age = std::chrono::minutes(5);
    std::size_t longest_answer = std::size_t{32} << 20;
    // Servers that a redirect may name besides the configured ones: no token goes elsewhere.
    std::vector<Address> also_trusted = {};
};

// An answer that was read to its end.
struct Reply {
    int status = 0;
    net::Headers headers;
    std::string body;  // The receiver wipes it.
};

// With one address (a load balancer, or one node) every request goes there. With several, they are asked for their
// health: writes and reads of the leader go to the active one, other reads to any that is unsealed, the last good one
// first; what is sealed, uninitialised or unreachable is asked last.
class Servers {
  public:
    // Throws Error(invalid) without an address.
    Servers(Loop& loop, std::vector<Address> addresses, Connect connect, ServersOptions options = {});
    ~Servers();
    Servers(const Servers&) = delete;
    Servers& operator=(const Servers&) = delete;

    // Sends to the best server for `aim`; follows one redirect (301, 302, 307, 308) to a server that is known and not
    // from https to http, else gives the redirect itself. Throws what the transport throws; net::NotSent where nothing
    // was sent to any.
    Task<Reply> send(net::Request request, Aim aim);
    // What is known now, in the order of the addresses.
    struct State {
        Address address;
        Role role = Role::unknown;
    };
    std::vector<State> states() const;
    // Asks all of them.
    Task<> probe();

  private:
    struct Node;
    Node* named_by(const Reply& reply, const Node& from);
    Task<Node*> choose(Aim aim);
    Task<> probe(Node& node);
    Task<Reply> exchange(Node& node, const net::Request& request);

    Loop& loop_;
    Connect connect_;
    ServersOptions options_;
    std::vector<std::unique_ptr<Node>> nodes_;
    std::size_t configured_;  // So many of them are asked of their own; the others are trusted only.
};

}  // namespace mizzen::vault
