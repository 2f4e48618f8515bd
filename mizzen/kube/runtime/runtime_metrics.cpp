// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/runtime/runtime_metrics.hpp"

#include <algorithm>

#include "mizzen/telemetry/metrics/registry.hpp"

namespace mizzen::kube {
namespace {

using telemetry::Counter;
using telemetry::Gauge;
using telemetry::Histogram;

struct QueueLabels {
    std::string_view controller;
    std::string_view name;
};

struct Queues {
    Gauge<QueueLabels> depth = telemetry::gauge("workqueue_depth", "Keys that wait in the queue.");
    Counter<QueueLabels> adds = telemetry::counter("workqueue_adds_total", "Keys that came into the queue.");
    Counter<QueueLabels> retries =
        telemetry::counter("workqueue_retries_total", "Keys that came again after a failure.");
    Histogram<QueueLabels> waited =
        telemetry::histogram("workqueue_queue_duration_seconds", "Time that a key waits in the queue.", "seconds")
            .buckets({1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10, 100, 1000});
    Histogram<QueueLabels> worked =
        telemetry::histogram("workqueue_work_duration_seconds", "Time that a worker has a key.", "seconds")
            .buckets({1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10, 100, 1000});
};

// Observed as long as a queue holds it.
struct ObservedWork {
    WorkInProgress work;
    telemetry::Observation unfinished, longest;
};

std::shared_ptr<WorkInProgress> observed_work(telemetry::Registry& registry, const std::string& controller) {
    auto observed = std::make_shared<ObservedWork>();
    const auto tell = [&work = observed->work, controller](double (WorkInProgress::*seconds)(WallTime) const) {
        return [&work, controller, seconds](telemetry::Observer<QueueLabels>& observer) {
            observer.observe({controller, controller}, (work.*seconds)(observer.now()));
        };
    };
    observed->unfinished = registry.observe<QueueLabels>(
        telemetry::gauge(
            "workqueue_unfinished_work_seconds",
            "Time that workers have had the keys they have now, all together: growing, it tells of workers "
            "that are stuck.",
            "seconds"),
        tell(&WorkInProgress::unfinished));
    observed->longest = registry.observe<QueueLabels>(
        telemetry::gauge("workqueue_longest_running_processor_seconds",
                         "Time that the worker which is longest at its key has had it.", "seconds"),
        tell(&WorkInProgress::longest));
    return {observed, &observed->work};
}

enum class Result { success, error, requeue, requeue_after };
struct ReconcileLabels {
    std::string_view controller;
    Result result;
};
struct ControllerLabel {
    std::string_view controller;
};

struct Controllers {
    Counter<ReconcileLabels> reconciles =
        telemetry::counter("controller_runtime_reconcile_total", "Visits of objects, by controller and result.");
    Counter<ControllerLabel> errors =
        telemetry::counter("controller_runtime_reconcile_errors_total", "Visits that failed, by controller.");
    Histogram<ControllerLabel> time =
        telemetry::histogram("controller_runtime_reconcile_time_seconds", "Time of one visit, by controller.",
                             "seconds")
            .buckets({.005, .01, .025, .05, .1,  .15, .2,  .25, .3, .35, .4, .45, .5, .6, .7, .8, .9, 1,  1.25, 1.5,
                      1.75, 2,   2.5,  3,   3.5, 4,   4.5, 5,   6,  7,   8,  9,   10, 15, 20, 25, 30, 40, 50,   60});
    Gauge<ControllerLabel> most = telemetry::gauge("controller_runtime_max_concurrent_reconciles",
                                                   "Objects that a controller may look at at once.");
    Gauge<ControllerLabel> active =
        telemetry::gauge("controller_runtime_active_workers", "Objects that a controller looks at now.");
};

struct ResourceLabel {
    std::string_view name;
};

struct CacheFamilies {
    Counter<ResourceLabel> lists =
        telemetry::counter("reflector_lists_total", "Times that all objects were asked for.");
    Counter<ResourceLabel> failures =
        telemetry::counter("mizzen_cache_failures_total", "Lists and watches that failed and are tried again.");
    Gauge<ResourceLabel> objects = telemetry::gauge("mizzen_cache_objects", "Objects in the cache.");
    Gauge<ResourceLabel> version =
        telemetry::gauge("reflector_last_resource_version", "Newest resourceVersion that the cache has seen.");
    Gauge<ResourceLabel> heard =
        telemetry::gauge("mizzen_cache_last_heard_timestamp_seconds",
                         "When the server last said something, in seconds since 1970: a cache that hears nothing for "
                         "minutes is stale.",
                         "seconds");
};

struct Elections {
    Gauge<ResourceLabel> leads = telemetry::gauge(
        "leader_election_master_status", "1 while this process holds the lease of that name, 0 while it does not.");
};

double seconds_between(WallTime start, WallTime now) {
    return std::max(0.0, std::chrono::duration<double>(now - start).count());
}

}  // namespace

void WorkInProgress::began(WallTime start) {
    const std::lock_guard lock(mutex_);
    starts_.insert(start);
}

void WorkInProgress::ended(WallTime start) {
    const std::lock_guard lock(mutex_);
    if (const auto found = starts_.find(start); found != starts_.end()) starts_.erase(found);
}

double WorkInProgress::unfinished(WallTime now) const {
    const std::lock_guard lock(mutex_);
    double all = 0;
    for (const WallTime start : starts_) all += seconds_between(start, now);
    return all;
}

double WorkInProgress::longest(WallTime now) const {
    const std::lock_guard lock(mutex_);
    return starts_.empty() ? 0 : seconds_between(*starts_.begin(), now);
}

WorkQueueMetrics work_queue_metrics(telemetry::Registry* registry, const std::string& controller) {
    if (!registry) return {};
    const auto all = registry->make<Queues>();
    const QueueLabels labels{controller, controller};
    return {.depth = all.depth[labels],
            .adds = all.adds[labels],
            .retries = all.retries[labels],
            .waited = all.waited[labels],
            .worked = all.worked[labels],
            .in_progress = observed_work(*registry, controller)};
}

ControllerMetrics controller_metrics(telemetry::Registry* registry, const std::string& controller, int workers) {
    if (!registry) return {};
    const auto all = registry->make<Controllers>();
    all.most[{controller}].set(workers);
    return {.succeeded = all.reconciles[{controller, Result::success}],
            .failed = all.reconciles[{controller, Result::error}],
            .requeued = all.reconciles[{controller, Result::requeue}],
            .requeued_after = all.reconciles[{controller, Result::requeue_after}],
            .errors = all.errors[{controller}],
            .time = all.time[{controller}],
            .active = all.active[{controller}]};
}

CacheMetrics cache_metrics(telemetry::Registry* registry, const std::string& resource) {
    if (!registry) return {};
    const auto all = registry->make<CacheFamilies>();
    return {.lists = all.lists[{resource}],
            .failures = all.failures[{resource}],
            .objects = all.objects[{resource}],
            .last_version = all.version[{resource}],
            .last_heard = all.heard[{resource}]};
}

telemetry::BoundGauge leader_metric(telemetry::Registry* registry, const std::string& lease) {
    if (!registry) return {};
    const auto gauge = registry->make<Elections>().leads[{lease}];
    gauge.set(0);
    return gauge;
}

}  // namespace mizzen::kube
