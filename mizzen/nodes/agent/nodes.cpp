// SPDX-License-Identifier: Apache-2.0
// The Node objects.
#include "mizzen/kube/client/api.hpp"
#include "mizzen/kube/schema/type.hpp"
#include "mizzen/nodes/agent/agent.hpp"

namespace mizzen::nodes {
namespace {

kube::NodeCondition condition(std::string type, bool holds, std::string reason, std::string message,
                              const std::string& now) {
    return {.last_heartbeat_time = now,
            .last_transition_time = now,
            .message = std::move(message),
            .reason = std::move(reason),
            .status = holds ? "True" : "False",
            .type = std::move(type)};
}

kube::NodeSystemInfo system_info(const std::string& kubelet_version) {
    kube::NodeSystemInfo info;
    info.architecture = "amd64";
    info.operating_system = "linux";
    info.os_image = "Mizzen simulated node";
    info.kernel_version = "simulated";
    info.container_runtime_version = "simulated://1.0";
    info.kubelet_version = kubelet_version;
    info.kube_proxy_version = kubelet_version;
    return info;
}

}  // namespace

kube::Node node(const AgentOptions& options, int index, const std::string& kubelet_version, WallTime now) {
    const std::string text = to_rfc3339(now);
    kube::Node out;
    out.metadata.name = "node-" + std::to_string(index);
    out.metadata.labels = {
        {"kubernetes.io/hostname", out.metadata.name},
        {"kubernetes.io/os", "linux"},
        {"kubernetes.io/arch", "amd64"},
        {"topology.kubernetes.io/zone", std::string("zone-") + static_cast<char>('a' + (index - 1) % 3)}};
    out.spec.provider_id = "simulated://" + out.metadata.name;
    out.status.capacity = options.capacity;
    out.status.allocatable = options.capacity;
    out.status.addresses = {{.address = "192.0.2." + std::to_string(index % 254 + 1), .type = "InternalIP"},
                            {.address = out.metadata.name, .type = "Hostname"}};
    out.status.node_info = system_info(kubelet_version);
    out.status.conditions.push_back(condition("MemoryPressure", false, "KubeletHasSufficientMemory",
                                              "kubelet has sufficient memory available", text));
    out.status.conditions.push_back(
        condition("DiskPressure", false, "KubeletHasNoDiskPressure", "kubelet has no disk pressure", text));
    out.status.conditions.push_back(
        condition("PIDPressure", false, "KubeletHasSufficientPID", "kubelet has sufficient PID available", text));
    out.status.conditions.push_back(condition("Ready", true, "KubeletReady", "kubelet is posting ready status", text));
    return out;
}

Task<> register_nodes(kube::Client& client, AgentOptions options) {
    kube::Api<kube::Node> api(client);
    for (int i = 1; i <= options.nodes; ++i) {
        kube::Node wanted = node(options, i, std::string(kube::schema::release()), client.loop().wall());
        try {
            kube::Node created = co_await api.create(wanted);
            created.status = wanted.status;
            co_await api.replace_status(std::move(created));
        } catch (const kube::ApiError& e) {
            // Kept from an earlier run of a durable cluster.
            if (!e.is_already_exists()) throw;
        }
    }
}

}  // namespace mizzen::nodes
