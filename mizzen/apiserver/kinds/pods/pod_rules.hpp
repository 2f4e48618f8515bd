// SPDX-License-Identifier: Apache-2.0
// The rules of Pods and of what holds a pod template. Each check says what is wrong at its Place, in kube-apiserver's
// words and order.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/apiserver/kinds/place.hpp"

namespace mizzen::apiserver {

// What a container may refer to in its pod.
struct PodContext {
    std::set<std::string, std::less<>> volumes;  // names of volumes that are well
    std::set<std::string, std::less<>> claims;   // names of resourceClaims
    bool host_users = true;
};

// A whole pod spec, of a Pod or of a template.
void check_pod_spec(const Place& spec);
// {metadata, spec} of a workload.
void check_pod_template(const Place& pod_template);

void check_volumes(const Place& volumes, PodContext& context);
void check_containers(const Place& containers, const PodContext& context);
void check_init_containers(const Place& containers, const Place& regular, const PodContext& context);
// Ports, environment, mounts, devices: what all kinds of containers have.
void check_container_parts(const Place& container, const PodContext& context);
// "limits" and "requests".
void check_resources(const Place& resources);
void check_probe(const Place& probe);
void check_lifecycle(const Place& lifecycle);
// A port by number or by name.
void check_port_or_name(const Place& port);
void check_security_context(const Place& context);
void check_pod_security(const Place& spec);
// Affinity, tolerations, spread constraints, gates.
void check_scheduling(const Place& spec);
void check_tolerations(const Place& tolerations);
// Node selector terms, also those of volumes.
void check_node_selector(const Place& selector);

// What an update of a Pod may change: images, activeDeadlineSeconds, new tolerations, fewer scheduling gates.
void check_pod_update(const Place& pod, const json::Value& old);

// The source of a volume that `volume` is a member of; `more` are names that only persistent volumes have. Complains of
// none and of several.
void check_one_source(const Place& holder, const std::vector<std::string_view>& sources);
const std::vector<std::string_view>& volume_sources();
// One source by name: what it must have.
void check_volume_source(std::string_view kind, const Place& source);
// "must not contain '..'", "must be a relative path".
void check_relative_path(const Place& path);

}  // namespace mizzen::apiserver
