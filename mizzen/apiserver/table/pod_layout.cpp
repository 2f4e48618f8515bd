// SPDX-License-Identifier: Apache-2.0
// Pod: what its containers make of it, in two words and two numbers.
#include <fmt/format.h>
#include <algorithm>

#include "mizzen/apiserver/table/layouts.hpp"

namespace mizzen::apiserver {
namespace {

// Restarts of some containers, and when the last of them ended.
struct Restarts {
    std::int64_t count = 0;
    std::optional<WallTime> last;

    void add(const json::Value& status) {
        count += status.integer({"restartCount"});
        auto ended = parse_rfc3339(status.text({"lastState", "terminated", "finishedAt"}));
        if (ended && (!last || *last < *ended)) last = ended;
    }
};

bool is_sidecar(const json::Value& container) { return container.text("restartPolicy") == "Always"; }

const json::Value* item_named(const json::Array& list, std::string_view name) {
    auto found = std::ranges::find_if(list, [&](const json::Value& item) { return item.text("name") == name; });
    return found == list.end() ? nullptr : &*found;
}

std::string ended_as(const json::Value& terminated) {
    if (std::string_view reason = terminated.text("reason"); !reason.empty()) return std::string(reason);
    if (std::int64_t signal = terminated.integer({"signal"})) return fmt::format("Signal:{}", signal);
    return fmt::format("ExitCode:{}", terminated.integer({"exitCode"}));
}

class PodSummary {
  public:
    explicit PodSummary(const Row& row) : row_(row), conditions_(row.items({"status", "conditions"})) {
        total_ = size_of(row.find({"spec", "containers"})) +
                 std::ranges::count_if(row.items({"spec", "initContainers"}), is_sidecar);
        reason_ = row.text_or({"status", "reason"}, row.text({"status", "phase"}));
        const json::Value* scheduled = item_of_type(conditions_, "PodScheduled");
        if (scheduled && scheduled->text("reason") == "SchedulingGated") reason_ = "SchedulingGated";
        bool initializing = look_at_init_containers();
        if (!initializing || has_condition(conditions_, "Initialized")) look_at_containers();
        if (row.terminating()) look_at_deletion();
    }

    std::string ready() const { return fmt::format("{}/{}", ready_, total_); }
    const std::string& reason() const { return reason_; }
    std::string restarts() const {
        if (restarts_.count == 0 || !restarts_.last) return std::to_string(restarts_.count);
        return fmt::format("{} ({} ago)", restarts_.count, to_age(row_.now - *restarts_.last));
    }

  private:
    // Whether one of them is not done yet; the first such gives the reason.
    bool look_at_init_containers() {
        const json::Array& containers = row_.items({"spec", "initContainers"});
        const json::Array& statuses = row_.items({"status", "initContainerStatuses"});
        for (std::size_t i = 0; i < statuses.size(); ++i) {
            const json::Value& status = statuses[i];
            const json::Value* container = item_named(containers, status.text("name"));
            bool sidecar = container && is_sidecar(*container);
            restarts_.add(status);
            if (sidecar) sidecar_restarts_.add(status);
            const json::Value* terminated = status.find_path({"state", "terminated"});
            if (terminated && terminated->integer({"exitCode"}) == 0) continue;
            if (sidecar && is_true(status, "started")) {
                ready_ += is_true(status, "ready");
                continue;
            }
            std::string_view waiting = status.text({"state", "waiting", "reason"});
            if (terminated)
                reason_ = "Init:" + ended_as(*terminated);
            else if (!waiting.empty() && waiting != "PodInitializing")
                reason_ = fmt::format("Init:{}", waiting);
            else
                reason_ = fmt::format("Init:{}/{}", i, containers.size());
            return true;
        }
        return false;
    }

    // From the last to the first, so that the first one has the last word.
    void look_at_containers() {
        const json::Array& statuses = row_.items({"status", "containerStatuses"});
        restarts_ = sidecar_restarts_;
        bool has_running = false;
        std::string error;
        for (std::size_t i = statuses.size(); i-- > 0;) {
            const json::Value& status = statuses[i];
            restarts_.add(status);
            const json::Value* terminated = status.find_path({"state", "terminated"});
            if (std::string_view waiting = status.text({"state", "waiting", "reason"}); !waiting.empty()) {
                reason_ = waiting;
            } else if (terminated) {
                reason_ = ended_as(*terminated);
                if (terminated->integer({"exitCode"}) != 0) error = reason_;
            } else if (is_true(status, "ready") && status.find_path({"state", "running"})) {
                has_running = true;
                ++ready_;
            }
        }
        // Some containers are done while others may go on.
        if (reason_ != "Completed") return;
        if (has_running && has_condition(conditions_, "Ready"))
            reason_ = "Running";
        else if (!error.empty())
            reason_ = error;
        else if (has_running)
            reason_ = "NotReady";
    }

    void look_at_deletion() {
        std::string_view phase = row_.text({"status", "phase"});
        if (row_.text({"status", "reason"}) == "NodeLost")
            reason_ = "Unknown";
        else if (phase != "Succeeded" && phase != "Failed")
            reason_ = "Terminating";
    }

    static bool is_true(const json::Value& status, std::string_view member) {
        const json::Value* value = status.find(member);
        return value && value->is_bool() && value->as_bool();
    }

    Row row_;
    const json::Array& conditions_;
    std::int64_t total_ = 0, ready_ = 0;
    std::string reason_;
    Restarts restarts_, sidecar_restarts_;
};

std::string pod_address(const Row& row) {
    const json::Array& addresses = row.items({"status", "podIPs"});
    std::string_view first = addresses.empty() ? row.text({"status", "podIP"}) : addresses[0].text("ip");
    return std::string(first.empty() ? "<none>" : first);
}

std::string readiness_gates(const Row& row) {
    const json::Array& gates = row.items({"spec", "readinessGates"});
    if (gates.empty()) return "<none>";
    const json::Array& conditions = row.items({"status", "conditions"});
    auto open = std::ranges::count_if(
        gates, [&](const json::Value& gate) { return has_condition(conditions, gate.text("conditionType")); });
    return fmt::format("{}/{}", open, gates.size());
}

json::Array pod_cells(const Row& row) {
    PodSummary pod(row);
    return {row.name(),
            pod.ready(),
            pod.reason(),
            pod.restarts(),
            row.age(),
            pod_address(row),
            row.text_or({"spec", "nodeName"}, "<none>"),
            row.text_or({"status", "nominatedNodeName"}, "<none>"),
            readiness_gates(row)};
}

// Finished Pods are set apart.
json::Value pod_conditions(const json::Value& pod) {
    std::string_view phase = pod.text({"status", "phase"});
    if (phase != "Succeeded" && phase != "Failed") return {};
    std::string_view message = phase == "Failed" ? "The pod failed." : "The pod has completed successfully.";
    return json::Array{
        json::Object{{"message", message}, {"reason", phase}, {"status", "True"}, {"type", "Completed"}}};
}

json::Array template_cells(const Row& row) {
    return {row.name(), row.containers({"template", "spec"}, "name"), row.containers({"template", "spec"}, "image"),
            labels_text(row.find({"template", "metadata", "labels"}))};
}

constexpr LayoutEntry layouts[] = {
    {"", "Pod", "Name | Ready | Status | Restarts | Age | IP+ | Node+ | Nominated Node+ | Readiness Gates+", pod_cells,
     pod_conditions},
    {"", "PodTemplate", "Name | Containers | Images | Pod Labels", template_cells},
};

}  // namespace

std::span<const LayoutEntry> pod_layouts() { return layouts; }

}  // namespace mizzen::apiserver
