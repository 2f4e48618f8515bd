// SPDX-License-Identifier: Apache-2.0
// Deployments and ReplicaSets, and what other workloads share with them.
#include <fmt/format.h>

#include <charconv>

#include "mizzen/apiserver/kinds/kinds.hpp"
#include "mizzen/apiserver/kinds/metadata.hpp"
#include "mizzen/apiserver/kinds/pods/pod_rules.hpp"
#include "mizzen/apiserver/kinds/workloads/workload_rules.hpp"

namespace mizzen::apiserver {
namespace {

void check_template(const Place& selector, bool readable, const Place& pod_template) {
    if (!readable) return selector.invalid("invalid label selector");
    check_selected(selector, pod_template);
    check_pod_template(pod_template);
    check_lasting(pod_template, "ReplicaSet");
}

void check_strategy(const Place& strategy) {
    auto type = strategy.at("type").text();
    auto rolling = strategy.at("rollingUpdate");
    if (type == "Recreate") {
        if (rolling) rolling.forbid("may not be specified when strategy `type` is 'Recreate'");
    } else if (type == "RollingUpdate") {
        if (!rolling) return rolling.required("this should be defaulted and never be nil");
        auto unavailable = rolling.at("maxUnavailable"), surge = rolling.at("maxSurge");
        check_number_or_percent(unavailable, false);
        check_number_or_percent(surge, false);
        if (number_or_percent(unavailable) == 0 && number_or_percent(surge) == 0) {
            unavailable.invalid(unavailable.find() ? unavailable.value() : json::Value(0),
                                "may not be 0 when `maxSurge` is 0");
        }
        if (number_or_percent(unavailable) > 100 && unavailable.value().is_string())
            unavailable.invalid("must not be greater than 100%");
    } else {
        strategy.unsupported({"Recreate", "RollingUpdate"});
    }
}

}  // namespace

std::int64_t number_or_percent(const Place& value) {
    if (!value.value().is_string()) return value.integer();
    std::int64_t number = 0;
    auto text = value.text();
    std::from_chars(text.data(), text.data() + text.size(), number);
    return text.ends_with('%') ? number : 0;
}

void check_number_or_percent(const Place& value, bool limited) {
    if (!value) return;
    if (value.value().is_string())
        value.must_be(percent);
    else
        value.not_negative();
    if (limited && value.value().is_string() && number_or_percent(value) > 100)
        value.invalid("must not be greater than 100%");
}

bool check_workload_selector(const Place& selector, std::string_view of) {
    if (!selector.find()) {
        selector.required();
        return true;
    }
    auto before = selector.errors().size();
    check_label_selector(selector);
    bool readable = selector.errors().size() == before;
    if (!selector.at("matchLabels").filled() && !selector.at("matchExpressions").filled()) {
        selector.invalid(fmt::format("empty selector is invalid for {}", of));
    }
    return readable;
}

void check_selected(const Place& selector, const Place& pod_template) {
    auto labels = pod_template.at({"metadata", "labels"});
    if (!selects(selector, labels)) {
        labels.invalid(labels.find() ? labels.value() : json::Value(nullptr),
                       "`selector` does not match template `labels`");
    }
}

void check_lasting(const Place& pod_template, std::string_view of) {
    auto policy = pod_template.at({"spec", "restartPolicy"}),
         deadline = pod_template.at({"spec", "activeDeadlineSeconds"});
    if (policy.text() != "Always") policy.unsupported({"Always"});
    if (deadline) deadline.forbid(fmt::format("activeDeadlineSeconds in {} is not Supported", of));
}

void check_deployment(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    auto selector = spec.at("selector"), deadline = spec.at("progressDeadlineSeconds");
    spec.at("replicas").not_negative();
    bool readable = check_workload_selector(selector, "deployment");
    check_template(selector, readable, spec.at("template"));
    check_strategy(spec.at("strategy"));
    spec.at("minReadySeconds").not_negative();
    spec.at("revisionHistoryLimit").not_negative();
    if (deadline) {
        deadline.not_negative();
        if (deadline.integer() <= spec.at("minReadySeconds").integer())
            deadline.invalid("must be greater than minReadySeconds");
    }
    if (old) selector.immutable(old->find_path({"spec", "selector"}));
}

void check_replica_set(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    auto selector = spec.at("selector");
    spec.at("replicas").not_negative();
    spec.at("minReadySeconds").not_negative();
    bool readable = check_workload_selector(selector, "deployment");
    check_template(selector, readable, spec.at("template"));
    if (old) selector.immutable(old->find_path({"spec", "selector"}));
}

}  // namespace mizzen::apiserver
