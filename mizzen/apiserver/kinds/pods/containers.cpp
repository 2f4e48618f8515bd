// SPDX-License-Identifier: Apache-2.0
// Containers and init containers of a pod.
#include <fmt/format.h>

#include <set>

#include "mizzen/apiserver/kinds/pods/pod_rules.hpp"

namespace mizzen::apiserver {
namespace {

const std::vector<std::string_view> message_policies{"File", "FallbackToLogsOnError"};
const std::vector<std::string_view> pull_policies{"Always", "IfNotPresent", "Never"};

void check_common(const Place& container, const PodContext& context) {
    auto name = container.at("name"), image = container.at("image"), policy = container.at("terminationMessagePolicy");
    if (name.text().empty())
        name.required();
    else
        name.must_be(dns1123_label);
    if (image.text().empty()) image.required();
    policy.one_of(message_policies);
    check_container_parts(container, context);
    container.at("imagePullPolicy").one_of(pull_policies);
    check_resources(container.at("resources"));
    check_security_context(container.at("securityContext"));
}

void check_probes(const Place& container) {
    if (auto lifecycle = container.at("lifecycle")) check_lifecycle(lifecycle);
    for (auto* kind : {"livenessProbe", "readinessProbe", "startupProbe"}) {
        auto probe = container.at(kind);
        if (!probe) continue;
        check_probe(probe);
        auto threshold = probe.at("successThreshold"), grace = probe.at("terminationGracePeriodSeconds");
        bool is_readiness = std::string_view(kind) == "readinessProbe";
        if (is_readiness && grace) grace.invalid("must not be set for readinessProbes");
        if (!is_readiness && threshold.integer(1) != 1) threshold.invalid("must be 1");
    }
}

// The same port of the host twice, whatever the container.
void check_host_ports(const std::vector<Place>& containers) {
    std::set<std::string> seen;
    for (auto& container : containers) {
        for (auto& port : container.at("ports").items()) {
            auto host_port = port.at("hostPort");
            if (host_port.integer() == 0) continue;
            auto key =
                fmt::format("{}/{}/{}", port.at("protocol").text(), port.at("hostIP").text(), host_port.integer());
            if (!seen.insert(key).second) host_port.errors().push_back(duplicate_value(host_port.path(), key));
        }
    }
}

}  // namespace

void check_containers(const Place& containers, const PodContext& context) {
    auto all = containers.items();
    if (all.empty()) return containers.required();
    std::set<std::string_view> names;
    for (auto& container : all) {
        check_common(container, context);
        if (!names.insert(container.at("name").text()).second) container.at("name").duplicate();
        check_probes(container);
        if (auto policy = container.at("restartPolicy")) policy.one_of({"Always", "Never", "OnFailure"}, false);
    }
    check_host_ports(all);
}

void check_init_containers(const Place& containers, const Place& regular, const PodContext& context) {
    std::set<std::string_view> names;
    for (auto& container : regular.items()) names.insert(container.at("name").text());
    for (auto& container : containers.items()) {
        check_common(container, context);
        auto policy = container.at("restartPolicy"), name = container.at("name");
        if (policy) policy.one_of({"Always", "Never", "OnFailure"}, false);
        if (!names.insert(name.text()).second) name.duplicate();
        check_host_ports({container});
        if (policy.text() == "Always") {
            check_probes(container);
            continue;
        }
        for (auto* kind : {"lifecycle", "livenessProbe", "readinessProbe", "startupProbe"}) {
            if (auto found = container.at(kind))
                found.forbid("may not be set for init containers without restartPolicy=Always");
        }
    }
}

}  // namespace mizzen::apiserver
