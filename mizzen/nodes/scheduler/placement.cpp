// SPDX-License-Identifier: Apache-2.0
// Filters and ranks nodes.
#include "mizzen/nodes/scheduler/placement.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "mizzen/base/quantity.hpp"
#include "mizzen/kube/client/label_selector.hpp"

namespace mizzen::nodes {
namespace {

using Amounts = std::map<std::string, Quantity>;

void add(Amounts& sum, const std::map<std::string, std::string>& requests) {
    for (auto& [resource, text] : requests) {
        if (auto amount = parse_quantity(text)) sum[resource] += *amount;
    }
}

// What a pod asks for: its containers together, or its largest init container where that is more.
Amounts requested(const kube::Pod& pod) {
    Amounts sum;
    for (const kube::Container& c : pod.spec.containers) add(sum, c.resources.requests);
    for (const kube::Container& c : pod.spec.init_containers) {
        Amounts one;
        add(one, c.resources.requests);
        for (auto& [resource, amount] : one) sum[resource] = std::max(sum[resource], amount);
    }
    return sum;
}

std::string lacking(const kube::Pod& pod, const kube::Node& node, const BoundPods& on_node) {
    Amounts used;
    for (auto& other : on_node) {
        for (auto& [resource, amount] : requested(*other)) used[resource] += amount;
    }
    auto room = [&](const std::string& resource) {
        auto found = node.status.allocatable.find(resource);
        return found == node.status.allocatable.end() ? Quantity() : parse_quantity(found->second).value_or(Quantity());
    };
    if (Quantity::of(static_cast<std::int64_t>(on_node.size()) + 1) > room("pods")) return "Too many pods";
    for (auto& [resource, amount] : requested(pod)) {
        if (!amount.is_zero() && used[resource] + amount > room(resource)) return "Insufficient " + resource;
    }
    return {};
}

bool tolerates(const kube::Pod& pod, const kube::Taint& taint) {
    return std::ranges::any_of(pod.spec.tolerations, [&](const kube::Toleration& t) {
        if (!t.effect.empty() && t.effect != taint.effect) return false;
        if (t.operator_ == "Exists") return t.key.empty() || t.key == taint.key;
        return t.key == taint.key && t.value == taint.value;
    });
}

// With the one that kube-controller-manager would put on a node that is not ready.
std::vector<kube::Taint> taints_of(const kube::Node& node) {
    std::vector<kube::Taint> out = node.spec.taints;
    auto ready = std::ranges::find(node.status.conditions, "Ready", &kube::NodeCondition::type);
    if (ready != node.status.conditions.end() && ready->status != "True")
        out.push_back({.effect = "NoSchedule", .key = "node.kubernetes.io/not-ready"});
    return out;
}

bool tolerates_all(const kube::Pod& pod, const std::vector<kube::Taint>& taints) {
    return std::ranges::all_of(
        taints, [&](auto& taint) { return taint.effect == "PreferNoSchedule" || tolerates(pod, taint); });
}

bool matches_term(const kube::NodeSelectorTerm& term, const kube::Node& node) {
    auto holds = [](const kube::NodeSelectorRequirement& r, const std::string* value) {
        auto listed = [&] { return std::ranges::count(r.values, *value) > 0; };
        if (r.operator_ == "In") return value && listed();
        if (r.operator_ == "NotIn") return !value || !listed();
        if (r.operator_ == "Exists") return value != nullptr;
        if (r.operator_ == "DoesNotExist") return value == nullptr;
        if (!value || r.values.empty()) return false;
        auto a = parse_quantity(*value), b = parse_quantity(r.values.front());
        return a && b && (r.operator_ == "Gt" ? *a > *b : *a < *b);
    };
    if (term.match_expressions.empty() && term.match_fields.empty()) return false;
    return std::ranges::all_of(term.match_expressions,
                               [&](auto& r) {
                                   auto label = node.metadata.labels.find(r.key);
                                   return holds(r, label == node.metadata.labels.end() ? nullptr : &label->second);
                               }) &&
           std::ranges::all_of(term.match_fields,
                               [&](auto& r) { return r.key == "metadata.name" && holds(r, &node.metadata.name); });
}

bool affinity_allows(const kube::Pod& pod, const kube::Node& node) {
    if (!kube::Selector(pod.spec.node_selector).matches(node.metadata.labels)) return false;
    if (!pod.spec.affinity || !pod.spec.affinity->node_affinity) return true;
    const auto& required = pod.spec.affinity->node_affinity->required_during_scheduling_ignored_during_execution;
    if (!required) return true;
    return std::ranges::any_of(required->node_selector_terms, [&](auto& term) { return matches_term(term, node); });
}

bool host_ports_clash(const kube::Pod& pod, const BoundPods& on_node) {
    auto ports = [](const kube::Pod& p) {
        std::vector<std::pair<int, std::string>> out;
        for (const kube::Container& c : p.spec.containers) {
            for (const kube::ContainerPort& port : c.ports) {
                if (port.host_port != 0)
                    out.emplace_back(port.host_port, port.protocol.empty() ? "TCP" : port.protocol);
            }
        }
        return out;
    };
    const auto mine = ports(pod);
    return !mine.empty() && std::ranges::any_of(on_node, [&](auto& other) {
        return std::ranges::any_of(ports(*other), [&](auto& port) { return std::ranges::count(mine, port) > 0; });
    });
}

// "0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu."
std::string no_room(std::size_t nodes, const std::map<std::string, int>& obstacles) {
    if (nodes == 0) return "no nodes available to schedule pods";
    std::vector<std::string> parts;
    for (auto& [text, count] : obstacles) parts.push_back(std::to_string(count) + " " + text);
    std::ranges::sort(parts);
    std::string out = "0/" + std::to_string(nodes) + " nodes are available";
    const char* separator = ": ";
    for (const std::string& part : parts) {
        out += separator + part;
        separator = ", ";
    }
    return out + ".";
}

}  // namespace

std::string obstacle(const kube::Pod& pod, const kube::Node& node, const BoundPods& on_node) {
    if (node.spec.unschedulable && !tolerates(pod, {.effect = "NoSchedule", .key = "node.kubernetes.io/unschedulable"}))
        return "node(s) were unschedulable";
    if (!tolerates_all(pod, taints_of(node))) return "node(s) had untolerated taint(s)";
    if (!affinity_allows(pod, node)) return "node(s) didn't match Pod's node affinity/selector";
    if (host_ports_clash(pod, on_node)) return "node(s) didn't have free ports for the requested pod ports";
    return lacking(pod, node, on_node);
}

Placement place(const kube::Pod& pod, const Nodes& nodes, const BoundPods& bound) {
    std::map<std::string, BoundPods> by_node;
    for (auto& other : bound) by_node[other->spec.node_name].push_back(other);
    std::map<std::string, int> obstacles;
    const kube::Node* best = nullptr;
    std::tuple<std::size_t, std::size_t, std::string> best_rank;
    for (auto& node : nodes) {
        const BoundPods& on_node = by_node[node->metadata.name];
        if (std::string why = obstacle(pod, *node, on_node); !why.empty()) {
            ++obstacles[why];
            continue;
        }
        auto alike = static_cast<std::size_t>(std::ranges::count_if(on_node, [&](auto& other) {
            return other->metadata.namespace_ == pod.metadata.namespace_ &&
                   other->metadata.labels == pod.metadata.labels;
        }));
        std::tuple rank(alike, on_node.size(), node->metadata.name);
        if (!best || rank < best_rank) best = node.get(), best_rank = rank;
    }
    if (best) return {.node = best->metadata.name, .message = {}};
    return {.node = {}, .message = no_room(nodes.size(), obstacles)};
}

}  // namespace mizzen::nodes
