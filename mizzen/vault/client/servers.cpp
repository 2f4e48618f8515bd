// SPDX-License-Identifier: Apache-2.0
#include "mizzen/vault/client/servers.hpp"

#include <algorithm>

#include "mizzen/async/scope.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/client.hpp"

namespace mizzen::vault {

struct Servers::Node {
    Address address;
    Role role = Role::unknown;
    std::optional<Time> probed = {};
    std::shared_ptr<net::Transport> transport = {};
    Time connected{};
};

namespace {

// Lower is better. Among equals the order of the addresses counts, so that a healthy client stays where it is.
int cost(Role role, Aim aim) {
    switch (role) {
        case Role::active:
            return 0;
        case Role::standby:
            return aim == Aim::any ? 0 : 1;
        case Role::unknown:
            return 2;
        case Role::unreachable:
            return 3;
        case Role::not_initialized:
            return 4;
        case Role::sealed:
            return 5;
    }
    return 5;
}

net::Request copy(const net::Request& request) {
    return {
        .method = request.method, .target = request.target, .headers = request.headers, .body = request.body.bytes()};
}

bool is_redirect(int status) { return status == 301 || status == 302 || status == 307 || status == 308; }

}  // namespace

std::string_view to_string(Role role) {
    switch (role) {
        case Role::unknown:
            return "unknown";
        case Role::active:
            return "active";
        case Role::standby:
            return "standby";
        case Role::sealed:
            return "sealed";
        case Role::not_initialized:
            return "not initialised";
        case Role::unreachable:
            return "unreachable";
    }
    return "unknown";
}

Role role_of(int status) {
    switch (status) {
        case 200:
            return Role::active;
        case 429:
        case 472:
        case 473:
            return Role::standby;
        case 501:
            return Role::not_initialized;
        case 503:
            return Role::sealed;
        default:
            return Role::unknown;
    }
}

Servers::Servers(Loop& loop, std::vector<Address> addresses, Connect connect, ServersOptions options)
    : loop_(loop), connect_(std::move(connect)), options_(std::move(options)), configured_(addresses.size()) {
    if (addresses.empty()) throw Error(ErrorKind::invalid, "no address of a Vault is given: set VAULT_ADDR");
    for (const auto* list : {&addresses, &options_.also_trusted}) {
        for (const Address& address : *list) nodes_.push_back(std::make_unique<Node>(Node{.address = address}));
    }
}

Servers::~Servers() = default;

std::vector<Servers::State> Servers::states() const {
    std::vector<State> out;
    for (std::size_t i = 0; i < configured_; ++i) out.push_back({nodes_[i]->address, nodes_[i]->role});
    return out;
}

Task<Reply> Servers::exchange(Node& node, const net::Request& request) {
    if (!node.transport || loop_.now() - node.connected > options_.connection_age) {
        node.transport = connect_(node.address);
        node.connected = loop_.now();
    }
    // Kept alive until the answer is read, also if the node connects anew meanwhile.
    const std::shared_ptr<net::Transport> transport = node.transport;
    net::Request out = copy(request);
    out.target = node.address.prefix + out.target;
    net::Response response = co_await transport->send(std::move(out));
    Reply reply{.status = response.status, .headers = std::move(response.headers), .body = {}};
    reply.body = co_await response.body.read_all(options_.longest_answer);
    co_return reply;
}

Task<> Servers::probe(Node& node) {
    const Context here = co_await context();
    node.probed = loop_.now();
    net::Request request{.target = "/v1/sys/health"};
    request.headers.set("X-Vault-Request", "true");
    try {
        node.role = role_of((co_await timeout(options_.health_timeout, exchange(node, request))).status);
    } catch (const Error&) {
        if (here.cancel && here.cancel->cancelled()) throw;
        node.role = Role::unreachable;
    }
}

Task<> Servers::probe() {
    Scope scope(co_await context());
    for (std::size_t i = 0; i < configured_; ++i) scope.spawn(probe(*nodes_[i]));
    co_await scope.join();
}

Task<Servers::Node*> Servers::choose(Aim aim) {
    if (configured_ == 1) co_return nodes_[0].get();
    const auto best = [&] {
        return std::min_element(nodes_.begin(), nodes_.begin() + static_cast<std::ptrdiff_t>(configured_),
                                [&](const auto& a, const auto& b) { return cost(a->role, aim) < cost(b->role, aim); });
    };
    const auto is_fresh = [&](const Node& node) {
        return node.probed && loop_.now() - *node.probed < options_.health_age;
    };
    if (auto found = best(); cost((*found)->role, aim) == 0 && is_fresh(**found)) co_return found->get();
    co_await probe();
    co_return best()->get();
}

Servers::Node* Servers::named_by(const Reply& reply, const Node& from) {
    const auto location = reply.headers.find("Location");
    if (!location) return nullptr;
    try {
        const std::size_t path = location->find("/v1/");
        const Address to = Address::parse(location->substr(0, path));
        if (from.address.tls && !to.tls) return nullptr;
        for (auto& node : nodes_) {
            if (node->address == to) return node.get();
        }
    } catch (const Error&) {
    }
    return nullptr;
}

Task<Reply> Servers::send(net::Request request, Aim aim) {
    Node* node = co_await choose(aim);
    Reply reply;
    try {
        reply = co_await exchange(*node, request);
    } catch (const Cancelled&) {
        throw;
    } catch (const Error&) {
        // Asked again before the next choice.
        node->role = Role::unreachable;
        node->probed.reset();
        throw;
    }
    if (reply.status == 503) node->probed.reset();
    if (!is_redirect(reply.status)) co_return reply;
    node->probed.reset();
    if (Node* other = named_by(reply, *node); other && other != node) co_return co_await exchange(*other, request);
    co_return reply;
}

}  // namespace mizzen::vault
