// SPDX-License-Identifier: Apache-2.0
// The values.
#include "tests/e2e/subjects/subject_metrics.hpp"

#include <chrono>
#include <limits>

#include "mizzen/telemetry/trace/span.hpp"

namespace mizzen::telemetry::subjects {

void fill(const SubjectMetrics& metrics) {
    const Span span(Propagated{.span = {.trace = {0x0af7651916cd43dd, 0x8448eb211c80319c},
                                        .span = {0xb7ad6b7169203331},
                                        .flags = TraceFlags{}.with_sampled(true)}});
    metrics.orders[{"/plain"}].add(3, &span);
    metrics.orders[{"/\"a\\b\nc\xc3\xa9"}].add(4);
    metrics.cpu.add(0.25);
    metrics.depth.set(-2);
    metrics.edge[{"inf"}].set(std::numeric_limits<double>::infinity());
    metrics.edge[{"small"}].set(5e-324);
    metrics.edge[{"large"}].set(1.7976931348623157e308);
    metrics.edge[{"tenth"}].set(0.1);
    metrics.edge[{"nan"}].set(std::numeric_limits<double>::quiet_NaN());
    metrics.build.set({"1.2"});
    metrics.phase.set_only(Phase::open);
    metrics.latency.observe(0.05);
    metrics.latency.observe(0.5, &span);
    metrics.latency.observe(50);
    for (const double size : {1.0, 1.0, 1.0, 64.0}) metrics.size.observe(size);
    for (const double wait : {0.0, 1.0, 2.0}) metrics.wait.observe(wait);
    metrics.wait.observe(4.0, &span);
}

Snapshot made(WallTime now) {
    Family summary{.type = MetricType::summary,
                   .name = "subject_age_seconds",
                   .help = "A summary.",
                   .unit = "seconds",
                   .quantiles = {0.5, 0.99},
                   .points = std::vector<SummaryPoint>{{.values = {2, 9.5}, .count = 4, .sum = 17}}};
    Family utf8{.type = MetricType::counter,
                .name = "subject.größe",
                .help = "A name with a dot and more.",
                .label_names = {"http.method"},
                .labels = LabelTable(1),
                .points = std::vector<Number>{std::uint64_t{8}}};
    utf8.labels.add("GET");
    return {.start = now - std::chrono::minutes(1), .time = now, .families = {std::move(utf8), std::move(summary)}};
}

}  // namespace mizzen::telemetry::subjects
