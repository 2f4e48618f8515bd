// SPDX-License-Identifier: Apache-2.0
// How OpenTelemetry's names and units are written in Prometheus.
#pragma once
#include <string>
#include <string_view>

#include "mizzen/telemetry/metrics/names.hpp"

// Source of all of this: OpenTelemetry specification, compatibility/prometheus_and_openmetrics, "OTLP Metric points to
// Prometheus". What Prometheus discourages becomes '_', and several of them one.
namespace mizzen::telemetry::semconv {

// "http.server.request.duration", "s", histogram: "http_server_request_duration_seconds". The unit stands behind the
// name unless the name ends with it; counters end with _total, infos with _info, gauges of unit "1" with _ratio. What
// is left of a name of which nothing is allowed is "_"; an empty name stays empty.
std::string prometheus_name(std::string_view name, std::string_view unit, MetricType type);

// "http.request.method": "http_request_method"; "9lives": "_9lives".
std::string prometheus_label(std::string_view name);

// A UCUM unit in words: "s" is "seconds", "m/s" is "meters_per_second", "{packet}/s" is "per_second", "{packet}" and
// "1" are nothing. A unit that has no word is kept, as far as it may be part of a name.
std::string prometheus_unit(std::string_view ucum);

}  // namespace mizzen::telemetry::semconv
