// SPDX-License-Identifier: Apache-2.0
// Implements conversion.hpp.
#include "mizzen/apiserver/catalog/conversion.hpp"

#include <optional>
#include <string>

#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

bool is_new_event(const ServedResource& r) { return r.group == "events.k8s.io" && r.plural == "events"; }
bool is_old_autoscaler(const ServedResource& r) {
    return r.group == "autoscaling" && r.plural == "horizontalpodautoscalers" && r.version == "v1";
}

struct Renamed {
    std::string_view stored, shown;
};

constexpr Renamed event_fields[] = {
    {"involvedObject", "regarding"},
    {"message", "note"},
    {"source", "deprecatedSource"},
    {"firstTimestamp", "deprecatedFirstTimestamp"},
    {"lastTimestamp", "deprecatedLastTimestamp"},
    {"count", "deprecatedCount"},
    {"reportingComponent", "reportingController"},
};

void rename(json::Value& object, std::string_view from, std::string_view to) {
    json::Value* found = object.find(from);
    if (!found) return;
    json::Value moved = std::move(*found);
    object.erase(from);
    object[to] = std::move(moved);
}

// v2 keeps what v1 cannot say in annotations of v1, as kube-apiserver does.
constexpr std::string_view metrics_note = "autoscaling.alpha.kubernetes.io/metrics";
constexpr std::string_view behavior_note = "autoscaling.alpha.kubernetes.io/behavior";
constexpr std::string_view conditions_note = "autoscaling.alpha.kubernetes.io/conditions";

bool is_cpu_utilization(const json::Value& metric, std::string_view place) {
    return metric.text("type") == "Resource" && metric.text({"resource", "name"}) == "cpu" &&
           metric.find_path({"resource", place, "averageUtilization"});
}

// Takes the CPU utilization out of a list of metrics.
std::optional<std::int64_t> take_cpu(json::Array& metrics, std::string_view place) {
    for (auto it = metrics.begin(); it != metrics.end(); ++it) {
        if (!is_cpu_utilization(*it, place)) continue;
        std::int64_t percent = it->integer({"resource", place, "averageUtilization"});
        metrics.erase(it);
        return percent;
    }
    return std::nullopt;
}

void note(json::Value& object, std::string_view name, json::Value* value) {
    if (value && !(value->is_array() && value->as_array().empty()))
        object.at({"metadata", "annotations", name}) = json::to_json(*value);
}

json::Value to_old_autoscaler(json::Value object) {
    object["apiVersion"] = "autoscaling/v1";
    if (json::Value* metrics = object.find_path({"spec", "metrics"}); metrics && metrics->is_array()) {
        if (auto cpu = take_cpu(metrics->as_array(), "target")) object["spec"]["targetCPUUtilizationPercentage"] = *cpu;
        note(object, metrics_note, object.find_path({"spec", "metrics"}));
        object["spec"].erase("metrics");
    }
    note(object, behavior_note, object.find_path({"spec", "behavior"}));
    if (json::Value* spec = object.find("spec")) spec->erase("behavior");
    if (json::Value* current = object.find_path({"status", "currentMetrics"}); current && current->is_array()) {
        if (auto cpu = take_cpu(current->as_array(), "current"))
            object["status"]["currentCPUUtilizationPercentage"] = *cpu;
        object["status"].erase("currentMetrics");
    }
    note(object, conditions_note, object.find_path({"status", "conditions"}));
    if (json::Value* status = object.find("status")) status->erase("conditions");
    return object;
}

// What an annotation kept, taken out of it; null if it is not there or no JSON.
json::Value take_note(json::Value& object, std::string_view name) {
    json::Value* annotations = object.find_path({"metadata", "annotations"});
    const json::Value* text = annotations ? annotations->find(name) : nullptr;
    if (!text || !text->is_string()) return {};
    json::Value value;
    try {
        value = json::parse(text->as_string());
    } catch (const Error&) {
        return {};
    }
    annotations->erase(name);
    if (annotations->as_object().empty()) object["metadata"].erase("annotations");
    return value;
}

json::Value to_new_autoscaler(json::Value object) {
    object["apiVersion"] = "autoscaling/v2";
    json::Value metrics = take_note(object, metrics_note);
    if (!metrics.is_array()) metrics = json::Array{};
    if (json::Value* spec = object.find("spec"); spec && spec->is_object()) {
        if (const json::Value* cpu = spec->find("targetCPUUtilizationPercentage"); cpu && cpu->is_integer()) {
            json::Object target{{"averageUtilization", *cpu}, {"type", "Utilization"}};
            json::Object resource{{"name", "cpu"}, {"target", std::move(target)}};
            metrics.as_array().insert(metrics.as_array().begin(),
                                      json::Object{{"resource", std::move(resource)}, {"type", "Resource"}});
        }
        spec->erase("targetCPUUtilizationPercentage");
        if (!metrics.as_array().empty()) (*spec)["metrics"] = std::move(metrics);
        if (json::Value behavior = take_note(object, behavior_note); behavior.is_object())
            object["spec"]["behavior"] = std::move(behavior);
    }
    if (json::Value conditions = take_note(object, conditions_note); conditions.is_array())
        object["status"]["conditions"] = std::move(conditions);
    if (json::Value* status = object.find("status"); status && status->is_object()) {
        if (const json::Value* cpu = status->find("currentCPUUtilizationPercentage"); cpu && cpu->is_integer()) {
            json::Object current{{"averageUtilization", *cpu}, {"averageValue", "0"}};
            json::Object resource{{"current", std::move(current)}, {"name", "cpu"}};
            (*status)["currentMetrics"] =
                json::Array{json::Object{{"resource", std::move(resource)}, {"type", "Resource"}}};
        }
        status->erase("currentCPUUtilizationPercentage");
    }
    return object;
}

}  // namespace

bool needs_conversion(const ServedResource& resource) { return is_new_event(resource) || is_old_autoscaler(resource); }

json::Value convert_from_stored(const ServedResource& resource, json::Value object) {
    if (is_old_autoscaler(resource)) return to_old_autoscaler(std::move(object));
    object["apiVersion"] = "events.k8s.io/v1";
    for (const Renamed& field : event_fields) rename(object, field.stored, field.shown);
    return object;
}

json::Value convert_to_stored(const ServedResource& resource, json::Value object) {
    if (is_old_autoscaler(resource)) return to_new_autoscaler(std::move(object));
    object["apiVersion"] = "v1";
    for (const Renamed& field : event_fields) rename(object, field.shown, field.stored);
    return object;
}

}  // namespace mizzen::apiserver
