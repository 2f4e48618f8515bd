// SPDX-License-Identifier: Apache-2.0
// Metrics of every kind with values that a test knows by heart.
#pragma once
#include <string_view>

#include "mizzen/telemetry/metrics/registry.hpp"

namespace mizzen::telemetry::subjects {

struct Route {
    std::string_view route;
};
struct Which {
    std::string_view which;
};
struct Build {
    std::string_view version;
};
enum class Phase { open, closed };

struct SubjectMetrics {
    Counter<Route> orders = counter("subject_orders_total", "Orders: a \"quote\", a \\ and\na second line.");
    DoubleCounter<> cpu = counter("subject_cpu_seconds_total", "Time spent.", "seconds");
    Gauge<> depth = gauge("subject_depth", "Items waiting.");
    Gauge<Which> edge = gauge("subject_edge", "Values that formats spell differently.");
    Info<Build> build = info("subject_build_info", "What runs.");
    StateSet<Phase> phase = state_set("subject_phase", "Where it is.");
    Histogram<> latency = histogram("subject_latency_seconds", "A classic histogram.", "seconds").buckets({0.1, 1, 10});
    Summary<> size = summary("subject_size_bytes", "A summary.", "bytes").quantiles({0.5, 1});
    ExponentialHistogram<> wait = exponential_histogram("subject_wait_seconds", "A native histogram.", "seconds");
};

// Counts what tests/e2e/prometheus.py asks for, some of it inside a span of the trace 0af7651916cd43dd8448eb211c80319c.
void fill(const SubjectMetrics& metrics);
// What no registry makes: a summary, and names that are no names of Prometheus before version 3.
Snapshot made(WallTime now);

}  // namespace mizzen::telemetry::subjects
