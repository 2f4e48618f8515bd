// SPDX-License-Identifier: Apache-2.0
// The sections of a configuration file, each from its node.
#pragma once
#include "mizzen/telemetry/configuration/configuration.hpp"
#include "mizzen/telemetry/configuration/detail/node.hpp"

namespace mizzen::telemetry {

void read_tracer_provider(const Node& node, Configuration& out);
void read_meter_provider(const Node& node, Configuration& out);
void read_logger_provider(const Node& node, Configuration& out);
std::string read_propagator(const Node& node);

// An exporter of spans, log records or metrics that are sent, without batches and times.
Output read_exporter(const Node& node, otlp::Signal signal);
// "batch" and "simple", of spans and of log records.
Output read_processor(const Node& node, otlp::Signal signal);

// attribute_count_limit, attribute_value_length_limit.
void read_attribute_limits(const Node& node, AttributeLimits& limits);

}  // namespace mizzen::telemetry
