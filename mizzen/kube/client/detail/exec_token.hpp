// SPDX-License-Identifier: Apache-2.0
// Tokens from exec plugins. Source: Kubernetes documentation, "client-go credential plugins"
// (client.authentication.k8s.io).
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "mizzen/kube/client/command_runner.hpp"
#include "mizzen/kube/client/kubeconfig.hpp"

namespace mizzen::kube::detail {

// What a plugin is told in KUBERNETES_EXEC_INFO.
std::string exec_info(const Kubeconfig::Exec& exec, const Kubeconfig::Cluster& cluster);

struct ExecCredential {
    std::string token;
    std::optional<WallTime> expires;
};
// Reads what a plugin printed. Throws Error(invalid).
ExecCredential parse_exec_credential(const Kubeconfig::Exec& exec, std::string_view output);

// Runs the plugin when a token is first needed, when it has expired, and when the server refuses it.
std::unique_ptr<TokenSource> exec_token(Loop& loop, CommandRunner& runner, Kubeconfig::Exec exec,
                                        const Kubeconfig::Cluster& cluster);

}  // namespace mizzen::kube::detail
