// SPDX-License-Identifier: Apache-2.0
// The Deployment of an app: the restricted Pod Security Standard by default, no surge of unready pods, spread for
// availability.
#include "mizzen/operator/parts/parts.hpp"

namespace mizzen::parts {
namespace {

kube::SecurityContext container_security() {
    return {.allow_privilege_escalation = false,
            .capabilities = kube::Capabilities{.drop = {"ALL"}},
            .privileged = false,
            .read_only_root_filesystem = true};
}

kube::PodSecurityContext pod_security() {
    return {.run_as_non_root = true, .seccomp_profile = kube::SeccompProfile{.type = "RuntimeDefault"}};
}

kube::ResourceRequirements resources(const Resources& wanted) {
    kube::ResourceRequirements out;
    out.requests = {{"cpu", wanted.cpu}, {"memory", wanted.memory}};
    // Memory cannot be taken back once used, so what is asked for is also the limit.
    out.limits = {{"memory", wanted.memory}};
    if (!wanted.cpu_limit.empty()) out.limits["cpu"] = wanted.cpu_limit;
    return out;
}

std::vector<kube::EnvVar> environment(const std::map<std::string, std::string>& env) {
    std::vector<kube::EnvVar> out;
    for (auto& [name, value] : env) out.push_back({.name = name, .value = value});
    return out;
}

// One per domain: pods should not share a node, nor all sit in one zone, but may where there is no other place.
std::vector<kube::TopologySpreadConstraint> spread(const WebApp& app) {
    std::vector<kube::TopologySpreadConstraint> out;
    for (const char* key : {"kubernetes.io/hostname", "topology.kubernetes.io/zone"}) {
        out.push_back({.label_selector = kube::LabelSelector{.match_labels = selector(app)},
                       .match_label_keys = {"pod-template-hash"},
                       .max_skew = 1,
                       .topology_key = key,
                       .when_unsatisfiable = "ScheduleAnyway"});
    }
    return out;
}

kube::Container container(const WebApp& app) {
    const WebAppSpec& spec = app.spec;
    kube::Container out{.args = spec.args,
                        .command = spec.command,
                        .env = environment(spec.env),
                        .image = spec.image,
                        .name = "app",
                        .ports = {{.container_port = spec.port, .name = "http", .protocol = "TCP"}},
                        .resources = resources(spec.resources.value_or(Resources{})),
                        .security_context = container_security(),
                        .volume_mounts = {{.mount_path = "/tmp", .name = "tmp"}}};
    add_probes(out, spec);
    return out;
}

void mount_config(kube::PodTemplateSpec& pod, const WebApp& app) {
    std::string hash = config_hash(app);
    if (hash.empty()) return;
    pod.metadata.annotations["mizzen.dev/config-hash"] = hash;
    pod.spec.volumes.push_back(
        {.config_map = kube::ConfigMapVolumeSource{.name = app.metadata.name}, .name = "config"});
    pod.spec.containers.front().volume_mounts.push_back(
        {.mount_path = app.spec.config->path, .name = "config", .read_only = true});
}

}  // namespace

kube::Deployment deployment(const WebApp& app) {
    kube::Deployment out{.metadata = child(app)};
    out.metadata.annotations[generation_annotation] = std::to_string(app.metadata.generation);
    out.spec.replicas = app.spec.replicas;
    out.spec.selector.match_labels = selector(app);
    // A new pod must serve before an old one goes.
    out.spec.strategy.type = "RollingUpdate";
    out.spec.strategy.rolling_update =
        kube::RollingUpdateDeployment{.max_surge = kube::IntOrString("25%"), .max_unavailable = kube::IntOrString(0)};

    kube::PodTemplateSpec& pod = out.spec.template_;
    pod.metadata.labels = labels(app);
    pod.spec.service_account_name = app.metadata.name;
    pod.spec.automount_service_account_token = false;
    pod.spec.enable_service_links = false;
    pod.spec.security_context = pod_security();
    pod.spec.topology_spread_constraints = spread(app);
    pod.spec.containers = {container(app)};
    // The root file system is read-only, but most programs want a scratch folder.
    pod.spec.volumes = {{.empty_dir = kube::EmptyDirVolumeSource{}, .name = "tmp"}};
    mount_config(pod, app);
    return out;
}

}  // namespace mizzen::parts
