// SPDX-License-Identifier: Apache-2.0
// OtlpLogExporter: what a BatchLogProcessor hands records to so that they go out by OTLP.
#pragma once
#include <utility>

#include "mizzen/telemetry/logs/log_processor.hpp"
#include "mizzen/telemetry/otlp/exporter.hpp"

namespace mizzen::telemetry::otlp {

// BatchLimits::export_timeout should be no shorter than ExporterOptions::timeout, or batches are cancelled that could
// still be delivered.
class OtlpLogExporter final : public LogExporter {
  public:
    // `exporter` is for Signal::logs and outlives this.
    OtlpLogExporter(Exporter& exporter, Resource resource) : exporter_(exporter), resource_(std::move(resource)) {}

    Task<bool> send(LogBatch batch) override;

  private:
    Exporter& exporter_;
    Resource resource_;
};

}  // namespace mizzen::telemetry::otlp
