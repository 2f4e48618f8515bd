// SPDX-License-Identifier: Apache-2.0
// Listens, and writes down how to get in.
#include "mizzen/cluster/endpoint.hpp"

#include <limits>

namespace mizzen {
namespace {

// The API server limits bodies itself, and says so with a Status.
constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

}  // namespace

Endpoint::Endpoint(Loop& loop, std::unique_ptr<net::Listener> listener, Cluster& cluster, const ClusterPki& pki)
    : tls_({.certificate_pem = pki.server.certificate_pem,
            .key_pem = pki.server.key_pem,
            .client_ca_pem = pki.authority.certificate_pem}),
      server_(loop, std::move(listener), cluster.handler(), {.max_body = no_limit}, &tls_) {}

Task<std::unique_ptr<Endpoint>> Endpoint::open(Loop& loop, net::Network& network, Cluster& cluster,
                                               const ClusterPki& pki, int port) {
    auto listener = co_await network.listen("127.0.0.1", port);
    co_return std::unique_ptr<Endpoint>(new Endpoint(loop, std::move(listener), cluster, pki));
}

std::string Endpoint::url() const { return "https://127.0.0.1:" + std::to_string(port()); }

kube::Kubeconfig Endpoint::kubeconfig(const ClusterPki& pki) const {
    kube::Kubeconfig out;
    out.clusters["mizzen"].server = url();
    out.clusters["mizzen"].certificate_authority.data = Secret(pki.authority.certificate_pem);
    out.users["mizzen"].client_certificate.data = Secret(pki.admin.certificate_pem);
    out.users["mizzen"].client_key.data = Secret(pki.admin.key_pem);
    out.contexts["mizzen"] = {.cluster = "mizzen", .user = "mizzen", .ns = "default"};
    out.current_context = "mizzen";
    return out;
}

}  // namespace mizzen
