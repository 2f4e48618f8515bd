// SPDX-License-Identifier: Apache-2.0
// Implements eviction.hpp.
#include "mizzen/apiserver/verbs/eviction.hpp"

#include <fmt/format.h>

#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/request/body.hpp"
#include "mizzen/apiserver/request/respond.hpp"
#include "mizzen/apiserver/selector/selector.hpp"
#include "mizzen/apiserver/verbs/remover.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view budgets_name = "poddisruptionbudgets.policy";
constexpr int budget_retry_seconds = 10;

struct Budget {
    RecordPtr record;
    json::Value object;
};

std::vector<Budget> budgets_of(Store& store, const Record& pod) {
    std::vector<Budget> out;
    store.collection(std::string(budgets_name)).each(std::string(pod.ns()) + "/", "", [&](const RecordPtr& record) {
        json::Value object = json::parse(record->json);
        const json::Value* selector = object.find_path({"spec", "selector"});
        LabelSelector matching = LabelSelector::from_value(selector ? *selector : json::Value());
        if (matching.matches(pod.labels.is_null() ? nullptr : &pod.labels)) out.push_back({record, std::move(object)});
        return true;
    });
    return out;
}

bool is_ready(const json::Value& pod) {
    const json::Value* conditions = pod.find_path({"status", "conditions"});
    if (conditions && conditions->is_array())
        for (const json::Value& c : conditions->as_array())
            if (c.text("type") == "Ready") return c.text("status") == "True";
    return false;
}

// A pod that serves nobody needs no permission, or only that of a budget that is met.
bool goes_without_budget(const json::Value& pod, const json::Value& budget) {
    std::string_view phase = pod.text({"status", "phase"});
    if (phase == "Succeeded" || phase == "Failed" || phase == "Pending") return true;
    if (is_ready(pod)) return false;
    if (budget.text({"spec", "unhealthyPodEvictionPolicy"}) == "AlwaysAllow") return true;
    std::int64_t healthy = budget.integer({"status", "currentHealthy"}),
                 desired = budget.integer({"status", "desiredHealthy"});
    return healthy >= desired && desired > 0;
}

StatusError refuse(const Budget& budget, std::string_view why) {
    StatusError e =
        too_many_requests("Cannot evict pod as it would violate the pod's disruption budget.", budget_retry_seconds);
    e.retry_after_seconds = std::nullopt;
    e.causes.push_back(
        {"DisruptionBudget", "", fmt::format("The disruption budget {} {}", budget.record->name(), why)});
    return e;
}

// Takes one disruption out of the budget.
void spend(Call& call, Budget budget, bool dry_run) {
    json::Value& object = budget.object;
    if (object.integer({"status", "observedGeneration"}) < object.integer({"metadata", "generation"})) {
        StatusError e = refuse(budget, "is still being processed by the server.");
        e.retry_after_seconds = budget_retry_seconds;
        throw e;
    }
    std::int64_t allowed = object.integer({"status", "disruptionsAllowed"});
    if (allowed <= 0)
        throw refuse(budget, fmt::format("needs {} healthy pods and has {} currently",
                                         object.integer({"status", "desiredHealthy"}),
                                         object.integer({"status", "currentHealthy"})));
    if (dry_run) return;
    object["status"]["disruptionsAllowed"] = allowed - 1;
    object.at({"status", "disruptedPods", call.info.name}) = to_rfc3339(call.now());
    call.wrote(*call.server.store.put(call.server.store.collection(std::string(budgets_name)), budget.record->key,
                                      std::move(object)));
}

DeleteOptions delete_options_of(const json::Value& eviction, const Call& call) {
    DeleteOptions options;
    const json::Value* given = eviction.find("deleteOptions");
    if (given) {
        if (const json::Value* grace = given->find("gracePeriodSeconds"); grace && grace->is_integer())
            options.grace_seconds = grace->as_integer();
        if (std::string_view policy = given->text("propagationPolicy"); !policy.empty()) options.propagation = policy;
        if (std::string_view uid = given->text({"preconditions", "uid"}); !uid.empty()) options.uid = uid;
        if (std::string_view v = given->text({"preconditions", "resourceVersion"}); !v.empty())
            options.resource_version = v;
    }
    const json::Value* dry_run = given ? given->find("dryRun") : nullptr;
    options.dry_run =
        call.query.find("dryRun").has_value() || (dry_run && dry_run->is_array() && !dry_run->as_array().empty());
    return options;
}

}  // namespace

Task<net::Response> evict_pod(Call& call) {
    json::Value eviction =
        decode_object(call.body, call.header("content-type"), {"policy", "v1", "Eviction", false}).object;
    std::string_view name = eviction.text({"metadata", "name"});
    if (!name.empty() && name != call.info.name)
        throw bad_request("name in URL does not match name in Eviction object");
    DeleteOptions options = delete_options_of(eviction, call);
    RecordPtr pod = call.resource->collection->find(call.key());
    if (!pod) throw call.not_found();
    std::vector<Budget> budgets = budgets_of(call.server.store, *pod);
    if (budgets.size() > 1)
        throw internal_error(
            "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
    if (!budgets.empty() && !goes_without_budget(json::parse(pod->json), budgets.front().object))
        spend(call, std::move(budgets.front()), options.dry_run);
    co_await remove_object(call, call.key(), options);
    co_return document_response(call, 201,
                                json::Object{{"apiVersion", "v1"},
                                             {"code", 201},
                                             {"kind", "Status"},
                                             {"metadata", json::Object{}},
                                             {"status", "Success"}});
}

}  // namespace mizzen::apiserver
