// SPDX-License-Identifier: Apache-2.0
// Paths of control groups and of mounts, part by part.
#include "mizzen/telemetry/resource/detail/container.hpp"

#include <algorithm>
#include <vector>

#include "mizzen/base/text.hpp"

namespace mizzen::telemetry::detail {
namespace {

bool is_hex(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}
bool is_container_id(std::string_view text) { return text.size() == 64 && is_hex(text); }

// With '_' as a systemd slice has it, or '-'.
bool is_pod_uid(std::string_view text) {
    if (text.size() == 32) return is_hex(text);
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (is_dash ? text[i] != '-' && text[i] != '_' : !is_hex(text.substr(i, 1))) return false;
    }
    return true;
}

std::string with_dashes(std::string_view uid) {
    std::string out(uid);
    std::ranges::replace(out, '_', '-');
    return out;
}

// "kubepods-burstable-pod<uid>.slice" and "pod<uid>".
void take_pod(std::string_view part, ContainerFacts& facts) {
    if (part.ends_with(".slice")) part.remove_suffix(6);
    const std::size_t at = part.rfind("pod");
    if (at == part.npos || (at != 0 && part[at - 1] != '-')) return;
    if (const std::string_view uid = part.substr(at + 3); is_pod_uid(uid)) facts.pod_uid = with_dashes(uid);
}

// "<id>", "docker-<id>.scope", "cri-containerd-<id>.scope", "crio-<id>.scope", "libpod-<id>.scope", and after a ':'.
// What watches over a container has its id too, but is not in it.
std::string_view id_in(std::string_view part) {
    if (part.starts_with("crio-conmon-") || part.starts_with("libpod-conmon-")) return {};
    if (part.ends_with(".scope")) part.remove_suffix(6);
    part.remove_prefix(part.rfind(':') + 1);
    if (part.size() > 64 && part[part.size() - 65] == '-') part.remove_prefix(part.size() - 64);
    return is_container_id(part) ? part : std::string_view();
}

// Fargate: "<32 digits of the task>-<number>" below /ecs.
bool is_ecs_id(std::string_view part) {
    return part.size() > 33 && part.size() <= 43 && part[32] == '-' && is_hex(part.substr(0, 32)) &&
           std::ranges::all_of(part.substr(33), [](char c) { return c >= '0' && c <= '9'; });
}

void read_cgroup_path(std::string_view path, ContainerFacts& facts) {
    const auto parts = split(path, '/');
    const bool is_ecs = std::ranges::find(parts, "ecs") != parts.end();
    for (const std::string_view part : parts) {
        // A slice can be joined with what is in it: "kubepods-pod<uid>.slice:cri-containerd:<id>".
        take_pod(part.substr(0, part.find(':')), facts);
        if (const std::string_view id = id_in(part); !id.empty()) facts.id = id;
        if (is_ecs && is_ecs_id(part)) facts.id = part;
    }
}

// The mount's root, where its own file system has it, and where it is seen here.
struct Mount {
    std::string_view root, point;
};

Mount mount_of(std::string_view line) {
    const auto fields = split(line, ' ');
    return fields.size() < 5 ? Mount{} : Mount{fields[3], fields[4]};
}

// ".../pods/<uid>/etc-hosts" and ".../pods/<uid>/containers/<name>/<hash>", which only the kubelet makes.
bool read_kubelet_mount(const Mount& mount, ContainerFacts& facts) {
    const auto parts = split(mount.root, '/');
    for (std::size_t i = 0; i + 2 < parts.size(); ++i) {
        if (parts[i] != "pods" || !is_pod_uid(parts[i + 1])) continue;
        const bool is_hosts = parts[i + 2] == "etc-hosts" && mount.point == "/etc/hosts";
        const bool is_container = parts[i + 2] == "containers" && i + 4 < parts.size();
        if (!is_hosts && !is_container) continue;
        if (facts.pod_uid.empty()) facts.pod_uid = with_dashes(parts[i + 1]);
        if (is_container) facts.container_name = parts[i + 3];
        return true;
    }
    return false;
}

// "/var/lib/docker/containers/<id>/hostname" and ".../overlay-containers/<id>/userdata/hostname".
std::string_view id_of_mount(const Mount& mount) {
    if (mount.point != "/etc/hostname" && mount.point != "/etc/hosts" && mount.point != "/etc/resolv.conf") return {};
    const auto parts = split(mount.root, '/');
    for (std::size_t i = 0; i + 1 < parts.size(); ++i)
        if (parts[i].ends_with("containers") && is_container_id(parts[i + 1])) return parts[i + 1];
    return {};
}

}  // namespace

ContainerFacts container_of(std::string_view cgroup, std::string_view mountinfo) {
    ContainerFacts facts;
    for (const std::string_view line : split(cgroup, '\n')) {
        const std::size_t first = line.find(':'), second = first == line.npos ? first : line.find(':', first + 1);
        if (second != line.npos) read_cgroup_path(trim(line.substr(second + 1)), facts);
    }
    bool is_pod = !facts.pod_uid.empty();
    std::string_view mounted;
    for (const std::string_view line : split(mountinfo, '\n')) {
        const Mount mount = mount_of(line);
        if (read_kubelet_mount(mount, facts)) is_pod = true;
        if (mounted.empty()) mounted = id_of_mount(mount);
    }
    if (facts.id.empty() && !is_pod) facts.id = mounted;
    return facts;
}

}  // namespace mizzen::telemetry::detail
