// SPDX-License-Identifier: Apache-2.0
// The attributes k8s.*.
#pragma once
#include "mizzen/telemetry/resource/detail/container.hpp"
#include "mizzen/telemetry/resource/detect.hpp"

namespace mizzen::telemetry::detail {

// `set` is told each attribute that is known, of which the last counts; empty values are to be passed over. Variables
// are POD_NAME, POD_UID, POD_NAMESPACE (or NAMESPACE), NODE_NAME, CONTAINER_NAME, DEPLOYMENT_NAME and CLUSTER_NAME
// behind K8S_, KUBE_ or OTEL_RESOURCE_ATTRIBUTES_, which the OpenTelemetry operator sets; the first of them counts. The
// first four count without a prefix too, but only inside a cluster: KUBERNETES_SERVICE_HOST is set, or the kubelet made
// control group or mounts.
void detect_kubernetes(const Machine& machine, const Environment& environment, const ContainerFacts& facts,
                       const std::function<void(std::string_view name, std::string value)>& set);

}  // namespace mizzen::telemetry::detail
