// SPDX-License-Identifier: Apache-2.0
// What control groups and mounts tell about the container that a process is in.
#pragma once
#include <string>
#include <string_view>

namespace mizzen::telemetry::detail {

// Empty where it cannot be told.
struct ContainerFacts {
    std::string id;              // 64 hexadecimal digits, or what the runtime of ECS calls it
    std::string pod_uid;         // "12345678-90ab-cdef-1234-567890abcdef", or 32 digits for a static pod
    std::string container_name;  // as the pod calls it
};

// `cgroup`: the text of /proc/self/cgroup. `mountinfo`: that of /proc/self/mountinfo. With cgroup v2 a container does
// not see its own path; then the mounts that Docker and Podman make for it name it. In a pod those mounts are the
// sandbox's, whose id is another, so the container's is not told; but the kubelet's own mounts name pod and container.
// Sources: cgroups(7), proc_pid_mountinfo(5), Kubernetes' kubelet (cgroup names and the folder of a pod).
ContainerFacts container_of(std::string_view cgroup, std::string_view mountinfo);

}  // namespace mizzen::telemetry::detail
