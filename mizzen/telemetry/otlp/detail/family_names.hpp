// SPDX-License-Identifier: Apache-2.0
// FamilyNames: what a family, its unit and its labels are called in OTLP.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/telemetry/metrics/snapshot.hpp"
#include "mizzen/telemetry/semconv/convention.hpp"

namespace mizzen::telemetry::otlp {

struct LabelName {
    std::string_view name;
    semconv::Type type = semconv::Type::text;  // by convention
};

// Found once for each family, not for each point. It points into the family and the tables of the conventions.
struct FamilyNames {
    std::string name;
    std::string unit;  // UCUM
    std::vector<LabelName> labels;
};

// What a semantic convention names goes by that: http_server_request_duration_seconds is http.server.request.duration
// in "s", and its label http_request_method the attribute http.request.method. All else stays as it is, infos with
// _info; so does a label whose attribute is among the labels under its own name. What goes past a cap is marked with
// otel.metric.overflow, as OpenTelemetry's specification has it (metrics/sdk, Overflow attribute).
FamilyNames names_of(const Family& family);

// "200" as a number; nothing if it is not written as whole numbers are.
std::optional<std::int64_t> integer_of(std::string_view text);

}  // namespace mizzen::telemetry::otlp
