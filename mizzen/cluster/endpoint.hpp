// SPDX-License-Identifier: Apache-2.0
// Endpoint: a Cluster's API on a TLS port, and the kubeconfig that reaches it.
#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "mizzen/cluster/cluster.hpp"
#include "mizzen/kube/client/kubeconfig.hpp"
#include "mizzen/net/certificates.hpp"
#include "mizzen/net/server.hpp"
#include "mizzen/net/tls.hpp"

namespace mizzen {

// The cluster's authority and what it issued: a server certificate for this host's loopback names, an administrator's
// client certificate.
struct ClusterPki {
    net::CertifiedKey authority;
    net::CertifiedKey server;
    net::CertifiedKey admin;   // CN=mizzen:admin, O=system:masters
    net::CertifiedKey tokens;  // signs service-account tokens

    // Valid for a year from `now`.
    static ClusterPki create(WallTime now);
    // From `folder`, or created there (files of mode 0600) if there is none or it expires within 30 days: a durable
    // cluster keeps its kubeconfigs valid. Throws Error(invalid) that names the file.
    static ClusterPki load_or_create(const std::filesystem::path& folder, WallTime now);
};

// Serves until destroyed.
class Endpoint {
  public:
    // Listens on 127.0.0.1. `port` 0 takes a free one. Throws Error(invalid) when the port is in use.
    static Task<std::unique_ptr<Endpoint>> open(Loop& loop, net::Network& network, Cluster& cluster,
                                                const ClusterPki& pki, int port);

    int port() const { return server_.port(); }
    std::string url() const;
    // The administrator's way in.
    kube::Kubeconfig kubeconfig(const ClusterPki& pki) const;
    [[clang::coro_wrapper]] Task<> stop(Duration grace) { return server_.stop(grace); }

  private:
    Endpoint(Loop& loop, std::unique_ptr<net::Listener> listener, Cluster& cluster, const ClusterPki& pki);
    net::TlsServer tls_;
    net::Server server_;
};

}  // namespace mizzen
