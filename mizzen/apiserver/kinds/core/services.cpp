// SPDX-License-Identifier: Apache-2.0
// Services and Endpoints.
#include <fmt/format.h>

#include <set>

#include "mizzen/apiserver/kinds/core/endpoint_rules.hpp"
#include "mizzen/apiserver/kinds/kinds.hpp"
#include "mizzen/apiserver/kinds/metadata.hpp"
#include "mizzen/apiserver/kinds/pods/pod_rules.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

const std::vector<std::string_view> protocols{"SCTP", "TCP", "UDP"};
const std::vector<std::string_view> types{"ClusterIP", "ExternalName", "LoadBalancer", "NodePort"};

bool is_headless(const Place& spec) { return spec.at("clusterIP").text() == "None"; }

void check_external_name(const Place& spec) {
    for (auto* member : {"clusterIPs", "ipFamilies", "ipFamilyPolicy"}) {
        if (auto found = spec.at(member); found.filled()) found.forbid("may not be set for ExternalName services");
    }
    auto name = spec.at("externalName");
    auto text = name.text();
    if (text.ends_with('.')) text.remove_suffix(1);
    if (text.empty())
        name.required();
    else
        for (auto& wrong : dns1123_subdomain(text)) name.invalid(text, wrong);
}

void check_kind_of_service(const Place& spec) {
    auto type = spec.at("type").text();
    if (spec.at("ports").size() == 0 && !is_headless(spec) && type != "ExternalName") spec.at("ports").required();
    bool outside = type == "LoadBalancer" || type == "NodePort";
    if (outside && is_headless(spec)) {
        spec.errors().push_back(
            invalid_value("spec.clusterIPs[0]", "None", fmt::format("may not be set to 'None' for {} services", type)));
    }
    if (type == "ExternalName") check_external_name(spec);
}

void check_port(const Place& port, bool needs_name, std::set<std::string_view>& names) {
    auto name = port.at("name");
    if (!name.text().empty()) {
        name.must_be(dns1123_label);
        if (!names.insert(name.text()).second) name.duplicate();
    } else if (needs_name) {
        name.required();
    }
    for (auto& wrong : port_number(port.at("port").integer()))
        port.at("port").invalid(port.at("port").integer(), wrong);
    port.at("protocol").one_of(protocols);
    check_port_or_name(port.at("targetPort"));
    if (auto app = port.at("appProtocol")) app.must_be(label_key);
}

void check_affinity(const Place& spec) {
    auto affinity = spec.at("sessionAffinity"), config = spec.at("sessionAffinityConfig");
    affinity.one_of({"ClientIP", "None"});
    if (affinity.text() == "None" && config) config.forbid("must not be set when session affinity is None");
    if (affinity.text() != "ClientIP") return;
    auto timeout = config.at({"clientIP", "timeoutSeconds"});
    if (!config)
        config.required("when session affinity type is ClientIP");
    else if (!config.at("clientIP"))
        config.at("clientIP").required("when session affinity type is ClientIP");
    else if (!timeout)
        timeout.required("when session affinity type is ClientIP");
    else if (timeout.integer() <= 0 || timeout.integer() > 86400)
        timeout.invalid("must be greater than 0 and less than 86400");
}

void check_cluster_ips(const Place& spec) {
    if (spec.at("type").text() == "ExternalName") return;
    auto ip = spec.at("clusterIP"), ips = spec.at("clusterIPs");
    if (!ip.text().empty()) {
        if (ips.size() == 0)
            ips.required();
        else if (ips.item(0).text() != ip.text())
            ips.invalid("first value must match `clusterIP`");
    } else if (ips.size() != 0) {
        ips.invalid("must be empty when `clusterIP` is not specified");
    }
    std::set<std::string_view> families;
    for (auto& family : spec.at("ipFamilies").items()) {
        if (family.text() != "IPv4" && family.text() != "IPv6") family.unsupported({"IPv4", "IPv6"});
        if (!families.insert(family.text()).second) family.duplicate();
    }
    spec.at("ipFamilyPolicy").one_of({"PreferDualStack", "RequireDualStack", "SingleStack"}, false);
    bool first = true;
    for (auto& one : ips.items()) {
        bool is_none = first && one.text() == "None";
        first = false;
        if (is_none && ips.size() > 1) ips.invalid("'None' must be the first and only value");
        if (!is_none) one.complain(ip_address(one.text()));
    }
    if (ips.size() > 2) ips.invalid("may only hold up to 2 values");
}

void check_unique_ports(const Place& ports, bool cluster_only) {
    for (auto& port : ports.items()) {
        if (cluster_only && port.at("nodePort").integer() != 0)
            port.at("nodePort").forbid("may not be used when `type` is 'ClusterIP'");
    }
    std::set<std::pair<std::string_view, std::int64_t>> node_ports, numbers;
    for (auto& port : ports.items()) {
        auto number = port.at("nodePort");
        if (number.integer() != 0 && !node_ports.emplace(port.at("protocol").text(), number.integer()).second)
            number.duplicate();
    }
    for (auto& port : ports.items()) {
        auto protocol = port.at("protocol").text();
        auto number = port.at("port").integer();
        if (numbers.emplace(protocol, number).second) continue;
        // Go's own struct, as messages show it.
        port.errors().push_back(
            {"FieldValueDuplicate", port.path(),
             fmt::format(
                 R"(Duplicate value: {{"Name":"","Protocol":"{}","AppProtocol":null,"Port":{},"TargetPort":0,"NodePort":0}})",
                 protocol, number)});
    }
}

void check_load_balancer(const Place& spec) {
    bool is_balancer = spec.at("type").text() == "LoadBalancer";
    constexpr auto only = "may only be used when `type` is 'LoadBalancer'";
    auto ranges = spec.at("loadBalancerSourceRanges");
    Place shown(ranges.find(), child_path(spec.path(), "LoadBalancerSourceRanges"), spec.errors());
    if (ranges.size() > 0 && !is_balancer) shown.forbid(only);
    for (auto& range : shown.items()) range.complain(cidr(range.text()));
    auto allocate = spec.at("allocateLoadBalancerNodePorts"), balancer = spec.at("loadBalancerClass");
    if (allocate && !is_balancer) allocate.forbid(only);
    if (balancer) {
        if (is_balancer)
            balancer.must_be(label_key);
        else
            balancer.forbid(only);
    }
}

void check_traffic(const Place& spec) {
    auto type = spec.at("type").text();
    auto external = spec.at("externalTrafficPolicy"), internal = spec.at("internalTrafficPolicy"),
         health = spec.at("healthCheckNodePort");
    bool outside =
        type == "LoadBalancer" || type == "NodePort" || (type == "ClusterIP" && spec.at("externalIPs").size() > 0);
    if (outside)
        external.one_of({"Cluster", "Local"});
    else if (!external.text().empty())
        external.invalid("may only be set for externally-accessible services");
    bool needs_health = type == "LoadBalancer" && external.text() == "Local";
    if (!needs_health && health.integer() != 0) {
        health.invalid("may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
    }
    bool inside = type == "ClusterIP" || type == "NodePort" || type == "LoadBalancer";
    if (inside) internal.one_of({"Cluster", "Local"});
    if (auto distribution = spec.at("trafficDistribution"))
        distribution.one_of({"PreferClose", "PreferSameZone", "PreferSameNode"}, false);
}

void check_service_update(const Place& spec, const Value& old) {
    auto type = spec.at("type").text(), old_type = old.text({"spec", "type"});
    auto before = old.text({"spec", "clusterIP"});
    auto ip = spec.at("clusterIP").text();
    bool both_inside = type != "ExternalName" && old_type != "ExternalName";
    auto fixed = [&](std::string_view why) {
        auto ips = spec.at("clusterIPs");
        spec.errors().push_back(
            invalid_value("spec.clusterIPs[0]", ips.find() ? ips.value() : Value(nullptr), std::string(why)));
    };
    if (both_inside && !before.empty()) {
        if (ip.empty())
            fixed("primary clusterIP can not be unset");
        else if (ip != before)
            fixed("may not change once set");
    }
    bool still_balancer = type == "LoadBalancer" && old_type == "LoadBalancer";
    auto balancer = spec.at("loadBalancerClass");
    if (still_balancer && !same(balancer.find(), old.find_path({"spec", "loadBalancerClass"})))
        balancer.invalid("may not change once set");
}

}  // namespace

void prepare_service(json::Value& object) {
    auto ip = std::string(object.text({"spec", "clusterIP"}));
    if (!ip.empty() && is_empty(object.find_path({"spec", "clusterIPs"})))
        object.at({"spec", "clusterIPs"}) = json::Array{ip};
}

void prepare_service_update(json::Value& object, const json::Value& old) {
    auto* before = old.find("spec");
    auto& spec = object["spec"];
    if (!before || spec.text("type") == "ExternalName" || before->text("type") == "ExternalName")
        return prepare_service(object);
    bool same_ips = same(spec.find("clusterIPs"), before->find("clusterIPs"));
    auto ip = std::string(spec.text("clusterIP"));
    if (ip.empty() && (same_ips || is_empty(spec.find("clusterIPs")))) {
        for (auto* member : {"clusterIP", "clusterIPs"}) {
            if (auto* kept = before->find(member)) spec[member] = *kept;
        }
    } else if (ip != before->text("clusterIP") && same_ips) {
        spec["clusterIPs"] = json::Array{ip};
    } else {
        prepare_service(object);
    }
}

void check_service(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    if (old) check_service_update(spec, *old);
    check_kind_of_service(spec);
    auto ports = spec.at("ports");
    std::set<std::string_view> names;
    for (auto& port : ports.items()) check_port(port, ports.size() > 1, names);
    check_labels(spec.at("selector"));
    check_affinity(spec);
    check_cluster_ips(spec);
    for (auto& ip : spec.at("externalIPs").items()) {
        auto wrong = ip_address(ip.text());
        if (wrong.empty())
            check_endpoint_ip(ip);
        else
            ip.complain(wrong);
    }
    spec.at("type").one_of(types);
    check_unique_ports(ports, spec.at("type").text() == "ClusterIP");
    check_load_balancer(spec);
    check_traffic(spec);
}

void check_endpoint_ip(const Place& ip) {
    auto text = ip.text();
    auto wrong = ip_address(text, false);
    if (!wrong.empty()) return ip.invalid("must be a valid IP address");
    if (text == "0.0.0.0" || text == "::") ip.invalid(fmt::format("may not be unspecified ({})", text));
    if (text.starts_with("127.") || text == "::1")
        ip.invalid("may not be in the loopback range (127.0.0.0/8, ::1/128)");
    if (text.starts_with("169.254.") || text.starts_with("fe80:"))
        ip.invalid("may not be in the link-local range (169.254.0.0/16, fe80::/10)");
    if (text.starts_with("224.0.0.") || text.starts_with("ff02:")) {
        ip.invalid("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
    }
}

void check_endpoints(const json::Value& object, const json::Value*, std::vector<FieldError>& errors) {
    for (auto& subset : Place(object.find("subsets"), "subsets", errors).items()) {
        if (subset.at("addresses").size() == 0 && subset.at("notReadyAddresses").size() == 0) {
            subset.required("must specify `addresses` or `notReadyAddresses`");
        }
        for (auto* list : {"addresses", "notReadyAddresses"}) {
            for (auto& address : subset.at(list).items()) {
                auto ip = address.at("ip");
                auto wrong = ip_address(ip.text());
                if (wrong.empty())
                    check_endpoint_ip(ip);
                else
                    ip.complain(wrong);
                if (auto host = address.at("hostname"); !host.text().empty()) host.must_be(dns1123_label);
                if (auto node = address.at("nodeName")) node.must_be(dns1123_subdomain);
            }
        }
        auto ports = subset.at("ports");
        for (auto& port : ports.items()) {
            auto name = port.at("name");
            if (!name.text().empty())
                name.must_be(dns1123_label);
            else if (ports.size() > 1)
                name.required();
            for (auto& wrong : port_number(port.at("port").integer()))
                port.at("port").invalid(port.at("port").integer(), wrong);
            port.at("protocol").one_of(protocols);
        }
    }
}

}  // namespace mizzen::apiserver
