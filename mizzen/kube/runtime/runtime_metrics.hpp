// SPDX-License-Identifier: Apache-2.0
// What caches, queues, controllers and elections count, under the names that controller-runtime and client-go gave
// these. Default-made handles count nothing.
#pragma once
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "mizzen/base/time.hpp"
#include "mizzen/telemetry/metrics/bound.hpp"

namespace mizzen::telemetry {
class Registry;
}

namespace mizzen::kube {

using BoundCounter = telemetry::BoundSum<telemetry::MetricType::counter, std::uint64_t>;

// The keys that workers have now, each by when it was taken. Any thread may ask.
class WorkInProgress {
  public:
    void began(WallTime start);
    void ended(WallTime start);
    // Seconds until `now`, of all of them together and of the one that takes longest. None is below 0.
    double unfinished(WallTime now) const;
    double longest(WallTime now) const;

  private:
    mutable std::mutex mutex_;
    std::multiset<WallTime> starts_;
};

// workqueue_*, labels controller and name.
struct WorkQueueMetrics {
    telemetry::BoundGauge depth;       // keys that wait
    BoundCounter adds;                 // keys that came in, each once until it is taken
    BoundCounter retries;              // keys that came again after a failure
    telemetry::BoundHistogram waited;  // seconds in the queue
    telemetry::BoundHistogram worked;  // seconds that a worker had it
    // workqueue_unfinished_work_seconds and workqueue_longest_running_processor_seconds: worked out when somebody
    // collects, so that a visit that never ends shows. Nothing where nobody counts.
    std::shared_ptr<WorkInProgress> in_progress = {};
};

// controller_runtime_*, label controller.
struct ControllerMetrics {
    BoundCounter succeeded, failed, requeued, requeued_after;  // controller_runtime_reconcile_total by result
    BoundCounter errors;
    telemetry::BoundHistogram time;  // seconds of one visit
    telemetry::BoundGauge active;    // workers that are at it
};

// reflector_* as client-go had them, and what tells how fresh a cache is; label name is the resource.
struct CacheMetrics {
    BoundCounter lists, failures;
    telemetry::BoundGauge objects, last_version, last_heard;
};

// `registry` may be nullptr. Two of one name share their series.
WorkQueueMetrics work_queue_metrics(telemetry::Registry* registry, const std::string& controller);
ControllerMetrics controller_metrics(telemetry::Registry* registry, const std::string& controller, int workers);
CacheMetrics cache_metrics(telemetry::Registry* registry, const std::string& resource);
// leader_election_master_status: 1 while this process leads.
telemetry::BoundGauge leader_metric(telemetry::Registry* registry, const std::string& lease);

}  // namespace mizzen::kube
