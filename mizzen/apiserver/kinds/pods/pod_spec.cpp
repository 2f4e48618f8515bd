// SPDX-License-Identifier: Apache-2.0
// A whole pod spec.
#include <fmt/format.h>

#include <limits>

#include "mizzen/apiserver/kinds/metadata.hpp"
#include "mizzen/apiserver/kinds/pods/pod_rules.hpp"

namespace mizzen::apiserver {
namespace {

void check_dns(const Place& spec) {
    auto config = spec.at("dnsConfig"), policy = spec.at("dnsPolicy");
    bool none = policy.text() == "None";
    if (none && !config) return config.required("must provide `dnsConfig` when `dnsPolicy` is None");
    auto servers = config.at("nameservers"), searches = config.at("searches");
    if (none && servers.size() == 0)
        return servers.required("must provide at least one DNS nameserver when `dnsPolicy` is None");
    if (servers.size() > 3) servers.invalid("must not have more than 3 nameservers");
    for (auto& server : servers.items()) server.complain(ip_address(server.text(), false));
    if (searches.size() > 32) searches.invalid("must not have more than 32 search paths");
    for (auto& option : config.at("options").items()) {
        if (option.at("name").text().empty()) option.required("must not be empty");
    }
}

void check_host_network(const Place& spec) {
    if (!spec.at("hostNetwork").is_true()) return;
    for (auto* list : {"containers", "initContainers"}) {
        for (auto& container : spec.at(list).items()) {
            for (auto& port : container.at("ports").items()) {
                auto host_port = port.at("hostPort");
                if (host_port.integer() != port.at("containerPort").integer()) {
                    host_port.invalid(host_port.integer(), "must match `containerPort` when `hostNetwork` is true");
                }
            }
        }
    }
}

void check_names(const Place& spec) {
    auto name = [&](std::string_view member, Complaints (*rule)(std::string_view)) {
        if (auto at = spec.at(member); !at.text().empty()) at.must_be(rule);
    };
    name("serviceAccountName", dns1123_subdomain);
    auto account = spec.at("serviceAccountName").text(), old_account = spec.at("serviceAccount").text();
    if (old_account != account && !old_account.empty()) {
        spec.at("deprecatedServiceAccount")
            .invalid(old_account, fmt::format("must be the same as serviceAccountName: {}", quoted(account)));
    }
    name("nodeName", dns1123_subdomain);
    if (auto deadline = spec.at("activeDeadlineSeconds"))
        deadline.complain(in_range(deadline.integer(), 1, std::numeric_limits<std::int32_t>::max()));
    name("hostname", dns1123_label);
    name("subdomain", dns1123_label);
    check_tolerations(spec.at("tolerations"));
    for (auto& alias : spec.at("hostAliases").items()) {
        for (auto& host : alias.at("hostnames").items()) {
            host.must_be(dns1123_subdomain);
        }
        alias.at("ip").complain(ip_address(alias.at("ip").text(), false));
    }
    name("priorityClassName", dns1123_subdomain);
    name("runtimeClassName", dns1123_subdomain);
    spec.at("preemptionPolicy").one_of({"PreemptLowerPriority", "Never"}, false);
    if (auto os = spec.at("os")) {
        auto known = os.at("name").text();
        if (known.empty())
            os.at("name").required();
        else if (known != "linux" && known != "windows")
            spec.errors().push_back(not_supported(os.path(), known, {"linux", "windows"}));
    }
}

}  // namespace

void check_pod_spec(const Place& spec) {
    PodContext context;
    for (auto& claim : spec.at("resourceClaims").items()) context.claims.emplace(claim.at("name").text());
    auto grace = spec.at("terminationGracePeriodSeconds");
    if (!grace) grace.required();
    check_volumes(spec.at("volumes"), context);
    check_containers(spec.at("containers"), context);
    check_init_containers(spec.at("initContainers"), spec.at("containers"), context);
    check_host_network(spec);
    spec.at("restartPolicy").one_of({"Always", "OnFailure", "Never"});
    spec.at("dnsPolicy").one_of({"ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"});
    check_labels(spec.at("nodeSelector"));
    check_pod_security(spec);
    check_dns(spec);
    check_scheduling(spec);
    check_names(spec);
}

void check_pod_template(const Place& pod_template) {
    auto metadata = pod_template.at("metadata"), spec = pod_template.at("spec");
    Place labels(metadata.at("labels").find(), child_path(pod_template.path(), "labels"), pod_template.errors());
    Place annotations(metadata.at("annotations").find(), child_path(pod_template.path(), "annotations"),
                      pod_template.errors());
    check_labels(labels);
    check_annotations(annotations);
    check_pod_spec(spec);
    if (auto containers = spec.at("ephemeralContainers"); containers.filled())
        containers.forbid("ephemeral containers not allowed in pod template");
}

}  // namespace mizzen::apiserver
