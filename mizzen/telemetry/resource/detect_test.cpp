// SPDX-License-Identifier: Apache-2.0
// What detectors find, and what they leave out.
#include "mizzen/telemetry/resource/detect.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <map>

#include "mizzen/telemetry/resource/detail/os_release.hpp"

namespace mizzen::telemetry {
namespace {

using Texts = std::map<std::string, std::string, std::less<>>;

struct World {
    std::map<std::string, std::string> detect(std::vector<Detector> detectors) const {
        Machine machine = facts;
        const auto find = [](const Texts& texts) {
            return [&texts](std::string_view name) -> std::optional<std::string> {
                const auto at = texts.find(name);
                return at == texts.end() ? std::nullopt : std::optional(at->second);
            };
        };
        machine.read = find(files);
        std::map<std::string, std::string> out;
        for (const Attribute& each : telemetry::detect(detectors, machine, find(variables))) {
            const auto* text = each.value.as<std::string>();
            out[std::string(each.key.view())] = text ? *text : std::to_string(*each.value.as<std::int64_t>());
        }
        return out;
    }
    Machine facts = {};
    Texts files = {}, variables = {};
};

using Found = std::map<std::string, std::string>;
const std::vector<Detector> all(std::begin(all_detectors), std::end(all_detectors));
const std::string uid = "7c6f1f3a-2b0e-4a55-9d3c-1e2f3a4b5c6d";

TEST(Detect, NothingIsMadeUp) { EXPECT_EQ(World().detect(all), Found()); }

TEST(Detect, ProcessWithoutItsArguments) {
    World world;
    world.facts = {.pid = 7, .parent_pid = 1, .user_id = 1000, .executable = "/usr/bin/shop"};
    world.files = {{"/proc/self/cmdline", std::string("./shop\0--key=hunter2\0", 21)},
                   {"/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nme:x:1000:1000::/home/me:/bin/sh\n"}};
    Found found = world.detect({Detector::process});
    EXPECT_EQ(found["process.runtime.name"], "libstdc++");
    EXPECT_NE(found["process.runtime.version"], "");
    found.erase("process.runtime.name");
    found.erase("process.runtime.version");
    EXPECT_EQ(found, (Found{{"process.pid", "7"},
                            {"process.parent_pid", "1"},
                            {"process.executable.path", "/usr/bin/shop"},
                            {"process.executable.name", "shop"},
                            {"process.command", "./shop"},
                            {"process.owner", "me"}}));
    world.facts.user_id = 4711;
    EXPECT_FALSE(world.detect({Detector::process}).contains("process.owner"));
}

TEST(Detect, HostAndItsIdOutsideOfContainers) {
    World world;
    world.facts = {.host_name = "web-1", .architecture = "aarch64"};
    world.files = {{"/etc/machine-id", "0123456789abcdef0123456789abcdef\n"}};
    EXPECT_EQ(world.detect({Detector::host}),
              (Found{{"host.name", "web-1"}, {"host.arch", "arm64"}, {"host.id", "0123456789abcdef0123456789abcdef"}}));
    world.files["/proc/self/cgroup"] = "0::/kubepods/pod" + uid + "/x\n";
    EXPECT_FALSE(world.detect({Detector::host}).contains("host.id")) << "an image's file is no machine's";
    world.files = {{"/etc/machine-id", "uninitialized\n"}};
    EXPECT_FALSE(world.detect({Detector::host}).contains("host.id"));
    world.files = {{"/var/lib/dbus/machine-id", "abc\n"}};
    EXPECT_EQ(world.detect({Detector::host})["host.id"], "abc");
    world.facts.architecture = "riscv64";
    EXPECT_EQ(world.detect({Detector::host})["host.arch"], "riscv64");
}

TEST(Detect, OperatingSystem) {
    World world;
    world.facts = {.system = "Linux", .system_release = "6.1.0-28-amd64"};
    world.files = {{"/etc/os-release",
                    "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\n"
                    "# BUILD_ID=1\nID=debian\n"}};
    EXPECT_EQ(world.detect({Detector::os}),
              (Found{{"os.type", "linux"},
                     {"os.name", "Debian GNU/Linux"},
                     {"os.version", "12"},
                     {"os.description", "Debian GNU/Linux 12 (bookworm), Linux 6.1.0-28-amd64"}}));
    world.files = {{"/usr/lib/os-release", "NAME='Alpine Linux'\nVERSION_ID=3.20.1\nBUILD_ID=rolling\n"}};
    EXPECT_EQ(world.detect({Detector::os}), (Found{{"os.type", "linux"},
                                                   {"os.name", "Alpine Linux"},
                                                   {"os.version", "3.20.1"},
                                                   {"os.build_id", "rolling"},
                                                   {"os.description", "Linux 6.1.0-28-amd64"}}));
}

TEST(Detect, PodFromTheKubeletsMounts) {
    World world;
    world.facts = {.host_name = "shop-7d4b9-x2x4z"};
    world.files = {{"/proc/self/mountinfo", "1 2 3:4 /var/lib/kubelet/pods/" + uid +
                                                "/etc-hosts /etc/hosts rw - ext4 x rw\n1 2 3:4 "
                                                "/var/lib/kubelet/pods/" +
                                                uid + "/containers/shop/1a2b /dev/termination-log rw - ext4 x rw\n"},
                   {"/var/run/secrets/kubernetes.io/serviceaccount/namespace", "shops"},
                   {"/etc/hosts", "# Kubernetes-managed hosts file.\n127.0.0.1 localhost\n"}};
    EXPECT_EQ(world.detect({Detector::kubernetes, Detector::container}),
              (Found{{"k8s.pod.uid", uid},
                     {"k8s.namespace.name", "shops"},
                     {"k8s.container.name", "shop"},
                     {"k8s.pod.hostname", "shop-7d4b9-x2x4z"}}));
    world.files["/etc/hosts"] = "# Kubernetes-managed hosts file (host network).\n127.0.0.1 localhost\n";
    EXPECT_FALSE(world.detect({Detector::kubernetes}).contains("k8s.pod.hostname")) << "that is the node's";
}

TEST(Detect, PodFromVariables) {
    World world;
    world.variables = {{"POD_NAME", "plain"}, {"NODE_NAME", "n1"}};
    EXPECT_EQ(world.detect({Detector::kubernetes}), Found()) << "anybody may set those";
    world.variables["KUBERNETES_SERVICE_HOST"] = "10.0.0.1";
    EXPECT_EQ(world.detect({Detector::kubernetes}), (Found{{"k8s.pod.name", "plain"}, {"k8s.node.name", "n1"}}));
    world.variables["OTEL_RESOURCE_ATTRIBUTES_POD_NAME"] = "operator's";
    EXPECT_EQ(world.detect({Detector::kubernetes})["k8s.pod.name"], "operator's");
    world.variables["KUBE_POD_NAME"] = "kube's";
    EXPECT_EQ(world.detect({Detector::kubernetes})["k8s.pod.name"], "kube's");
    world.variables["K8S_POD_NAME"] = " k8s' ";
    EXPECT_EQ(world.detect({Detector::kubernetes})["k8s.pod.name"], "k8s'");
    world = {};
    world.variables = {{"K8S_POD_UID", uid},        {"K8S_NAMESPACE", "a"},        {"K8S_NODE_NAME", "n"},
                       {"K8S_CONTAINER_NAME", "c"}, {"KUBE_DEPLOYMENT_NAME", "d"}, {"K8S_CLUSTER_NAME", "e"},
                       {"CLUSTER_NAME", "plain"}};
    EXPECT_EQ(world.detect({Detector::kubernetes}), (Found{{"k8s.pod.uid", uid},
                                                           {"k8s.namespace.name", "a"},
                                                           {"k8s.node.name", "n"},
                                                           {"k8s.container.name", "c"},
                                                           {"k8s.deployment.name", "d"},
                                                           {"k8s.cluster.name", "e"}}));
}

TEST(Detect, ValuesAreCutAndMended) {
    World world;
    world.facts.host_name = std::string(5000, 'x');
    EXPECT_EQ(world.detect({Detector::host})["host.name"].size(), 1024u);
    world.facts.host_name = "a\xff";
    EXPECT_EQ(world.detect({Detector::host})["host.name"], "a\xef\xbf\xbd");
}

TEST(Detect, NamesOfDetectors) {
    for (const Detector each : all_detectors) EXPECT_EQ(parse_detector(to_string(each)), each);
    EXPECT_EQ(parse_detector("k8s"), Detector::kubernetes);
    EXPECT_EQ(parse_detector("Host"), std::nullopt);
}

TEST(Detect, ThisMachineKnowsItself) {
    const Machine machine = this_machine();
    EXPECT_EQ(machine.pid, getpid());
    EXPECT_EQ(machine.system, "Linux");
    EXPECT_NE(machine.executable.find("telemetry_test"), std::string::npos) << machine.executable;
    EXPECT_TRUE(machine.read("/proc/self/cgroup"));
    EXPECT_FALSE(machine.read("/no/such/file"));
    const Attributes found = telemetry::detect(all, machine, [](std::string_view) { return std::nullopt; });
    EXPECT_NE(found.find("process.executable.name"), nullptr);
    EXPECT_NE(found.find("os.type"), nullptr);
}

TEST(OsRelease, ValuesAreUnquoted) {
    EXPECT_EQ(detail::os_release_value("A=\"x \\\"y\\\" \\$z\"\n", "A"), "x \"y\" $z");
    EXPECT_EQ(detail::os_release_value("A=1\nA=2\nAB=3\n", "A"), "2") << "the last counts";
    EXPECT_EQ(detail::os_release_value("A='\n", "A"), "'");
    EXPECT_EQ(detail::os_release_value("", "A"), "");
    EXPECT_EQ(detail::user_name("a:x:1\nbroken\nb:x:10:", 10), "b");
    EXPECT_EQ(detail::user_name("", 0), "");
}

}  // namespace
}  // namespace mizzen::telemetry
