// SPDX-License-Identifier: Apache-2.0
// ExportWatch: counts what an exporter delivers and loses, and says when that changes.
#pragma once
#include <string>

#include "mizzen/async/loop.hpp"
#include "mizzen/telemetry/logs/logger.hpp"
#include "mizzen/telemetry/self/sdk_metrics.hpp"

namespace mizzen::telemetry {

// One exporter, as its metrics and log lines name it.
struct WatchedExporter {
    otlp::Signal signal = otlp::Signal::traces;
    std::string type;     // "otlp_http_exporter"
    std::size_t number;   // of this type and signal, from 0
    std::string to;       // "http://collector:4318", for people
    std::string address;  // "collector"; empty if it is no server
    std::string port;     // "4318"
    bool is_grpc = false;
};

// The log is told once when exports begin to fail, again when they fail for another reason (at most once a minute), and
// when they work again: never for each attempt.
class ExportWatch final : public otlp::ExportObserver {
  public:
    // `clock` and `metrics` outlive it.
    ExportWatch(const Loop& clock, const SdkMetrics& metrics, WatchedExporter exporter, Logger log);

    void began(std::uint64_t items) override;
    void ended(const otlp::ExportOutcome& outcome) override;

  private:
    void count(const otlp::ExportOutcome& outcome);
    void tell(const otlp::ExportOutcome& outcome);
    ExporterErrorLabels labels(std::string_view error) const {
        return {name_, exporter_.type, exporter_.address, exporter_.port, error};
    }

    const Loop& clock_;
    const SdkMetrics& metrics_;
    WatchedExporter exporter_;
    std::string name_;
    Logger log_;
    BoundSum<MetricType::up_down_counter, std::int64_t> inflight_;
    BoundSum<MetricType::counter, std::uint64_t> delivered_;
    std::string error_, problem_;  // as they were told last; "" if all was well
    Time told_{};
    std::uint64_t lost_ = 0;  // since all was well
};

}  // namespace mizzen::telemetry
