// SPDX-License-Identifier: Apache-2.0
// Variables first, because somebody has set them on purpose; then what the kubelet mounts.
#include "mizzen/telemetry/resource/detail/kubernetes.hpp"

#include "mizzen/base/text.hpp"
#include "mizzen/telemetry/semconv/k8s.hpp"

namespace mizzen::telemetry::detail {
namespace {

namespace k8s = semconv::k8s;

constexpr std::string_view namespace_file = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";

struct Named {
    std::string_view attribute, variable;
    bool is_clear;  // without a prefix too
};
constexpr Named by_variable[] = {
    {k8s::namespace_name, "NAMESPACE_NAME", false},
    {k8s::namespace_name, "NAMESPACE", false},
    {k8s::namespace_name, "POD_NAMESPACE", true},
    {k8s::pod_name, "POD_NAME", true},
    {k8s::pod_uid, "POD_UID", true},
    {k8s::node_name, "NODE_NAME", true},
    {k8s::container_name, "CONTAINER_NAME", false},
    {k8s::deployment_name, "DEPLOYMENT_NAME", false},
    {k8s::cluster_name, "CLUSTER_NAME", false},
};
constexpr std::string_view prefixes[] = {"K8S_", "KUBE_", "OTEL_RESOURCE_ATTRIBUTES_"};

// /etc/hosts as the kubelet writes it begins so, but for pods in the network of their node.
bool has_own_host_name(std::string_view hosts) {
    return hosts.starts_with("# Kubernetes-managed hosts file") &&
           !hosts.substr(0, hosts.find('\n')).ends_with("(host network).");
}

}  // namespace

void detect_kubernetes(const Machine& machine, const Environment& environment, const ContainerFacts& facts,
                       const std::function<void(std::string_view name, std::string value)>& set) {
    const auto text = [&](const std::string& name) {
        const auto value = environment(name);
        return value ? std::string(trim(*value)) : std::string();
    };
    const bool is_inside = !facts.pod_uid.empty() || !text("KUBERNETES_SERVICE_HOST").empty();
    // The last that is told counts, so what is surest comes last.
    if (is_inside) {
        set(k8s::namespace_name, std::string(trim(machine.read(namespace_file).value_or(""))));
        set(k8s::pod_uid, facts.pod_uid);
        set(k8s::container_name, facts.container_name);
        if (has_own_host_name(machine.read("/etc/hosts").value_or(""))) set(k8s::pod_hostname, machine.host_name);
        for (const Named& each : by_variable)
            if (each.is_clear) set(each.attribute, text(std::string(each.variable)));
    }
    for (auto prefix = std::rbegin(prefixes); prefix != std::rend(prefixes); ++prefix)
        for (const Named& each : by_variable)
            set(each.attribute, text(std::string(*prefix) + std::string(each.variable)));
}

}  // namespace mizzen::telemetry::detail
