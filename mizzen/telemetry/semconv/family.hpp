// SPDX-License-Identifier: Apache-2.0
// From names of Prometheus to the conventions that they stand for, and back.
#pragma once
#include <string>
#include <string_view>

#include "mizzen/telemetry/semconv/convention.hpp"

namespace mizzen::telemetry::semconv {

// The metric that a family is by convention, or null. "http_server_request_duration_seconds", a histogram, is
// http.server.request.duration, whose unit is "s". `family` is named as in a Snapshot: without _total. Sums that go
// down and gauges are one to Prometheus, as are both kinds of histograms; otherwise the type must be the convention's.
// "otel_sdk_log_records" is otel.sdk.log.created, because no family may end with _created.
const Metric* metric_of_family(std::string_view family, MetricType type);

// The attribute that a label is by convention: "http_request_method" is "http.request.method"; "" if it is none. What
// lies below an attribute by key is not found, because a key's '.' and '-' cannot be told apart any more.
std::string_view attribute_of_label(std::string_view label);
// The same with what the convention says of it; null if it is none.
const Attribute* find_attribute_of_label(std::string_view label);

// The family, without _total, that prometheus_name() makes of a convention.
std::string family_of(const Metric& metric);
// The same of a convention's name; "" if it is none.
std::string family_of(std::string_view metric);

}  // namespace mizzen::telemetry::semconv
