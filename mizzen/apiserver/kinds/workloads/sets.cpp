// SPDX-License-Identifier: Apache-2.0
// StatefulSets, DaemonSets and the revisions of both.
#include <fmt/format.h>

#include <charconv>

#include "mizzen/apiserver/kinds/kinds.hpp"
#include "mizzen/apiserver/kinds/metadata.hpp"
#include "mizzen/apiserver/kinds/pods/pod_rules.hpp"
#include "mizzen/apiserver/kinds/storage/claim_rules.hpp"
#include "mizzen/apiserver/kinds/workloads/workload_rules.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

constexpr std::string_view template_generation = "deprecated.daemonset.template.generation";

void check_stateful_strategy(const Place& strategy) {
    auto type = strategy.at("type").text();
    auto rolling = strategy.at("rollingUpdate");
    if (type.empty()) return strategy.required();
    if (type == "OnDelete") {
        if (rolling) rolling.invalid("only allowed for updateStrategy 'RollingUpdate'");
    } else if (type == "RollingUpdate") {
        rolling.at("partition").not_negative();
        auto unavailable = rolling.at("maxUnavailable");
        check_number_or_percent(unavailable, true);
        if (unavailable && number_or_percent(unavailable) == 0) unavailable.invalid("cannot be 0");
    } else {
        strategy.invalid("must be 'RollingUpdate' or 'OnDelete'");
    }
}

// The template as its pods will have it: with the volumes of the claims, without a host name of its own.
Value with_claims(const Place& pod_template, const Place& claims) {
    auto out = pod_template.value();
    auto& spec = out["spec"];
    spec.erase("hostname");
    spec.erase("subdomain");
    if (claims.size() == 0) return out;
    json::Array volumes;
    for (auto& claim : claims.items()) {
        auto name = claim.at({"metadata", "name"}).text();
        volumes.push_back(json::Object{{"name", name}, {"persistentVolumeClaim", json::Object{{"claimName", name}}}});
    }
    if (auto* more = spec.find("volumes"); more && more->is_array()) {
        for (auto& volume : more->as_array()) {
            bool replaced = false;
            for (auto& v : volumes) replaced = replaced || v.text("name") == volume.text("name");
            if (!replaced) volumes.push_back(volume);
        }
    }
    spec["volumes"] = std::move(volumes);
    return out;
}

void check_daemon_strategy(const Place& strategy) {
    auto type = strategy.at("type").text();
    if (type == "OnDelete") return;
    if (type != "RollingUpdate") return strategy.unsupported({"RollingUpdate", "OnDelete"});
    auto rolling = strategy.at("rollingUpdate");
    if (!rolling) return rolling.required();
    auto unavailable = rolling.at("maxUnavailable"), surge = rolling.at("maxSurge");
    check_number_or_percent(unavailable, true);
    check_number_or_percent(surge, true);
    bool has_unavailable = number_or_percent(unavailable) != 0, has_surge = number_or_percent(surge) != 0;
    if (has_unavailable && has_surge)
        surge.invalid("may not be set when maxUnavailable is non-zero");
    else if (!has_unavailable && !has_surge)
        unavailable.required("cannot be 0 when maxSurge is 0");
}

}  // namespace

// Claim templates say what they are, as claims do.
void prepare_stateful_set(json::Value& object) {
    auto* claims = object.find_path({"spec", "volumeClaimTemplates"});
    if (!claims || !claims->is_array()) return;
    for (auto& claim : claims->as_array()) {
        claim["apiVersion"] = "v1";
        claim["kind"] = "PersistentVolumeClaim";
    }
}

void prepare_stateful_set_update(json::Value& object, const json::Value&) { prepare_stateful_set(object); }

// Old clients count templates by an annotation.
void prepare_daemon_set(json::Value& object) { object.at({"metadata", "annotations", template_generation}) = "1"; }

void prepare_daemon_set_update(json::Value& object, const json::Value& old) {
    auto before = old.text({"metadata", "annotations", template_generation});
    std::int64_t count = 0;
    std::from_chars(before.data(), before.data() + before.size(), count);
    if (!same(object.find_path({"spec", "template"}), old.find_path({"spec", "template"}))) ++count;
    object.at({"metadata", "annotations", template_generation}) = std::to_string(count);
}

void check_stateful_set(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    auto selector = spec.at("selector"), pod_template = spec.at("template"),
         management = spec.at("podManagementPolicy");
    if (management.text().empty())
        management.required();
    else if (management.text() != "OrderedReady" && management.text() != "Parallel")
        management.invalid("must be 'OrderedReady' or 'Parallel'");
    check_stateful_strategy(spec.at("updateStrategy"));
    for (auto* when : {"whenDeleted", "whenScaled"}) {
        auto policy = spec.at({"persistentVolumeClaimRetentionPolicy", when});
        if (policy && policy.text() != "Retain" && policy.text() != "Delete") policy.unsupported({"Retain", "Delete"});
    }
    for (auto& claim : spec.at("volumeClaimTemplates").items()) check_claim_spec(claim.at("spec"));
    spec.at("replicas").not_negative();
    spec.at("minReadySeconds").not_negative();
    spec.at({"ordinals", "start"}).not_negative();
    if (auto service = spec.at("serviceName"); !service.text().empty()) service.must_be(dns1123_label);
    if (check_workload_selector(selector, "statefulset")) {
        check_selected(selector, pod_template);
        auto seen = with_claims(pod_template, spec.at("volumeClaimTemplates"));
        check_pod_template(Place(&seen, pod_template.path(), errors));
    } else {
        selector.invalid("");
    }
    check_lasting(pod_template, "StatefulSet");
    if (!old) return;
    for (auto* member : {"selector", "volumeClaimTemplates", "serviceName", "podManagementPolicy"})
        spec.at(member).immutable(old->find_path({"spec", member}));
}

void check_daemon_set(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place spec(object.find("spec"), "spec", errors);
    auto selector = spec.at("selector"), pod_template = spec.at("template");
    bool is_empty_selector = !selector.at("matchLabels").filled() && !selector.at("matchExpressions").filled();
    auto before = errors.size();
    check_label_selector(selector);
    if (errors.size() == before) check_selected(selector, pod_template);
    if (selector.find() && is_empty_selector) selector.invalid("empty selector is invalid for daemonset");
    check_pod_template(pod_template);
    check_lasting(pod_template, "DaemonSet");
    spec.at("minReadySeconds").not_negative();
    check_daemon_strategy(spec.at("updateStrategy"));
    spec.at("revisionHistoryLimit").not_negative();
    if (old) selector.immutable(old->find_path({"spec", "selector"}));
}

void check_controller_revision(const json::Value& object, const json::Value* old, std::vector<FieldError>& errors) {
    Place revision(&object, "", errors);
    auto data = revision.at("data");
    if (!data)
        data.required("data is mandatory");
    else if (!data.value().is_object())
        data.required("data must be a valid JSON object");
    revision.at("revision").not_negative();
    if (old) data.immutable(old->find("data"));
}

}  // namespace mizzen::apiserver
