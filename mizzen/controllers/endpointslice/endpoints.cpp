// SPDX-License-Identifier: Apache-2.0
// From pods to addresses and ports.
#include "mizzen/controllers/endpointslice/endpoints.hpp"

#include <algorithm>
#include <map>

#include "mizzen/base/digest.hpp"
#include "mizzen/controllers/replicaset/replicas.hpp"

namespace mizzen::controllers {
namespace {

struct Port {
    std::string name, protocol, app_protocol;
    int number;
    auto operator<=>(const Port&) const = default;
};
using Ports = std::vector<Port>;
using Groups = std::map<Ports, ServicePods>;

int named_port(const kube::Pod& pod, const std::string& name, const std::string& protocol) {
    for (const kube::Container& container : pod.spec.containers) {
        for (const kube::ContainerPort& port : container.ports) {
            if (port.name == name && (port.protocol.empty() ? "TCP" : port.protocol) == protocol)
                return port.container_port;
        }
    }
    return 0;
}

Ports ports_of(const kube::Service& service, const kube::Pod& pod) {
    Ports out;
    for (const kube::ServicePort& port : service.spec.ports) {
        const std::string protocol = port.protocol.empty() ? "TCP" : port.protocol;
        int number = port.target_port.is_string() ? named_port(pod, port.target_port.string(), protocol)
                                                  : port.target_port.integer();
        if (number == 0 && !port.target_port.is_string()) number = port.port;
        if (number != 0) out.push_back({port.name, protocol, port.app_protocol, number});
    }
    std::ranges::sort(out);
    return out;
}

bool is_finished(const kube::Pod& pod) { return pod.status.phase == "Succeeded" || pod.status.phase == "Failed"; }

Groups by_ports(const kube::Service& service, const ServicePods& pods) {
    Groups groups;
    for (auto& pod : pods) {
        if (!pod->status.pod_ip.empty() && !is_finished(*pod)) groups[ports_of(service, *pod)].push_back(pod);
    }
    for (auto& [ports, members] : groups) std::ranges::sort(members, {}, [](auto& pod) { return pod->metadata.name; });
    return groups;
}

kube::ObjectReference reference(const kube::Pod& pod) {
    return {.kind = "Pod", .name = pod.metadata.name, .namespace_ = pod.metadata.namespace_, .uid = pod.metadata.uid};
}

kube::Endpoint endpoint(const kube::Service& service, const kube::Pod& pod) {
    const bool terminating = !pod.metadata.deletion_timestamp.empty();
    const bool serving = is_ready(pod);
    kube::Endpoint out;
    out.addresses = {pod.status.pod_ip};
    out.conditions = {.ready = service.spec.publish_not_ready_addresses || (serving && !terminating),
                      .serving = serving,
                      .terminating = terminating};
    out.node_name = pod.spec.node_name;
    out.target_ref = reference(pod);
    if (pod.spec.subdomain == service.metadata.name) out.hostname = pod.spec.hostname;
    return out;
}

kube::EndpointSlice empty_slice(const kube::Service& service, const Ports& ports, std::size_t index) {
    kube::EndpointSlice slice;
    slice.address_type = "IPv4";
    // Like a generated name, but the same each time, so that a slice keeps its object.
    slice.metadata.name =
        service.metadata.name + "-" + sha256_hex(service.metadata.uid + "/" + std::to_string(index)).substr(0, 5);
    slice.metadata.namespace_ = service.metadata.namespace_;
    slice.metadata.labels = service.metadata.labels;
    slice.metadata.labels["kubernetes.io/service-name"] = service.metadata.name;
    slice.metadata.labels["endpointslice.kubernetes.io/managed-by"] = "endpointslice-controller.k8s.io";
    for (const Port& port : ports) {
        slice.ports.push_back(
            {.app_protocol = port.app_protocol, .name = port.name, .port = port.number, .protocol = port.protocol});
    }
    return slice;
}

}  // namespace

std::vector<kube::EndpointSlice> endpoint_slices(const kube::Service& service, const ServicePods& pods) {
    std::vector<kube::EndpointSlice> out;
    for (auto& [ports, members] : by_ports(service, pods)) {
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (i % slice_size == 0) out.push_back(empty_slice(service, ports, out.size()));
            out.back().endpoints.push_back(endpoint(service, *members[i]));
        }
    }
    if (out.empty()) out.push_back(empty_slice(service, {}, 0));
    return out;
}

kube::Endpoints endpoints(const kube::Service& service, const ServicePods& pods) {
    kube::Endpoints out;
    out.metadata.name = service.metadata.name;
    out.metadata.namespace_ = service.metadata.namespace_;
    out.metadata.labels = service.metadata.labels;
    for (auto& [ports, members] : by_ports(service, pods)) {
        kube::EndpointSubset subset;
        for (auto& pod : members) {
            // What is leaving is in no list: that is how older readers stop sending to it.
            if (!pod->metadata.deletion_timestamp.empty()) continue;
            kube::EndpointAddress address{
                .ip = pod->status.pod_ip, .node_name = pod->spec.node_name, .target_ref = reference(*pod)};
            bool serves = is_ready(*pod) || service.spec.publish_not_ready_addresses;
            (serves ? subset.addresses : subset.not_ready_addresses).push_back(std::move(address));
        }
        for (const Port& port : ports) {
            subset.ports.push_back(
                {.app_protocol = port.app_protocol, .name = port.name, .port = port.number, .protocol = port.protocol});
        }
        if (!subset.addresses.empty() || !subset.not_ready_addresses.empty()) out.subsets.push_back(std::move(subset));
    }
    return out;
}

}  // namespace mizzen::controllers
