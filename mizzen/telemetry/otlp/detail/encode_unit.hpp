// SPDX-License-Identifier: Apache-2.0
// Units as OTLP wants them.
#pragma once
#include <string>
#include <string_view>

namespace mizzen::telemetry::otlp {

// The UCUM code of a unit in words, as Prometheus writes them: "s" for seconds, "1" for ratio, "By/s" for
// bytes_per_second. A word that is none of the known units stays as it is.
// Source: OpenTelemetry specification, compatibility/prometheus_and_openmetrics, Metric Metadata.
std::string to_ucum(std::string_view unit);

}  // namespace mizzen::telemetry::otlp
