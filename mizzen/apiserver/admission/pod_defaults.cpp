// SPDX-License-Identifier: Apache-2.0
// Implements pod_defaults.hpp.
#include "mizzen/apiserver/admission/pod_defaults.hpp"

#include <fmt/format.h>

#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

constexpr int toleration_seconds = 300;

bool makes_a_pod(const Attempt& attempt) {
    if (!attempt.is("", "pods") || attempt.operation != Operation::create || !attempt.subresource.empty()) return false;
    const json::Value* spec = attempt.object->find("spec");
    return spec && spec->is_object();
}

bool tolerates(const json::Array& tolerations, std::string_view key) {
    for (const json::Value& t : tolerations) {
        bool same_key = t.text("key") == key || t.text("key").empty();
        if (same_key && (t.text("effect").empty() || t.text("effect") == "NoExecute")) return true;
    }
    return false;
}

void add_tolerations(Attempt& attempt) {
    if (!makes_a_pod(attempt)) return;
    json::Value& tolerations = (*attempt.object)["spec"]["tolerations"];
    if (!tolerations.is_array()) tolerations = json::Array{};
    for (std::string_view key : {"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"})
        if (!tolerates(tolerations.as_array(), key))
            tolerations.as_array().push_back(json::Object{{"effect", "NoExecute"},
                                                          {"key", key},
                                                          {"operator", "Exists"},
                                                          {"tolerationSeconds", toleration_seconds}});
}

// The class that the pod names, or the one that is everybody's; null if there is none.
json::Value priority_class(const Attempt& attempt, std::string_view name) {
    Collection& classes = attempt.server.store.collection("priorityclasses.scheduling.k8s.io");
    if (!name.empty()) {
        RecordPtr record = classes.find(name);
        if (!record)
            throw refused("", "pods", attempt.name, fmt::format("no PriorityClass with name {} was found", name));
        return json::parse(record->json);
    }
    json::Value found;
    classes.each("", "", [&](const RecordPtr& record) {
        json::Value c = json::parse(record->json);
        const json::Value* is_default = c.find("globalDefault");
        if (is_default && is_default->is_bool() && is_default->as_bool()) found = std::move(c);
        return found.is_null();
    });
    return found;
}

void set_priority(Attempt& attempt) {
    if (!makes_a_pod(attempt)) return;
    json::Value& spec = (*attempt.object)["spec"];
    json::Value c = priority_class(attempt, spec.text("priorityClassName"));
    std::int64_t value = c.integer({"value"});
    if (const json::Value* given = spec.find("priority"); given && given->is_integer() && given->as_integer() != value)
        throw refused("", "pods", attempt.name,
                      fmt::format("the integer value of priority ({}) must not be provided in pod spec; priority "
                                  "admission controller computed {} from the given PriorityClass name",
                                  given->as_integer(), value));
    spec["priority"] = value;
    if (c.is_object()) spec["priorityClassName"] = c.text({"metadata", "name"});
    if (!spec.find("preemptionPolicy")) {
        std::string_view policy = c.text("preemptionPolicy");
        spec["preemptionPolicy"] = policy.empty() ? std::string_view("PreemptLowerPriority") : policy;
    }
}

}  // namespace

Admission default_toleration_seconds() { return {.name = "DefaultTolerationSeconds", .mutate = add_tolerations}; }
Admission priority() { return {.name = "Priority", .mutate = set_priority}; }

}  // namespace mizzen::apiserver
