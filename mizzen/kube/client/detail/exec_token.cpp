// SPDX-License-Identifier: Apache-2.0
// Asking a plugin for a token.
#include "mizzen/kube/client/detail/exec_token.hpp"

#include "mizzen/base/base64.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/json/yaml.hpp"

namespace mizzen::kube::detail {
namespace {

class ExecToken final : public TokenSource {
  public:
    ExecToken(Loop& loop, CommandRunner& runner, Kubeconfig::Exec exec, const Kubeconfig::Cluster& cluster)
        : loop_(loop), runner_(runner), info_(exec_info(exec, cluster)), exec_(std::move(exec)) {}

    Task<std::string> token() override {
        if (known_.token.empty() || (known_.expires && *known_.expires <= loop_.wall())) known_ = co_await ask();
        co_return known_.token;
    }
    bool refused() override {
        known_ = {};
        return true;
    }

  private:
    Task<ExecCredential> ask() {
        std::vector<std::string> command{exec_.command};
        command.insert(command.end(), exec_.args.begin(), exec_.args.end());
        auto environment = exec_.env;
        environment["KUBERNETES_EXEC_INFO"] = info_;
        try {
            co_return parse_exec_credential(exec_, co_await runner_.run(std::move(command), std::move(environment)));
        } catch (Error& error) {
            error.add_context("while getting a token from " + exec_.command);
            if (error.kind() == ErrorKind::not_found && !exec_.install_hint.empty())
                throw Error(ErrorKind::not_found, error.message() + "; " + exec_.install_hint);
            throw;
        }
    }

    Loop& loop_;
    CommandRunner& runner_;
    std::string info_;
    Kubeconfig::Exec exec_;
    ExecCredential known_;
};

}  // namespace

std::string exec_info(const Kubeconfig::Exec& exec, const Kubeconfig::Cluster& cluster) {
    json::Value spec = json::Object{{"interactive", false}};
    if (exec.provide_cluster_info) {
        json::Value& about = spec["cluster"];
        about["server"] = cluster.server;
        if (!cluster.tls_server_name.empty()) about["tls-server-name"] = cluster.tls_server_name;
        if (cluster.insecure_skip_tls_verify) about["insecure-skip-tls-verify"] = true;
        if (!cluster.certificate_authority.empty())
            about["certificate-authority-data"] = to_base64(cluster.certificate_authority.read().reveal());
    }
    return json::to_json(
        json::Object{{"apiVersion", exec.api_version}, {"kind", "ExecCredential"}, {"spec", std::move(spec)}});
}

ExecCredential parse_exec_credential(const Kubeconfig::Exec& exec, std::string_view output) {
    auto documents = json::parse_yaml(output, exec.command);
    if (documents.size() != 1 || documents[0].value.text("kind") != "ExecCredential")
        throw Error(ErrorKind::invalid, "it printed no ExecCredential");
    const json::Value& credential = documents[0].value;
    if (credential.text("apiVersion") != exec.api_version)
        throw Error(ErrorKind::invalid, "it printed an ExecCredential of " +
                                            std::string(credential.text("apiVersion")) + "; the kubeconfig says " +
                                            exec.api_version);
    ExecCredential out{.token = std::string(credential.text({"status", "token"})), .expires = {}};
    if (out.token.empty())
        throw Error(ErrorKind::invalid,
                    "it printed no status.token (client certificates from plugins are not supported)");
    std::string_view expires = credential.text({"status", "expirationTimestamp"});
    if (!expires.empty()) out.expires = parse_rfc3339(expires);
    return out;
}

std::unique_ptr<TokenSource> exec_token(Loop& loop, CommandRunner& runner, Kubeconfig::Exec exec,
                                        const Kubeconfig::Cluster& cluster) {
    return std::make_unique<ExecToken>(loop, runner, std::move(exec), cluster);
}

}  // namespace mizzen::kube::detail
