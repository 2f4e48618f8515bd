// SPDX-License-Identifier: Apache-2.0
// OtlpSpanExporter: what a BatchProcessor hands spans to so that they go out by OTLP.
#pragma once
#include <utility>

#include "mizzen/telemetry/otlp/exporter.hpp"
#include "mizzen/telemetry/trace/batch_processor.hpp"

namespace mizzen::telemetry::otlp {

//     net::HttpClient collector(loop, network, {.host = "collector", .port = 4318});
//     otlp::Exporter exporter(loop, collector, otlp::Signal::traces, {}, Random::from_system());
//     otlp::OtlpSpanExporter spans(exporter, resource);
//     BatchProcessor processor(loop, spans);
//
// BatchLimits::export_timeout should be no shorter than ExporterOptions::timeout, or batches are cancelled that could
// still be delivered.
class OtlpSpanExporter final : public SpanExporter {
  public:
    // `exporter` is for Signal::traces and outlives this.
    OtlpSpanExporter(Exporter& exporter, Resource resource) : exporter_(exporter), resource_(std::move(resource)) {}

    Task<bool> send(SpanBatch batch) override;

  private:
    Exporter& exporter_;
    Resource resource_;
};

}  // namespace mizzen::telemetry::otlp
