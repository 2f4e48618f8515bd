// SPDX-License-Identifier: Apache-2.0
// Defaults of apps, batch and autoscaling.
#include <limits>

#include "mizzen/json/json.hpp"
#include "mizzen/kube/schema/defaults/rules.hpp"

namespace mizzen::kube::schema::defaults {
namespace {

using json::Value;

void default_deployment_strategy(Value& strategy) {
    fill(strategy, "type", "RollingUpdate");
    if (strategy.text("type") != "RollingUpdate") return;
    Value* rolling = object_at(strategy, "rollingUpdate");
    if (!rolling) return;
    fill(*rolling, "maxUnavailable", "25%");
    fill(*rolling, "maxSurge", "25%");
}

void default_daemon_set_strategy(Value& strategy) {
    fill(strategy, "type", "RollingUpdate");
    if (strategy.text("type") != "RollingUpdate") return;
    Value* rolling = object_at(strategy, "rollingUpdate");
    if (!rolling) return;
    fill(*rolling, "maxUnavailable", 1);
    fill(*rolling, "maxSurge", 0);
}

void default_stateful_set_strategy(Value& strategy) {
    if (is_unset(strategy, "type")) {
        strategy["type"] = "RollingUpdate";
        object_at(strategy, "rollingUpdate");
    }
    Value* rolling = strategy.find("rollingUpdate");
    if (strategy.text("type") != "RollingUpdate" || !rolling || rolling->is_null()) return;
    fill(*rolling, "partition", 0);
    fill(*rolling, "maxUnavailable", 1);
}

void default_stateful_set_spec(Value& spec) {
    Value* retention = object_at(spec, "persistentVolumeClaimRetentionPolicy");
    if (!retention) return;
    fill(*retention, "whenDeleted", "Retain");
    fill(*retention, "whenScaled", "Retain");
}

void default_job(Value& job) {
    Value* found = object_at(job, "spec");
    if (!found) return;
    Value& spec = *found;
    if (is_unset(spec, "completions") && is_unset(spec, "parallelism")) spec["completions"] = 1;
    fill(spec, "parallelism", 1);
    fill(spec, "backoffLimit", is_unset(spec, "backoffLimitPerIndex") ? 6 : std::numeric_limits<std::int32_t>::max());
    fill(spec, "completionMode", "NonIndexed");
    fill(spec, "suspend", false);
    fill(spec, "podReplacementPolicy", is_unset(spec, "podFailurePolicy") ? "TerminatingOrFailed" : "Failed");
    fill(spec, "manualSelector", false);
    const Value* labels = spec.find_path({"template", "metadata", "labels"});
    if (is_empty(labels) || !is_empty(job.find_path({"metadata", "labels"}))) return;
    Value copy = *labels;
    if (Value* metadata = object_at(job, "metadata")) (*metadata)["labels"] = std::move(copy);
}

// Members of a rule that say nothing are taken from `rules`.
void fill_scaling_rules(Value& behavior, std::string_view direction, std::string_view rules) {
    Value* given = object_at(behavior, direction);
    if (!given) return;
    const Value defaults = json::parse(rules);
    for (const json::Member& m : defaults.as_object()) fill(*given, m.key, m.value);
}

void default_autoscaler_behavior(Value& behavior) {
    fill_scaling_rules(
        behavior, "scaleUp",
        R"({"stabilizationWindowSeconds":0,"selectPolicy":"Max","policies":[{"type":"Pods","value":4,"periodSeconds":15},)"
        R"({"type":"Percent","value":100,"periodSeconds":15}]})");
    fill_scaling_rules(behavior, "scaleDown",
                       R"({"selectPolicy":"Max","policies":[{"type":"Percent","value":100,"periodSeconds":15}]})");
}

constexpr Constant deployment[] = {
    {"replicas", "1"}, {"revisionHistoryLimit", "10"}, {"progressDeadlineSeconds", "600"}};
constexpr Constant stateful_set[] = {
    {"podManagementPolicy", "\"OrderedReady\""}, {"replicas", "1"}, {"revisionHistoryLimit", "10"}};
constexpr Constant daemon_set[] = {{"revisionHistoryLimit", "10"}};
constexpr Constant replica_set[] = {{"replicas", "1"}};
constexpr Constant cron_job[] = {{"concurrencyPolicy", "\"Allow\""},
                                 {"suspend", "false"},
                                 {"successfulJobsHistoryLimit", "3"},
                                 {"failedJobsHistoryLimit", "1"}};
constexpr Constant on_pod_conditions[] = {{"status", "\"True\""}};
constexpr Constant autoscaler_v1[] = {{"minReplicas", "1"}};
constexpr Constant autoscaler[] = {
    {"minReplicas", "1"},
    {"metrics",
     R"([{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":80}}}])"}};

constexpr TypeDefaults table[] = {
    {&tables::apps_v1_DeploymentSpec, deployment},
    {&tables::apps_v1_DeploymentStrategy, {}, default_deployment_strategy},
    {&tables::apps_v1_DaemonSetSpec, daemon_set},
    {&tables::apps_v1_DaemonSetUpdateStrategy, {}, default_daemon_set_strategy},
    {&tables::apps_v1_StatefulSetSpec, stateful_set, default_stateful_set_spec},
    {&tables::apps_v1_StatefulSetUpdateStrategy, {}, default_stateful_set_strategy},
    {&tables::apps_v1_ReplicaSetSpec, replica_set},
    {&tables::batch_v1_Job, {}, default_job},
    {&tables::batch_v1_CronJobSpec, cron_job},
    {&tables::batch_v1_PodFailurePolicyOnPodConditionsPattern, on_pod_conditions},
    {&tables::autoscaling_v1_HorizontalPodAutoscalerSpec, autoscaler_v1},
    {&tables::autoscaling_v2_HorizontalPodAutoscalerSpec, autoscaler},
    {&tables::autoscaling_v2_HorizontalPodAutoscalerBehavior, {}, default_autoscaler_behavior},
};

}  // namespace

std::span<const TypeDefaults> workloads() { return table; }

}  // namespace mizzen::kube::schema::defaults
