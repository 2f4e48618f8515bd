// SPDX-License-Identifier: Apache-2.0
// Defaults of services, endpoint slices, network policies and ingress classes.
#include "mizzen/kube/schema/defaults/rules.hpp"

namespace mizzen::kube::schema::defaults {
namespace {

using json::Value;

void default_session_affinity(Value& spec) {
    fill(spec, "sessionAffinity", "None");
    if (spec.text("sessionAffinity") == "None") spec.erase("sessionAffinityConfig");
    if (spec.text("sessionAffinity") != "ClientIP") return;
    const Value* timeout = spec.find_path({"sessionAffinityConfig", "clientIP", "timeoutSeconds"});
    if (!timeout || timeout->is_null())
        spec["sessionAffinityConfig"] = json::Object{{"clientIP", json::Object{{"timeoutSeconds", 10800}}}};
}

// Only a port knows its number, so this cannot be a constant: an unset target port is the port itself.
void default_service_port(Value& port) {
    fill(port, "protocol", "TCP");
    const bool unset =
        is_unset(port, "targetPort") || (port.find("targetPort")->is_integer() && port.integer({"targetPort"}) == 0);
    if (unset) port["targetPort"] = port.integer({"port"});
}

bool is_externally_accessible(const Value& spec, std::string_view type) {
    return type == "LoadBalancer" || type == "NodePort" || (type == "ClusterIP" && !is_empty(spec.find("externalIPs")));
}

void default_service(Value& service) {
    Value* found = object_at(service, "spec");
    if (!found) return;
    Value& spec = *found;
    default_session_affinity(spec);
    fill(spec, "type", "ClusterIP");
    const std::string type(spec.text("type"));
    if (is_externally_accessible(spec, type)) fill(spec, "externalTrafficPolicy", "Cluster");
    if (type == "NodePort" || type == "LoadBalancer" || type == "ClusterIP") {
        const Value* policy = spec.find("internalTrafficPolicy");
        if (!policy || policy->is_null()) spec["internalTrafficPolicy"] = "Cluster";
    }
    if (type != "LoadBalancer") return;
    fill(spec, "allocateLoadBalancerNodePorts", true);
    Value* points = service.find_path({"status", "loadBalancer", "ingress"});
    if (!points || !points->is_array()) return;
    for (Value& point : points->as_array())
        if (!point.text("ip").empty()) fill(point, "ipMode", "VIP");
}

void default_network_policy_spec(Value& spec) {
    if (!is_empty(spec.find("policyTypes"))) return;
    json::Array chosen{"Ingress"};
    if (!is_empty(spec.find("egress"))) chosen.push_back("Egress");
    spec["policyTypes"] = std::move(chosen);
}

constexpr Constant slice_port[] = {{"name", "\"\""}, {"protocol", "\"TCP\""}};
constexpr Constant policy_port[] = {{"protocol", "\"TCP\""}};
constexpr Constant class_parameters[] = {{"scope", "\"Cluster\""}};

constexpr TypeDefaults table[] = {
    {&tables::core_v1_Service, {}, default_service},
    {&tables::core_v1_ServicePort, {}, default_service_port},
    {&tables::discovery_v1_EndpointPort, slice_port},
    {&tables::networking_v1_NetworkPolicySpec, {}, default_network_policy_spec},
    {&tables::networking_v1_NetworkPolicyPort, policy_port},
    {&tables::networking_v1_IngressClassParametersReference, class_parameters},
};

}  // namespace

std::span<const TypeDefaults> networks() { return table; }

}  // namespace mizzen::kube::schema::defaults
