// SPDX-License-Identifier: Apache-2.0
// Services, their endpoints, and what lets traffic in.
#include <fmt/format.h>
#include <algorithm>

#include "mizzen/apiserver/table/layouts.hpp"
#include "mizzen/base/text.hpp"

namespace mizzen::apiserver {
namespace {

std::vector<std::string> texts(const json::Array& list) {
    std::vector<std::string> out;
    for (const json::Value& item : list) {
        if (item.is_string()) out.push_back(item.as_string());
    }
    return out;
}

// Addresses of a load balancer, sorted, each once.
std::vector<std::string> balancer_addresses(const Row& row) {
    std::vector<std::string> out;
    for (const json::Value& ingress : row.items({"status", "loadBalancer", "ingress"})) {
        std::string_view address = ingress.text("ip").empty() ? ingress.text("hostname") : ingress.text("ip");
        if (!address.empty()) out.emplace_back(address);
    }
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    return out;
}

std::string external_address(const Row& row) {
    std::string_view type = row.text({"spec", "type"});
    if (type == "ExternalName") return std::string(row.text({"spec", "externalName"}));
    std::vector<std::string> external = texts(row.items({"spec", "externalIPs"}));
    if (type == "ClusterIP" || type == "NodePort") return external.empty() ? "<none>" : join(external, ",");
    if (type != "LoadBalancer") return "<unknown>";
    std::vector<std::string> all = balancer_addresses(row);
    all.insert(all.end(), external.begin(), external.end());
    return all.empty() ? "<pending>" : join(all, ",");
}

std::string service_ports(const Row& row) {
    std::vector<std::string> out;
    for (const json::Value& port : row.items({"spec", "ports"})) {
        std::int64_t number = port.integer({"port"}), node_port = port.integer({"nodePort"});
        if (node_port > 0)
            out.push_back(fmt::format("{}:{}/{}", number, node_port, port.text("protocol")));
        else
            out.push_back(fmt::format("{}/{}", number, port.text("protocol")));
    }
    return out.empty() ? "<none>" : join(out, ",");
}

json::Array service_cells(const Row& row) {
    const json::Array& addresses = row.items({"spec", "clusterIPs"});
    std::string cluster_ip = addresses.empty() || !addresses[0].is_string() ? "<none>" : addresses[0].as_string();
    return {row.name(),
            row.text({"spec", "type"}),
            cluster_ip,
            external_address(row),
            service_ports(row),
            row.age(),
            labels_text(row.find({"spec", "selector"}))};
}

std::string with_port(std::string_view address, std::int64_t port) {
    return address.find(':') == std::string_view::npos ? fmt::format("{}:{}", address, port)
                                                       : fmt::format("[{}]:{}", address, port);
}

std::string endpoints_text(const Row& row) {
    const json::Array& subsets = row.items({"subsets"});
    if (subsets.empty()) return "<none>";
    std::vector<std::string> all;
    for (const json::Value& subset : subsets) {
        const json::Array &ports = items_of(subset.find("ports")), &addresses = items_of(subset.find("addresses"));
        if (ports.empty()) {
            for (const json::Value& address : addresses) all.emplace_back(address.text("ip"));
        }
        for (const json::Value& port : ports) {
            for (const json::Value& address : addresses)
                all.push_back(with_port(address.text("ip"), port.integer({"port"})));
        }
    }
    return shortened(all, 3);
}

json::Array endpoints_cells(const Row& row) { return {row.name(), endpoints_text(row), row.age()}; }

std::string or_unset(std::string text) { return text.empty() ? "<unset>" : text; }

json::Array endpoint_slice_cells(const Row& row) {
    std::vector<std::string> ports, addresses;
    for (const json::Value& port : row.items({"ports"})) {
        const json::Value* name = port.find("name");
        if (port.find("port"))
            ports.push_back(std::to_string(port.integer({"port"})));
        else
            ports.push_back(name ? std::string(port.text("name")) : "*");
    }
    for (const json::Value& endpoint : row.items({"endpoints"})) {
        for (std::string& address : texts(items_of(endpoint.find("addresses"))))
            addresses.push_back(std::move(address));
    }
    return {row.name(), row.text({"addressType"}), or_unset(shortened(ports, 3)), or_unset(shortened(addresses, 3)),
            row.age()};
}

std::string ingress_hosts(const Row& row) {
    const json::Array& rules = row.items({"spec", "rules"});
    std::vector<std::string> hosts;
    bool more = false;
    for (const json::Value& rule : rules) {
        if (hosts.size() == 3)
            more = true;
        else if (!rule.text("host").empty())
            hosts.emplace_back(rule.text("host"));
    }
    if (hosts.empty()) return "*";
    return more ? fmt::format("{} + {} more...", join(hosts, ","), rules.size() - 3) : join(hosts, ",");
}

json::Array ingress_cells(const Row& row) {
    bool secure = size_of(row.find({"spec", "tls"})) > 0;
    return {row.name(),
            row.text_or({"spec", "ingressClassName"}, "<none>"),
            ingress_hosts(row),
            join(balancer_addresses(row), ","),
            secure ? "80, 443" : "80",
            row.age()};
}

json::Array ingress_class_cells(const Row& row) {
    bool is_default = row.text({"metadata", "annotations", "ingressclass.kubernetes.io/is-default-class"}) == "true";
    std::string parameters = "<none>";
    if (const json::Value* given = row.find({"spec", "parameters"})) {
        parameters = given->text("kind");
        if (given->find("apiGroup")) parameters += fmt::format(".{}", given->text("apiGroup"));
        parameters += fmt::format("/{}", given->text("name"));
    }
    return {fmt::format("{}{}", row.name(), is_default ? " (default)" : ""), row.text({"spec", "controller"}),
            parameters, row.age()};
}

json::Array network_policy_cells(const Row& row) {
    return {row.name(), selector_text_of(row.find({"spec", "podSelector"})), row.age()};
}

json::Array ip_address_cells(const Row& row) {
    const json::Value* parent = row.find({"spec", "parentRef"});
    if (!parent) return {row.name(), "<none>"};
    std::string text = to_lower(parent->text("resource"));
    if (std::string_view group = parent->text("group"); !group.empty()) text += fmt::format(".{}", to_lower(group));
    if (std::string_view space = parent->text("namespace"); !space.empty()) text += fmt::format("/{}", space);
    return {row.name(), fmt::format("{}/{}", text, parent->text("name"))};
}

json::Array service_cidr_cells(const Row& row) {
    return {row.name(), join(texts(row.items({"spec", "cidrs"})), ","), row.age()};
}

constexpr LayoutEntry layouts[] = {
    {"", "Endpoints", "Name | Endpoints | Age", endpoints_cells},
    {"", "Service", "Name | Type | Cluster-IP | External-IP | Port(s) | Age | Selector+", service_cells},
    {"discovery.k8s.io", "EndpointSlice", "Name | AddressType | Ports | Endpoints | Age", endpoint_slice_cells},
    {"networking.k8s.io", "Ingress", "Name | Class | Hosts | Address | Ports | Age", ingress_cells},
    {"networking.k8s.io", "IngressClass", "Name | Controller | Parameters | Age", ingress_class_cells},
    {"networking.k8s.io", "IPAddress", "Name | ParentRef", ip_address_cells},
    {"networking.k8s.io", "NetworkPolicy", "Name | Pod-Selector | Age", network_policy_cells},
    {"networking.k8s.io", "ServiceCIDR", "Name | CIDRs | Age", service_cidr_cells},
};

}  // namespace

std::span<const LayoutEntry> network_layouts() { return layouts; }

}  // namespace mizzen::apiserver
