// SPDX-License-Identifier: Apache-2.0
// HorizontalPodAutoscaler: each metric with its target.
#include <fmt/format.h>

#include "mizzen/apiserver/table/layouts.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view unknown = "<unknown>";

// The metric's own part of an entry: {"type": "Resource", "resource": {…}} keeps it in "resource".
std::string_view member_of(std::string_view type) {
    if (type == "External") return "external";
    if (type == "Pods") return "pods";
    if (type == "Object") return "object";
    if (type == "Resource") return "resource";
    if (type == "ContainerResource") return "containerResource";
    return "";
}

std::string quantity_or_unknown(const json::Value* current, std::string_view member) {
    const json::Value* value = current ? current->find(member) : nullptr;
    return value ? quantity_text(value) : std::string(unknown);
}

std::string percent_or(const json::Value* values, std::string_view otherwise) {
    const json::Value* percent = values ? values->find("averageUtilization") : nullptr;
    return percent && percent->is_integer() ? fmt::format("{}%", percent->as_integer()) : std::string(otherwise);
}

std::string value_text(const json::Value* current, const json::Value& target, std::string_view mark) {
    if (const json::Value* average = target.find("averageValue")) {
        return fmt::format("{}/{}{}", quantity_or_unknown(current, "averageValue"), quantity_text(average), mark);
    }
    std::string now = current ? quantity_text(current->find("value")) : std::string(unknown);
    return fmt::format("{}/{}", now, quantity_text(target.find("value")));
}

std::string metric_text(const json::Value& metric, const json::Value* status) {
    static const json::Value nothing;
    std::string_view member = member_of(metric.text("type"));
    if (member.empty()) return "<unknown type>";
    const json::Value* found = metric.find_path({member, "target"});
    const json::Value& target = found ? *found : nothing;
    const json::Value* current = status ? status->find_path({member, "current"}) : nullptr;
    if (member == "pods") return value_text(current, target, "");
    if (member == "external" || member == "object") return value_text(current, target, " (avg)");
    std::string_view resource = metric.text({member, "name"});
    if (const json::Value* average = target.find("averageValue")) {
        return fmt::format("{}: {}/{}", resource, quantity_or_unknown(current, "averageValue"), quantity_text(average));
    }
    return fmt::format("{}: {}/{}", resource, percent_or(current, unknown), percent_or(&target, "<auto>"));
}

// autoscaling/v1 knows only the CPU.
std::vector<std::string> old_metrics(const Row& row) {
    const json::Value* target = row.find({"spec", "targetCPUUtilizationPercentage"});
    if (!target) return {};
    const json::Value* current = row.find({"status", "currentCPUUtilizationPercentage"});
    return {
        fmt::format("cpu: {}/{}%",
                    current ? fmt::format("{}%", row.integer({"status", "currentCPUUtilizationPercentage"})) : unknown,
                    row.integer({"spec", "targetCPUUtilizationPercentage"}))};
}

std::string targets(const Row& row) {
    std::vector<std::string> all = old_metrics(row);
    const json::Array &metrics = row.items({"spec", "metrics"}), &statuses = row.items({"status", "currentMetrics"});
    for (std::size_t i = 0; i < metrics.size(); ++i)
        all.push_back(metric_text(metrics[i], i < statuses.size() ? &statuses[i] : nullptr));
    return all.empty() ? "<none>" : shortened(all, 2, ", ");
}

json::Array autoscaler_cells(const Row& row) {
    const json::Value* least = row.find({"spec", "minReplicas"});
    return {row.name(),
            fmt::format("{}/{}", row.text({"spec", "scaleTargetRef", "kind"}),
                        row.text({"spec", "scaleTargetRef", "name"})),
            targets(row),
            least ? std::to_string(row.integer({"spec", "minReplicas"})) : "<unset>",
            row.integer({"spec", "maxReplicas"}),
            row.integer({"status", "currentReplicas"}),
            row.age()};
}

json::Array scale_cells(const Row& row) {
    return {row.name(), row.integer({"spec", "replicas"}), row.integer({"status", "replicas"}), row.age()};
}

constexpr LayoutEntry layouts[] = {
    {"autoscaling", "HorizontalPodAutoscaler", "Name | Reference | Targets | MinPods | MaxPods | Replicas | Age",
     autoscaler_cells},
    {"autoscaling", "Scale", "Name | Desired:integer | Available:integer | Age", scale_cells},
};

}  // namespace

std::span<const LayoutEntry> autoscaler_layouts() { return layouts; }

}  // namespace mizzen::apiserver
