// SPDX-License-Identifier: Apache-2.0
// What field ownership costs: an apply of a usual Deployment, and the tracking that is on the path of every write.
#include <benchmark/benchmark.h>

#include "mizzen/apiserver/apply/apply.hpp"
#include "mizzen/apiserver/patch/patch.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;
using kube::schema::Type;

const Type& deployment_type() { return *kube::schema::find_type("io.k8s.api.apps.v1.Deployment"); }
const Type& config_map_type() { return *kube::schema::find_type("io.k8s.api.core.v1.ConfigMap"); }

Value deployment(const char* image) {
    Value v = json::parse(
        R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"shop","namespace":"default","labels":{"app.kubernetes.io/name":"shop",
        "app.kubernetes.io/part-of":"store"},"annotations":{"example.com/owner":"team"}},"spec":{"replicas":3,"selector":{"matchLabels":{"app":"shop"}},
        "template":{"metadata":{"labels":{"app":"shop","version":"v1"}},"spec":{"serviceAccountName":"shop","terminationGracePeriodSeconds":30,
        "containers":[{"name":"app","env":[{"name":"A","value":"1"},{"name":"B","value":"2"},{"name":"POD","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}],
        "ports":[{"containerPort":8080,"name":"http","protocol":"TCP"},{"containerPort":9090,"name":"metrics","protocol":"TCP"}],
        "readinessProbe":{"httpGet":{"path":"/readyz","port":8080},"periodSeconds":5},"livenessProbe":{"httpGet":{"path":"/livez","port":8080},"periodSeconds":10},
        "resources":{"requests":{"cpu":"100m","memory":"64Mi"},"limits":{"memory":"128Mi"}},"volumeMounts":[{"name":"tmp","mountPath":"/tmp"},{"name":"config","mountPath":"/etc/shop"}],
        "securityContext":{"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true}}],
        "volumes":[{"name":"tmp","emptyDir":{}},{"name":"config","configMap":{"name":"shop"}}]}}}})");
    v.find_path({"spec", "template", "spec", "containers"})->as_array()[0]["image"] = image;
    return v;
}

FieldManager by(const char* name, const char* version, const char* now) {
    return {.name = name, .api_version = version, .subresource = "", .now = now};
}

// As it lies in the store: applied by one, scaled by another, its status written by a controller.
Value stored_deployment() {
    const Type& type = deployment_type();
    Value v =
        server_side_apply(nullptr, deployment("shop:1"), type, by("operator", "apps/v1", "2026-01-01T00:00:00Z"), false)
            .object;
    v.at({"metadata", "uid"}) = "1";
    Value scaled = merge_patch(v, json::parse(R"({"spec":{"revisionHistoryLimit":5}})"));
    v = track_update(v, scaled, type, by("hpa", "apps/v1", "2026-01-01T00:00:01Z"));
    Value with_status = merge_patch(
        v,
        json::parse(
            R"({"status":{"replicas":3,"readyReplicas":3,"availableReplicas":3,"updatedReplicas":3,"observedGeneration":1,
        "conditions":[{"type":"Available","status":"True","reason":"MinimumReplicasAvailable","message":"ok"},{"type":"Progressing","status":"True"}]}})"));
    return track_update(v, with_status, type, by("kube-controller-manager", "apps/v1", "2026-01-01T00:00:02Z"));
}

void apply_changed_deployment(benchmark::State& state) {
    const Value live = stored_deployment(), config = deployment("shop:2");
    const FieldManager manager = by("operator", "apps/v1", "2026-01-02T00:00:00Z");
    for (auto _ : state) benchmark::DoNotOptimize(server_side_apply(live, config, deployment_type(), manager, false));
}
BENCHMARK(apply_changed_deployment);

void apply_same_deployment(benchmark::State& state) {
    const Value live = stored_deployment(), config = deployment("shop:1");
    const FieldManager manager = by("operator", "apps/v1", "2026-01-02T00:00:00Z");
    for (auto _ : state) benchmark::DoNotOptimize(server_side_apply(live, config, deployment_type(), manager, false));
}
BENCHMARK(apply_same_deployment);

void apply_dropped_field(benchmark::State& state) {
    const Value live = stored_deployment();
    Value config = deployment("shop:1");
    config.find_path({"spec", "template", "spec", "containers"})->as_array()[0].erase("livenessProbe");
    const FieldManager manager = by("operator", "apps/v1", "2026-01-02T00:00:00Z");
    for (auto _ : state) benchmark::DoNotOptimize(server_side_apply(live, config, deployment_type(), manager, false));
}
BENCHMARK(apply_dropped_field);

Value config_map(const char* value) {
    return json::parse(
        std::string(
            R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","namespace":"default","labels":{"app":"shop"}},"data":{"a":")") +
        value + R"(","b":"2","c":"3"}})");
}

void track_config_map_create(benchmark::State& state) {
    const Value after = config_map("1");
    const FieldManager manager = by("kubectl", "v1", "2026-01-01T00:00:00Z");
    for (auto _ : state) benchmark::DoNotOptimize(track_update(nullptr, after, config_map_type(), manager));
}
BENCHMARK(track_config_map_create);

void track_config_map_update(benchmark::State& state) {
    Value before =
        track_update(nullptr, config_map("1"), config_map_type(), by("kubectl", "v1", "2026-01-01T00:00:00Z"));
    before.at({"metadata", "uid"}) = "1";
    Value after = before;
    after.at({"data", "a"}) = "2";
    const FieldManager manager = by("other", "v1", "2026-01-02T00:00:00Z");
    for (auto _ : state) benchmark::DoNotOptimize(track_update(before, after, config_map_type(), manager));
}
BENCHMARK(track_config_map_update);

void track_deployment_status(benchmark::State& state) {
    const Value before = stored_deployment();
    Value after = before;
    after.at({"status", "readyReplicas"}) = 2;
    const FieldManager manager = by("kube-controller-manager", "apps/v1", "2026-01-02T00:00:00Z");
    for (auto _ : state) benchmark::DoNotOptimize(track_update(before, after, deployment_type(), manager));
}
BENCHMARK(track_deployment_status);

void strategic_patch_deployment(benchmark::State& state) {
    const Value live = stored_deployment();
    const Value patch = json::parse(
        R"({"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"app"}],"containers":[{"name":"app","image":"shop:3"}]}}}})");
    for (auto _ : state) benchmark::DoNotOptimize(strategic_merge_patch(live, patch, deployment_type()));
}
BENCHMARK(strategic_patch_deployment);

// What remains when all of the above is taken away: the copy of the object.
void copy_deployment(benchmark::State& state) {
    const Value live = stored_deployment();
    for (auto _ : state) benchmark::DoNotOptimize(Value(live));
}
BENCHMARK(copy_deployment);

}  // namespace
}  // namespace mizzen::apiserver
