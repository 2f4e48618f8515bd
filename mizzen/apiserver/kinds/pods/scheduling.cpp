// SPDX-License-Identifier: Apache-2.0
// Where a pod may run: tolerations, affinity, spreading, gates.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "mizzen/apiserver/kinds/metadata.hpp"
#include "mizzen/apiserver/kinds/pods/pod_rules.hpp"

namespace mizzen::apiserver {
namespace {

const std::vector<std::string_view> effects{"NoSchedule", "PreferNoSchedule", "NoExecute"};

void check_node_requirement(const Place& requirement) {
    auto operation = requirement.at("operator"), values = requirement.at("values");
    auto name = operation.text();
    if (name == "In" || name == "NotIn") {
        if (values.size() == 0) values.required("must be specified when `operator` is 'In' or 'NotIn'");
    } else if (name == "Exists" || name == "DoesNotExist") {
        if (values.size() > 0) values.forbid("may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
    } else if (name == "Gt" || name == "Lt") {
        if (values.size() != 1) values.required("must be specified single value when `operator` is 'Lt' or 'Gt'");
    } else {
        operation.invalid(name, "not a valid selector operator");
    }
    requirement.at("key").must_be(label_key);
    for (auto& value : values.items()) value.must_be(label_value);
}

void check_node_field(const Place& requirement) {
    auto operation = requirement.at("operator"), values = requirement.at("values"), key = requirement.at("key");
    if (operation.text() != "In" && operation.text() != "NotIn")
        operation.invalid(operation.text(), "not a valid selector operator");
    else if (values.size() != 1)
        values.required("must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
    if (key.text() != "metadata.name") return key.invalid(key.text(), "not a valid field selector key");
    for (auto& value : values.items()) value.must_be(dns1123_subdomain);
}

void check_node_term(const Place& term) {
    for (auto& requirement : term.at("matchExpressions").items()) check_node_requirement(requirement);
    for (auto& requirement : term.at("matchFields").items()) check_node_field(requirement);
}

void check_weight(const Place& weight) {
    if (weight.integer() < 1 || weight.integer() > 100) weight.invalid(weight.integer(), "must be in the range 1-100");
}

void check_pod_term(const Place& term) {
    check_label_selector(term.at("labelSelector"));
    check_label_selector(term.at("namespaceSelector"));
    for (auto& ns : term.at("namespaces").items()) {
        for (auto& wrong : dns1123_label(ns.text())) term.at("namespace").invalid(ns.value(), wrong);
    }
    auto key = term.at("topologyKey");
    if (key.text().empty()) key.required("can not be empty");
    key.must_be(label_key);
}

void check_pod_affinity(const Place& affinity) {
    for (auto& term : affinity.at("requiredDuringSchedulingIgnoredDuringExecution").items()) check_pod_term(term);
    for (auto& weighted : affinity.at("preferredDuringSchedulingIgnoredDuringExecution").items()) {
        check_weight(weighted.at("weight"));
        check_pod_term(weighted.at("podAffinityTerm"));
    }
}

void check_affinity(const Place& affinity) {
    auto node = affinity.at("nodeAffinity");
    if (auto required = node.at("requiredDuringSchedulingIgnoredDuringExecution")) check_node_selector(required);
    for (auto& term : node.at("preferredDuringSchedulingIgnoredDuringExecution").items()) {
        check_weight(term.at("weight"));
        check_node_term(term.at("preference"));
    }
    check_pod_affinity(affinity.at("podAffinity"));
    check_pod_affinity(affinity.at("podAntiAffinity"));
}

void check_spread(const Place& constraints) {
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (auto& c : constraints.items()) {
        auto key = c.at("topologyKey"), when = c.at("whenUnsatisfiable"), domains = c.at("minDomains");
        c.at("maxSkew").positive();
        if (key.text().empty()) key.required("can not be empty");
        if (when.text() != "DoNotSchedule" && when.text() != "ScheduleAnyway")
            when.unsupported({"DoNotSchedule", "ScheduleAnyway"});
        if (!seen.emplace(key.text(), when.text()).second) {
            c.errors().push_back(duplicate_value(child_path(c.path(), "{topologyKey, whenUnsatisfiable}"),
                                                 fmt::format("{{{}, {}}}", key.text(), when.text())));
        }
        if (domains) domains.positive();
        if (domains && when.text() != "DoNotSchedule") {
            domains.invalid(
                fmt::format("can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {}", when.text()));
        }
        for (auto* policy : {"nodeAffinityPolicy", "nodeTaintsPolicy"}) c.at(policy).one_of({"Honor", "Ignore"}, false);
        check_label_selector(c.at("labelSelector"));
    }
}

void check_toleration_operator(const Place& toleration) {
    auto operation = toleration.at("operator"), value = toleration.at("value");
    auto name = operation.text();
    if (name.empty() || name == "Equal") {
        if (auto wrong = label_value(value.text()); !wrong.empty()) operation.invalid(value.text(), joined(wrong, ";"));
    } else if (name == "Exists") {
        if (!value.text().empty()) operation.invalid(value.text(), "value must be empty when `operator` is 'Exists'");
    } else {
        operation.unsupported({"Equal", "Exists"});
    }
}

}  // namespace

void check_node_selector(const Place& selector) {
    auto terms = selector.at("nodeSelectorTerms");
    if (terms.size() == 0) return terms.required("must have at least one node selector term");
    for (auto& term : terms.items()) check_node_term(term);
}

void check_tolerations(const Place& tolerations) {
    for (auto& t : tolerations.items()) {
        auto key = t.at("key"), operation = t.at("operator"), effect = t.at("effect");
        if (!key.text().empty()) key.must_be(label_key);
        if (key.text().empty() && operation.text() != "Exists") {
            operation.invalid(
                operation.text(),
                "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }
        if (t.at("tolerationSeconds") && effect.text() != "NoExecute") {
            effect.invalid(effect.text(), "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        check_toleration_operator(t);
        effect.one_of(effects, false);
    }
}

void check_scheduling(const Place& spec) {
    check_affinity(spec.at("affinity"));
    for (auto& gate : spec.at("readinessGates").items()) gate.at("conditionType").must_be(label_key);
    std::set<std::string_view> gates;
    for (auto& gate : spec.at("schedulingGates").items()) {
        for (auto& wrong : label_key(gate.at("name").text())) gate.invalid(gate.at("name").text(), wrong);
        if (!gates.insert(gate.at("name").text()).second)
            gate.errors().push_back(duplicate_value(gate.path(), gate.at("name").text()));
    }
    check_spread(spec.at("topologySpreadConstraints"));
}

}  // namespace mizzen::apiserver
