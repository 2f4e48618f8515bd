// SPDX-License-Identifier: Apache-2.0
// Ways out: for one output of a signal all that lies between the program and the receiver.
#pragma once
#include <memory>
#include <optional>

#include "mizzen/net/client.hpp"
#include "mizzen/telemetry/console/line_sink.hpp"
#include "mizzen/telemetry/otlp/log_exporter.hpp"
#include "mizzen/telemetry/otlp/metric_reader.hpp"
#include "mizzen/telemetry/otlp/span_exporter.hpp"
#include "mizzen/telemetry/self/export_watch.hpp"
#include "mizzen/telemetry/self/watched.hpp"

namespace mizzen::telemetry {

struct Output;

// What all ways share. Outlives them.
struct Surroundings {
    Loop& loop;
    net::Network& network;
    Random random;
    LineSink output;
    const SdkMetrics& metrics;
    Logger log;  // our own
    const Resource& resource;
};

// To an OTLP receiver or a file, by the kind of the output.
class Way {
  public:
    // `number`: of the outputs of this signal. Throws Error(invalid) if a certificate file cannot be read.
    Way(Surroundings& around, otlp::Signal signal, const Output& output, std::size_t number);
    otlp::Exporter& exporter() { return exporter_; }

  private:
    std::unique_ptr<net::Transport> transport_;
    ExportWatch watch_;
    otlp::Exporter exporter_;
};

struct SpanWay {
    SpanWay(Surroundings& around, const Output& output, std::size_t number);
    Way way;
    otlp::OtlpSpanExporter exporter;
    QueueWatch watch;
    WatchedBatchProcessor processor;
};

struct LogWay {
    LogWay(Surroundings& around, const Output& output, std::size_t number);
    Way way;
    otlp::OtlpLogExporter exporter;
    QueueWatch watch;
    WatchedBatchLogProcessor processor;
};

struct MetricWay {
    MetricWay(Surroundings& around, const Registry& registry, const Output& output, std::size_t number);
    Way way;
    otlp::PeriodicMetricReader reader;
};

}  // namespace mizzen::telemetry
