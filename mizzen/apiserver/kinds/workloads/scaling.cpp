// SPDX-License-Identifier: Apache-2.0
// HorizontalPodAutoscalers (v1 and v2) and PodDisruptionBudgets.
#include <fmt/format.h>

#include <utility>

#include "mizzen/apiserver/kinds/kinds.hpp"
#include "mizzen/apiserver/kinds/metadata.hpp"
#include "mizzen/base/quantity.hpp"

namespace mizzen::apiserver {
namespace {

const std::vector<std::string_view> metric_types{"ContainerResource", "External", "Object", "Pods", "Resource"};

void check_reference(const Place& ref) {
    for (auto* member : {"kind", "name"}) {
        auto at = ref.at(member);
        if (at.text().empty())
            at.required();
        else
            at.must_be(path_segment);
    }
}

void check_metric_name(const Place& metric) {
    auto name = metric.at("name");
    if (name.text().empty())
        name.required("must specify a metric name");
    else
        name.must_be(path_segment);
    check_label_selector(metric.at("selector"));
}

void check_target(const Place& target) {
    auto type = target.at("type");
    if (type.text().empty())
        type.required("must specify a metric target type");
    else if (type.text() != "Utilization" && type.text() != "Value" && type.text() != "AverageValue") {
        type.invalid("must be either Utilization, Value, or AverageValue");
    }
    for (auto* member : {"value", "averageValue"}) {
        auto amount = parse_quantity(target.at(member).text());
        if (amount && *amount <= Quantity()) target.at(member).invalid("must be positive");
    }
    auto utilization = target.at("averageUtilization");
    if (utilization && utilization.integer() < 1) utilization.invalid("must be greater than 0");
}

void check_resource_metric(const Place& source, bool has_container) {
    auto target = source.at("target"), utilization = target.at("averageUtilization"), value = target.at("averageValue");
    if (source.at("name").text().empty()) source.at("name").required("must specify a resource name");
    if (has_container && source.at("container").text().empty())
        source.at("container").required("must specify a container");
    check_target(target);
    if (!utilization && !value) utilization.required("must set either a target raw value or a target utilization");
    if (utilization && value) value.forbid("may not set both a target raw value and a target utilization");
}

void check_source(std::string_view kind, const Place& source) {
    auto target = source.at("target"), value = target.at("value"), average = target.at("averageValue");
    if (kind == "resource" || kind == "containerResource")
        return check_resource_metric(source, kind == "containerResource");
    if (kind == "object") check_reference(source.at("describedObject"));
    check_metric_name(source.at("metric"));
    check_target(target);
    if (kind == "object" && !value && !average) average.required("must set either a target value or averageValue");
    if (kind == "pods" && !average) average.required("must specify a positive target averageValue");
    if (kind != "external") return;
    if (!value && !average) average.required("must set either a target value for metric or a per-pod target");
    if (value && average) value.forbid("may not set both a target value for metric and a per-pod target");
}

void check_metric(const Place& metric) {
    auto type = metric.at("type");
    if (type.text().empty()) return type.required("must specify a metric source type");
    if (!contains(metric_types, type.text())) return type.unsupported(metric_types);
    auto wanted = std::string(type.text());
    wanted[0] = static_cast<char>(wanted[0] + 32);
    if (!metric.at(wanted)) metric.at(wanted).required("must populate information for the given metric source");
    bool first = true;
    for (auto* kind : {"object", "external", "pods", "resource", "containerResource"}) {
        auto source = metric.at(kind);
        if (!source) continue;
        if (std::exchange(first, false)) check_source(kind, source);
        if (wanted != kind) source.forbid("must populate the given metric source only");
    }
}

// autoscaling/v1 has one metric, which messages speak of as v2 has it.
void check_old_target(const Place& spec) {
    auto cpu = spec.at("targetCPUUtilizationPercentage");
    Place shown(cpu.find(), "spec.metrics[0].resource.target.averageUtilization", spec.errors());
    if (cpu && cpu.integer() < 1) shown.invalid("must be greater than 0");
}

void check_scaling(const Place& rules) {
    if (!rules) return;
    auto window = rules.at("stabilizationWindowSeconds"), policies = rules.at("policies");
    if (window.integer() < 0) window.invalid("must be greater than or equal to zero");
    if (window.integer() > 3600) window.invalid("must be less than or equal to 3600");
    rules.at("selectPolicy").one_of({"Disabled", "Max", "Min"}, false);
    if (policies.size() == 0) policies.required("must specify at least one Policy");
    for (auto& policy : policies.items()) {
        if (policy.at("type").text() != "Percent" && policy.at("type").text() != "Pods")
            policy.at("type").unsupported({"Percent", "Pods"});
        if (policy.at("value").integer() <= 0)
            policy.at("value").invalid(policy.at("value").integer(), "must be greater than zero");
        auto period = policy.at("periodSeconds");
        if (period.integer() <= 0) period.invalid(period.integer(), "must be greater than zero");
        if (period.integer() > 1800) period.invalid("must be less than or equal to 1800");
    }
}

}  // namespace

void prepare_autoscaler(json::Value& object) {
    bool has_metrics =
        object.find_path({"metadata", "annotations", "autoscaling.alpha.kubernetes.io/metrics"}) != nullptr;
    auto& spec = object["spec"];
    if (object.text("apiVersion") == "autoscaling/v1" && !has_metrics && !spec.find("targetCPUUtilizationPercentage")) {
        spec["targetCPUUtilizationPercentage"] = 80;
    }
}

void check_autoscaler(const json::Value& object, const json::Value*, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    auto least = spec.at("minReplicas"), most = spec.at("maxReplicas"), metrics = spec.at("metrics");
    if (least && least.integer() < 0) least.invalid("must be greater than or equal to 0");
    if (most.integer() == 0)
        most.required();
    else if (most.integer() < 1)
        most.invalid("must be greater than or equal to 1");
    if (least && most.integer() < least.integer())
        most.invalid(most.integer(), "must be greater than or equal to `minReplicas`");
    auto target = spec.at("scaleTargetRef");
    check_reference(target);
    bool names_group = target.at("apiVersion").text().find('/') != std::string_view::npos;
    if (!names_group && target.at("kind").text() != "ReplicationController") {
        target.at("apiVersion").invalid(target.at("apiVersion").text(), "apiVersion must specify API group");
    }
    bool beyond_pods = false;
    for (auto& metric : metrics.items()) {
        check_metric(metric);
        beyond_pods = beyond_pods || metric.at("type").text() == "Object" || metric.at("type").text() == "External";
    }
    if (least && least.integer() == 0 && !beyond_pods)
        metrics.forbid("must specify at least one Object or External metric to support scaling to zero replicas");
    check_old_target(spec);
    check_scaling(spec.at({"behavior", "scaleUp"}));
    check_scaling(spec.at({"behavior", "scaleDown"}));
}

void check_disruption_budget(const json::Value& object, const json::Value*, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    auto least = spec.at("minAvailable"), most = spec.at("maxUnavailable");
    if (least && most) spec.invalid("minAvailable and maxUnavailable cannot be both set");
    check_number_or_percent(least, true);
    check_number_or_percent(most, true);
    check_label_selector(spec.at("selector"));
    spec.at("unhealthyPodEvictionPolicy").one_of({"AlwaysAllow", "IfHealthyBudget"}, false);
}

}  // namespace mizzen::apiserver
