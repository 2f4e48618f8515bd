// SPDX-License-Identifier: Apache-2.0
// The kinds that make Pods, and what bounds or remembers them.
#include <fmt/format.h>
#include <algorithm>

#include "mizzen/apiserver/table/layouts.hpp"
#include "mizzen/base/text.hpp"

namespace mizzen::apiserver {
namespace {

void add_containers(json::Array& cells, const Row& row, Keys pod_spec) {
    cells.push_back(row.containers(pod_spec, "name"));
    cells.push_back(row.containers(pod_spec, "image"));
}

std::string of(std::int64_t done, std::int64_t wanted) { return fmt::format("{}/{}", done, wanted); }

json::Array deployment_cells(const Row& row) {
    json::Array cells{row.name(), of(row.integer({"status", "readyReplicas"}), row.integer({"spec", "replicas"})),
                      row.integer({"status", "updatedReplicas"}), row.integer({"status", "availableReplicas"}),
                      row.age()};
    add_containers(cells, row, {"spec", "template", "spec"});
    cells.push_back(selector_text_of(row.find({"spec", "selector"}), ""));
    return cells;
}

json::Array replica_cells(const Row& row, std::string selector) {
    json::Array cells{row.name(), row.integer({"spec", "replicas"}), row.integer({"status", "replicas"}),
                      row.integer({"status", "readyReplicas"}), row.age()};
    add_containers(cells, row, {"spec", "template", "spec"});
    cells.push_back(std::move(selector));
    return cells;
}

json::Array replica_set_cells(const Row& row) {
    return replica_cells(row, selector_text_of(row.find({"spec", "selector"})));
}
json::Array replication_controller_cells(const Row& row) {
    return replica_cells(row, labels_text(row.find({"spec", "selector"})));
}

json::Array stateful_set_cells(const Row& row) {
    json::Array cells{row.name(), of(row.integer({"status", "readyReplicas"}), row.integer({"spec", "replicas"})),
                      row.age()};
    add_containers(cells, row, {"spec", "template", "spec"});
    return cells;
}

json::Array daemon_set_cells(const Row& row) {
    json::Array cells{row.name()};
    for (std::string_view count : {"desiredNumberScheduled", "currentNumberScheduled", "numberReady",
                                   "updatedNumberScheduled", "numberAvailable"}) {
        cells.push_back(row.integer({"status", count}));
    }
    cells.push_back(labels_text(row.find({"spec", "template", "spec", "nodeSelector"})));
    cells.push_back(row.age());
    add_containers(cells, row, {"spec", "template", "spec"});
    cells.push_back(selector_text_of(row.find({"spec", "selector"})));
    return cells;
}

std::string_view job_status(const Row& row) {
    const json::Array& conditions = row.items({"status", "conditions"});
    if (has_condition(conditions, "Complete")) return "Complete";
    if (has_condition(conditions, "Failed")) return "Failed";
    if (row.terminating()) return "Terminating";
    if (has_condition(conditions, "Suspended")) return "Suspended";
    if (has_condition(conditions, "FailureTarget")) return "FailureTarget";
    if (has_condition(conditions, "SuccessCriteriaMet")) return "SuccessCriteriaMet";
    return "Running";
}

std::string job_completions(const Row& row) {
    std::int64_t succeeded = row.integer({"status", "succeeded"}), parallelism = row.integer({"spec", "parallelism"});
    if (row.find({"spec", "completions"})) return of(succeeded, row.integer({"spec", "completions"}));
    if (parallelism > 1) return fmt::format("{}/1 of {}", succeeded, parallelism);
    return of(succeeded, 1);
}

std::string job_duration(const Row& row) {
    auto start = parse_rfc3339(row.text({"status", "startTime"}));
    if (!start) return "";
    return to_age(parse_rfc3339(row.text({"status", "completionTime"})).value_or(row.now) - *start);
}

json::Array job_cells(const Row& row) {
    json::Array cells{row.name(), job_status(row), job_completions(row), job_duration(row), row.age()};
    add_containers(cells, row, {"spec", "template", "spec"});
    cells.push_back(selector_text_of(row.find({"spec", "selector"})));
    return cells;
}

json::Array cron_job_cells(const Row& row) {
    const json::Value* suspend = row.find({"spec", "suspend"});
    bool ran = !row.text({"status", "lastScheduleTime"}).empty();
    json::Array cells{row.name(),
                      row.text({"spec", "schedule"}),
                      row.text_or({"spec", "timeZone"}, "<none>"),
                      !suspend                           ? "<unset>"
                      : row.is_true({"spec", "suspend"}) ? "True"
                                                         : "False",
                      size_of(row.find({"status", "active"})),
                      ran ? row.since({"status", "lastScheduleTime"}) : "<none>",
                      row.age()};
    add_containers(cells, row, {"spec", "jobTemplate", "spec", "template", "spec"});
    cells.push_back(selector_text_of(row.find({"spec", "jobTemplate", "spec", "selector"})));
    return cells;
}

// "2" or "50%".
std::string number_or_percent(const json::Value* value) {
    if (!value) return "N/A";
    return value->is_integer() ? std::to_string(value->as_integer()) : value->is_string() ? value->as_string() : "";
}

json::Array disruption_budget_cells(const Row& row) {
    return {row.name(), number_or_percent(row.find({"spec", "minAvailable"})),
            number_or_percent(row.find({"spec", "maxUnavailable"})), row.integer({"status", "disruptionsAllowed"}),
            row.age()};
}

// "deployment.apps/web": the owner that is the controller.
std::string controller_of(const Row& row) {
    const json::Array& owners = row.items({"metadata", "ownerReferences"});
    auto found = std::ranges::find_if(owners, [](const json::Value& owner) {
        const json::Value* controller = owner.find("controller");
        return controller && controller->is_bool() && controller->as_bool();
    });
    if (found == owners.end()) return "<none>";
    std::string_view api_version = found->text("apiVersion");
    std::size_t slash = api_version.find('/');
    std::string group = slash == std::string_view::npos ? "" : fmt::format(".{}", api_version.substr(0, slash));
    return fmt::format("{}/{}", to_lower(fmt::format("{}{}", found->text("kind"), group)), found->text("name"));
}

json::Array controller_revision_cells(const Row& row) {
    return {row.name(), controller_of(row), row.integer({"revision"}), row.age()};
}

constexpr LayoutEntry layouts[] = {
    {"", "ReplicationController",
     "Name | Desired:integer | Current:integer | Ready:integer | Age | Containers+ | Images+ | Selector+",
     replication_controller_cells},
    {"apps", "ControllerRevision", "Name | Controller | Revision | Age", controller_revision_cells},
    {"apps", "DaemonSet",
     "Name | Desired:integer | Current:integer | Ready:integer | Up-to-date:integer | Available:integer | Node "
     "Selector | Age | Containers+ | Images+ | Selector+",
     daemon_set_cells},
    {"apps", "Deployment", "Name | Ready | Up-to-date | Available | Age | Containers+ | Images+ | Selector+",
     deployment_cells},
    {"apps", "ReplicaSet",
     "Name | Desired:integer | Current:integer | Ready:integer | Age | Containers+ | Images+ | Selector+",
     replica_set_cells},
    {"apps", "StatefulSet", "Name | Ready | Age | Containers+ | Images+", stateful_set_cells},
    {"batch", "CronJob",
     "Name | Schedule | Timezone | Suspend:boolean | Active:integer | Last Schedule | Age | Containers+ | Images+ | "
     "Selector+",
     cron_job_cells},
    {"batch", "Job", "Name | Status | Completions | Duration | Age | Containers+ | Images+ | Selector+", job_cells},
    {"policy", "PodDisruptionBudget", "Name | Min Available | Max Unavailable | Allowed Disruptions:integer | Age",
     disruption_budget_cells},
};

}  // namespace

std::span<const LayoutEntry> workload_layouts() { return layouts; }

}  // namespace mizzen::apiserver
