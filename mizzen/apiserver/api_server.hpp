// SPDX-License-Identifier: Apache-2.0
// ApiServer: the Kubernetes API machinery as an HTTP handler. It knows no client and no controller; cluster/ puts them
// together.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mizzen/async/loop.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/instrumentation.hpp"

namespace mizzen::apiserver {

// Who may do what. Members of system:masters may do everything under either.
enum class Authorization { rbac, always_allow };

struct Options {
    std::string data_dir;  // "" keeps everything in memory; else a SQLite file there survives restarts
    Authorization authorization = Authorization::rbac;
    // Service-account tokens: RS256/ES256 key pair in PEM; "" makes a fresh ECDSA P-256 pair.
    std::string service_account_key_pem;
    std::string service_account_issuer = "https://kubernetes.default.svc";
    std::string service_cluster_ip_range = "10.96.0.0/16";
    std::vector<std::pair<std::string, std::string>>
        tokens;  // static bearer tokens: token -> user; groups by "user:group1,group2"
    std::vector<std::string>
        disabled_admission;   // by kube-apiserver's names: "ServiceAccount" lets pods be created without accounts
    std::string root_ca_pem;  // what kube-root-ca.crt holds; "" leaves it empty
    std::size_t history_events = 100'000;  // watch events kept for resumption
    std::size_t max_body_bytes = 3u << 20;
    Duration bookmark_interval = std::chrono::seconds(60);
    // Metrics under kube-apiserver's names, served at /metrics if there is a registry. The current span, if there is
    // one (telemetry::TracedHandler), is named by the route and recorded as the cause of what the request writes.
    telemetry::Instrumentation telemetry = {};
};

struct Call;
struct Machinery;

// Serves requests of one Loop. Requests come over TLS (net::Server) or in process (net::LocalTransport); who asks is in
// Request.peer (client certificate) or in the Authorization header; without either the user is system:anonymous.
class ApiServer : public net::Handler {
  public:
    ApiServer(Loop& loop, Options options);
    ~ApiServer() override;

    // Creates the bootstrap objects (namespaces default, kube-system, kube-public, kube-node-lease; the kubernetes
    // Service; RBAC roles). Call once, before serving.
    void start();
    // Never throws: every failure is a Status.
    Task<net::Response> handle(net::Request request) override;
    // The newest revision, as resourceVersion counts.
    std::uint64_t revision() const;

  private:
    Task<net::Response> answer(Call& call);
    std::unique_ptr<Machinery> machinery_;
};

}  // namespace mizzen::apiserver
