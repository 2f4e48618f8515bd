// SPDX-License-Identifier: Apache-2.0
// Defaults of pods and containers, wherever their specs occur.
#include "mizzen/kube/schema/defaults/image_tag.hpp"
#include "mizzen/kube/schema/defaults/rules.hpp"

namespace mizzen::kube::schema::defaults {
namespace {

using json::Value;

void default_container(Value& container) {
    fill(container, "imagePullPolicy", image_tag(container.text("image")) == "latest" ? "Always" : "IfNotPresent");
}

void default_pod_spec(Value& spec) {
    // serviceAccount is the old name of serviceAccountName; they are kept equal.
    if (is_unset(spec, "serviceAccountName") && !is_unset(spec, "serviceAccount"))
        spec["serviceAccountName"] = spec.text("serviceAccount");
    if (!is_unset(spec, "serviceAccountName")) spec["serviceAccount"] = spec.text("serviceAccountName");
}

template <class Fn>
void each_container(Value& spec, std::initializer_list<std::string_view> lists, Fn fn) {
    for (std::string_view name : lists) {
        Value* list = spec.find(name);
        if (!list || !list->is_array()) continue;
        for (Value& container : list->as_array())
            if (container.is_object()) fn(container);
    }
}

void requests_from_limits(Value& container) {
    Value* resources = container.find("resources");
    const Value* limits = resources ? resources->find("limits") : nullptr;
    if (!limits || !limits->is_object()) return;
    const Value copy = *limits;
    if (is_empty(&copy)) return;
    if (Value* requests = object_at(*resources, "requests")) fill_map(*requests, &copy);
}

void host_ports(Value& container) {
    Value* ports = container.find("ports");
    if (!ports || !ports->is_array()) return;
    for (Value& port : ports->as_array())
        if (port.is_object() && port.integer({"hostPort"}) == 0 && port.find("containerPort"))
            port["hostPort"] = Value(*port.find("containerPort"));
}

// Done for a Pod only: what a template says is not changed before a Pod is made of it.
void default_pod(Value& pod) {
    Value* found = object_at(pod, "spec");
    if (!found) return;
    Value& spec = *found;
    if (spec.integer({"terminationGracePeriodSeconds"}) < 0) spec["terminationGracePeriodSeconds"] = 1;
    each_container(spec, {"containers", "initContainers"}, requests_from_limits);
    fill(spec, "enableServiceLinks", true);
    const Value* host_network = spec.find("hostNetwork");
    if (host_network && *host_network == Value(true))
        each_container(spec, {"containers", "initContainers"}, host_ports);
}

// podIP and the first of podIPs are the same address; podIP decides.
void default_pod_status(Value& status) {
    const std::string ip(status.text("podIP"));
    const Value* ips = status.find("podIPs");
    const bool has_ips = ips && ips->is_array() && !is_empty(ips);
    const std::string first(has_ips ? ips->as_array()[0].text("ip") : "");
    if (ip.empty() && has_ips)
        status["podIP"] = first;
    else if (!ip.empty() && first != ip)
        status["podIPs"] = json::Array{json::Object{{"ip", ip}}};
}

constexpr Constant container[] = {{"terminationMessagePath", "\"/dev/termination-log\""},
                                  {"terminationMessagePolicy", "\"File\""}};
constexpr Constant pod_spec[] = {{"dnsPolicy", "\"ClusterFirst\""},
                                 {"restartPolicy", "\"Always\""},
                                 {"securityContext", "{}"},
                                 {"terminationGracePeriodSeconds", "30"},
                                 {"schedulerName", "\"default-scheduler\""}};
constexpr Constant probe[] = {
    {"timeoutSeconds", "1"}, {"periodSeconds", "10"}, {"successThreshold", "1"}, {"failureThreshold", "3"}};
constexpr Constant http_get[] = {{"path", "\"/\""}, {"scheme", "\"HTTP\""}};
constexpr Constant field_reference[] = {{"apiVersion", "\"v1\""}};

constexpr TypeDefaults table[] = {
    {&tables::core_v1_Container, container, default_container},
    {&tables::core_v1_EphemeralContainer, container, default_container},
    {&tables::core_v1_Pod, {}, default_pod},
    {&tables::core_v1_PodSpec, pod_spec, default_pod_spec},
    {&tables::core_v1_PodStatus, {}, default_pod_status},
    {&tables::core_v1_Probe, probe},
    {&tables::core_v1_HTTPGetAction, http_get},
    {&tables::core_v1_ObjectFieldSelector, field_reference},
};

}  // namespace

std::span<const TypeDefaults> pods() { return table; }

}  // namespace mizzen::kube::schema::defaults
