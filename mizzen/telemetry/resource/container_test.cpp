// SPDX-License-Identifier: Apache-2.0
// Control groups and mounts as Docker, containerd, CRI-O, Podman, systemd and Amazon's agent make them.
#include "mizzen/telemetry/resource/detail/container.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/random.hpp"

namespace mizzen::telemetry::detail {
namespace {

const std::string id = "9f2d4c1e7ab35580e6d0c3b2a194857600ffeeddccbbaa998877665544332211";
const std::string other = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const std::string uid = "7c6f1f3a-2b0e-4a55-9d3c-1e2f3a4b5c6d", slice_uid = "7c6f1f3a_2b0e_4a55_9d3c_1e2f3a4b5c6d";
const std::string static_uid = "0f3b9c1d2e4a5b6c7d8e9f0a1b2c3d4e";

std::string mount(const std::string& root, const std::string& point) {
    return "612 590 259:1 " + root + " " + point + " rw,relatime - ext4 /dev/nvme0n1p1 rw\n";
}

struct Case {
    const char* what;
    std::string cgroup, mounts, id, pod = "", name = "";
};

TEST(Container, IsKnownByItsControlGroupOrItsMounts) {
    const Case cases[] = {
        {"nowhere", "0::/user.slice/user-1000.slice/session-2.scope\n", mount("/", "/"), ""},
        {"a service of systemd", "0::/system.slice/shop.service\n", "", ""},
        {"docker, v1",
         "12:cpuset:/docker/" + id + "\n11:memory:/docker/" + id + "\n1:name=systemd:/docker/" + id + "\n", "", id},
        {"docker inside docker, v1", "12:cpuset:/docker/" + other + "/docker/" + id + "\n", "", id},
        {"docker with systemd, v1", "3:memory:/system.slice/docker-" + id + ".scope\n", "", id},
        {"docker, v2", "0::/\n",
         mount("/", "/") + mount("/var/lib/docker/containers/" + id + "/resolv.conf", "/etc/resolv.conf") +
             mount("/var/lib/docker/containers/" + id + "/hostname", "/etc/hostname"),
         id},
        {"docker with the host's groups, v2", "0::/system.slice/docker-" + id + ".scope\n", "", id},
        {"podman, v2", "0::/\n",
         mount("/home/me/.local/share/containers/storage/overlay-containers/" + id + "/userdata/hostname",
               "/etc/hostname"),
         id},
        {"podman, v1", "4:memory:/machine.slice/libpod-" + id + ".scope\n", "", id},
        {"podman, v2, host's groups",
         "0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-" + id + ".scope/container\n", "", id},
        {"what watches over a container", "0::/machine.slice/libpod-conmon-" + id + ".scope\n", "", ""},
        {"containerd, v1", "5:memory:/kubepods/burstable/pod" + uid + "/" + id + "\n", "", id, uid},
        {"containerd, guaranteed, v1", "5:memory:/kubepods/pod" + uid + "/" + id + "\n", "", id, uid},
        {"containerd with systemd, v1",
         "5:memory:/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod" + slice_uid +
             ".slice/cri-containerd-" + id + ".scope\n",
         "", id, uid},
        {"containerd as a service",
         "5:memory:/system.slice/containerd.service/kubepods-besteffort-pod" + slice_uid +
             ".slice:cri-containerd:" + id + "\n",
         "", id, uid},
        {"CRI-O with systemd", "0::/kubepods.slice/kubepods-pod" + slice_uid + ".slice/crio-" + id + ".scope\n", "", id,
         uid},
        {"CRI-O's monitor", "0::/kubepods.slice/kubepods-pod" + slice_uid + ".slice/crio-conmon-" + id + ".scope\n", "",
         "", uid},
        {"a static pod, kind's kubelet",
         "0::/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod" +
             static_uid + ".slice/cri-containerd-" + id + ".scope\n",
         "", id, static_uid},
        {"containerd, v2", "0::/\n",
         mount("/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/" + other + "/hostname", "/etc/hostname") +
             mount("/var/lib/kubelet/pods/" + uid + "/etc-hosts", "/etc/hosts") +
             mount("/var/lib/kubelet/pods/" + uid + "/containers/shop/4f3a2b1c", "/dev/termination-log"),
         "", uid, "shop"},
        {"CRI-O, v2: the mount is the sandbox's", "0::/\n",
         mount("/containers/storage/overlay-containers/" + other + "/userdata/hostname", "/etc/hostname") +
             mount("/var/lib/kubelet/pods/" + uid + "/etc-hosts", "/etc/hosts"),
         "", uid},
        {"a host that mounts the kubelet's folders", "0::/\n",
         mount("/var/lib/kubelet/pods/" + uid + "/volumes/x", "/mnt"), ""},
        {"ECS on EC2", "9:memory:/ecs/0b69d5c0b0e04a1d9c1b5e0d1a2b3c4d/" + id + "\n", "", id},
        {"Fargate", "9:memory:/ecs/0b69d5c0b0e04a1d9c1b5e0d1a2b3c4d/0b69d5c0b0e04a1d9c1b5e0d1a2b3c4d-2531612879\n", "",
         "0b69d5c0b0e04a1d9c1b5e0d1a2b3c4d-2531612879"},
        {"nearly an id", "0::/docker/" + id.substr(1) + "\n1::/docker/" + id + "0\n2::/docker/g" + id.substr(1) + "\n",
         "", ""},
        {"nearly a pod", "0::/kubepods/pod" + uid.substr(1) + "/x\n0::/mypod" + uid + "\n", "", ""},
    };
    for (const Case& c : cases) {
        const ContainerFacts facts = container_of(c.cgroup, c.mounts);
        EXPECT_EQ(facts.id, c.id) << c.what;
        EXPECT_EQ(facts.pod_uid, c.pod) << c.what;
        EXPECT_EQ(facts.container_name, c.name) << c.what;
    }
}

TEST(Container, NoTextDoesHarm) {
    Random random(1);
    const std::string parts[] = {"0:",    ":",  "/", "pod",  uid,          id,           ".slice", ".scope",     "-",
                                 "crio-", "\n", " ", "pods", "/etc-hosts", "/etc/hosts", "ecs",    "containers", ""};
    for (int round = 0; round < 2000; ++round) {
        std::string cgroup, mounts;
        for (std::uint64_t n = random.below(12); n > 0; --n) cgroup += parts[random.below(std::size(parts))];
        for (std::uint64_t n = random.below(12); n > 0; --n) mounts += parts[random.below(std::size(parts))];
        container_of(cgroup, mounts);
    }
}

}  // namespace
}  // namespace mizzen::telemetry::detail
