// SPDX-License-Identifier: Apache-2.0
// An exporter's numbers, and one log line for each change.
#include "mizzen/telemetry/self/export_watch.hpp"

#include <utility>

namespace mizzen::telemetry {
namespace {

using otlp::Signal;

std::string_view items_of(Signal signal) {
    return signal == Signal::traces ? "spans" : signal == Signal::logs ? "log records" : "metrics";
}

const auto& inflight_of(const SdkMetrics& metrics, Signal signal) {
    return signal == Signal::traces ? metrics.span_inflight
           : signal == Signal::logs ? metrics.log_inflight
                                    : metrics.metric_data_point_inflight;
}

const auto& exported_of(const SdkMetrics& metrics, Signal signal) {
    return signal == Signal::traces ? metrics.span_exported
           : signal == Signal::logs ? metrics.log_exported
                                    : metrics.metric_data_point_exported;
}

}  // namespace

ExportWatch::ExportWatch(const Loop& clock, const SdkMetrics& metrics, WatchedExporter exporter, Logger log)
    : clock_(clock),
      metrics_(metrics),
      exporter_(std::move(exporter)),
      name_(exporter_.type + "/" + std::to_string(exporter_.number)),
      log_(log),
      inflight_(inflight_of(metrics, exporter_.signal)[{name_, exporter_.type, exporter_.address, exporter_.port}]),
      delivered_(exported_of(metrics, exporter_.signal)[labels("")]) {}

void ExportWatch::began(std::uint64_t items) { inflight_.add(static_cast<std::int64_t>(items)); }

void ExportWatch::ended(const otlp::ExportOutcome& outcome) {
    count(outcome);
    tell(outcome);
}

void ExportWatch::count(const otlp::ExportOutcome& outcome) {
    inflight_.add(-static_cast<std::int64_t>(outcome.items));
    delivered_.add(outcome.delivered);
    if (const std::uint64_t lost = outcome.rejected + outcome.given_up; lost > 0)
        exported_of(metrics_, exporter_.signal)[labels(outcome.error)].add(lost);
    const OperationLabels operation{.otel_component_name = name_,
                                    .otel_component_type = exporter_.type,
                                    .server_address = exporter_.address,
                                    .server_port = exporter_.port,
                                    .error_type = outcome.error,
                                    .http_response_status_code = exporter_.is_grpc ? "" : outcome.status,
                                    .rpc_response_status_code = exporter_.is_grpc ? outcome.status : ""};
    metrics_.operation_duration[operation].observe(std::chrono::duration<double>(outcome.took).count());
}

void ExportWatch::tell(const otlp::ExportOutcome& outcome) {
    const std::string_view items = items_of(exporter_.signal);
    if (outcome.error == "cancelled") return;  // at the end; who ended it knows
    if (outcome.error.empty()) {
        if (!error_.empty()) log_.info("{} go to {} again; {} were lost", items, exporter_.to, std::exchange(lost_, 0));
        error_.clear();
        if (!outcome.problem.empty() && outcome.problem != problem_)
            log_.warn("{} go to {}, but: {}", items, exporter_.to, outcome.problem);
        problem_ = outcome.problem;
        return;
    }
    lost_ += outcome.rejected + outcome.given_up;
    const bool is_other = outcome.problem != problem_ && clock_.now() - told_ >= std::chrono::minutes(1);
    if (outcome.error == error_ && !is_other) return;
    log_.warn("{} do not get to {}: {}", items, exporter_.to, outcome.problem);
    error_ = outcome.error;
    problem_ = outcome.problem;
    told_ = clock_.now();
}

}  // namespace mizzen::telemetry
