// SPDX-License-Identifier: Apache-2.0
// The node agent: registers nodes and lives the lives of the pods bound to them, simulated.
#pragma once
#include <map>
#include <string>
#include <unordered_set>

#include "mizzen/kube/client/client.hpp"
#include "mizzen/kube/runtime/controller.hpp"
#include "mizzen/kube/schema/kinds/core.hpp"
#include "mizzen/nodes/agent/simulated_pod.hpp"

namespace mizzen::nodes {

struct AgentOptions {
    int nodes = 1;  // named node-1, node-2, …; zones zone-a, zone-b, zone-c in turn
    std::map<std::string, std::string> capacity = {
        {"cpu", "32"}, {"memory", "256Gi"}, {"ephemeral-storage", "1Ti"}, {"pods", "1000"}};
    PodTimings timings = {};
};

// A node as the agent registers it, Ready. `index` from 1.
kube::Node node(const AgentOptions& options, int index, const std::string& kubelet_version, WallTime now);
// Creates the nodes that do not exist yet. Throws ApiError.
Task<> register_nodes(kube::Client& client, AgentOptions options);

// Takes bound pods from Pending to Running, pods that run to completion on to Succeeded, deleted ones out of the world.
class Agent {
  public:
    explicit Agent(AgentOptions options) : options_(std::move(options)) {}
    // The agent must outlive the controller.
    kube::Controller<kube::Pod> controller();

  private:
    Task<kube::Outcome> reconcile(kube::Reconcile<kube::Pod>& r);
    Task<kube::Outcome> start(kube::Reconcile<kube::Pod>& r, const kube::Node& node);
    std::string free_address(const kube::Store<kube::Pod>& pods);

    AgentOptions options_;
    std::unordered_set<std::string> taken_;
    std::size_t addresses_given_ = 0;
};

}  // namespace mizzen::nodes
