// SPDX-License-Identifier: Apache-2.0
// Reads OTLP's protobuf by a table of its own into what OTLP's JSON says, for tests.
#pragma once
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/base/digest.hpp"
#include "mizzen/base/utf8.hpp"
#include "mizzen/json/value.hpp"

namespace mizzen::telemetry::otlp::testing {

// `type` is a scalar, or the name of a message; repeated with '*' after it, packed with '+'.
struct Member {
    std::uint64_t number;
    std::string_view name, type;
};

// Source: opentelemetry-proto 1.10.
inline const std::vector<Member>& members_of(std::string_view message) {
    static const std::map<std::string_view, std::vector<Member>> all = {
        {"TraceRequest", {{1, "resourceSpans", "ResourceSpans*"}}},
        {"ResourceSpans", {{1, "resource", "Resource"}, {2, "scopeSpans", "ScopeSpans*"}, {3, "schemaUrl", "string"}}},
        {"ScopeSpans", {{1, "scope", "Scope"}, {2, "spans", "Span*"}, {3, "schemaUrl", "string"}}},
        {"MetricsRequest", {{1, "resourceMetrics", "ResourceMetrics*"}}},
        {"ResourceMetrics",
         {{1, "resource", "Resource"}, {2, "scopeMetrics", "ScopeMetrics*"}, {3, "schemaUrl", "string"}}},
        {"ScopeMetrics", {{1, "scope", "Scope"}, {2, "metrics", "Metric*"}, {3, "schemaUrl", "string"}}},
        {"LogsRequest", {{1, "resourceLogs", "ResourceLogs*"}}},
        {"ResourceLogs", {{1, "resource", "Resource"}, {2, "scopeLogs", "ScopeLogs*"}, {3, "schemaUrl", "string"}}},
        {"ScopeLogs", {{1, "scope", "Scope"}, {2, "logRecords", "LogRecord*"}, {3, "schemaUrl", "string"}}},
        {"Resource",
         {{1, "attributes", "KeyValue*"}, {2, "droppedAttributesCount", "uint32"}, {3, "entityRefs", "EntityRef*"}}},
        {"EntityRef",
         {{1, "schemaUrl", "string"},
          {2, "type", "string"},
          {3, "idKeys", "string*"},
          {4, "descriptionKeys", "string*"}}},
        {"Scope",
         {{1, "name", "string"},
          {2, "version", "string"},
          {3, "attributes", "KeyValue*"},
          {4, "droppedAttributesCount", "uint32"}}},
        {"KeyValue", {{1, "key", "string"}, {2, "value", "AnyValue"}}},
        {"AnyValue",
         {{1, "stringValue", "string"},
          {2, "boolValue", "bool"},
          {3, "intValue", "int64"},
          {4, "doubleValue", "double"},
          {5, "arrayValue", "ArrayValue"}}},
        {"ArrayValue", {{1, "values", "AnyValue*"}}},
        {"Span",
         {{1, "traceId", "id"},
          {2, "spanId", "id"},
          {3, "traceState", "string"},
          {4, "parentSpanId", "id"},
          {5, "name", "string"},
          {6, "kind", "uint32"},
          {7, "startTimeUnixNano", "fixed64"},
          {8, "endTimeUnixNano", "fixed64"},
          {9, "attributes", "KeyValue*"},
          {10, "droppedAttributesCount", "uint32"},
          {11, "events", "Event*"},
          {12, "droppedEventsCount", "uint32"},
          {13, "links", "Link*"},
          {14, "droppedLinksCount", "uint32"},
          {15, "status", "Status"},
          {16, "flags", "fixed32"}}},
        {"Event",
         {{1, "timeUnixNano", "fixed64"},
          {2, "name", "string"},
          {3, "attributes", "KeyValue*"},
          {4, "droppedAttributesCount", "uint32"}}},
        {"Link",
         {{1, "traceId", "id"},
          {2, "spanId", "id"},
          {3, "traceState", "string"},
          {4, "attributes", "KeyValue*"},
          {5, "droppedAttributesCount", "uint32"},
          {6, "flags", "fixed32"}}},
        {"Status", {{2, "message", "string"}, {3, "code", "uint32"}}},
        {"LogRecord",
         {{1, "timeUnixNano", "fixed64"},
          {2, "severityNumber", "uint32"},
          {3, "severityText", "string"},
          {5, "body", "AnyValue"},
          {6, "attributes", "KeyValue*"},
          {7, "droppedAttributesCount", "uint32"},
          {8, "flags", "fixed32"},
          {9, "traceId", "id"},
          {10, "spanId", "id"},
          {11, "observedTimeUnixNano", "fixed64"},
          {12, "eventName", "string"}}},
        {"Metric",
         {{1, "name", "string"},
          {2, "description", "string"},
          {3, "unit", "string"},
          {5, "gauge", "Gauge"},
          {7, "sum", "Sum"},
          {9, "histogram", "Histogram"},
          {10, "exponentialHistogram", "ExponentialHistogram"},
          {11, "summary", "Summary"},
          {12, "metadata", "KeyValue*"}}},
        {"Gauge", {{1, "dataPoints", "NumberDataPoint*"}}},
        {"Sum",
         {{1, "dataPoints", "NumberDataPoint*"}, {2, "aggregationTemporality", "uint32"}, {3, "isMonotonic", "bool"}}},
        {"Histogram", {{1, "dataPoints", "HistogramDataPoint*"}, {2, "aggregationTemporality", "uint32"}}},
        {"ExponentialHistogram",
         {{1, "dataPoints", "ExpHistogramDataPoint*"}, {2, "aggregationTemporality", "uint32"}}},
        {"Summary", {{1, "dataPoints", "SummaryDataPoint*"}}},
        {"NumberDataPoint",
         {{2, "startTimeUnixNano", "fixed64"},
          {3, "timeUnixNano", "fixed64"},
          {4, "asDouble", "double"},
          {5, "exemplars", "Exemplar*"},
          {6, "asInt", "sfixed64"},
          {7, "attributes", "KeyValue*"}}},
        {"HistogramDataPoint",
         {{2, "startTimeUnixNano", "fixed64"},
          {3, "timeUnixNano", "fixed64"},
          {4, "count", "fixed64"},
          {5, "sum", "double"},
          {6, "bucketCounts", "fixed64+"},
          {7, "explicitBounds", "double+"},
          {8, "exemplars", "Exemplar*"},
          {9, "attributes", "KeyValue*"}}},
        {"ExpHistogramDataPoint",
         {{1, "attributes", "KeyValue*"},
          {2, "startTimeUnixNano", "fixed64"},
          {3, "timeUnixNano", "fixed64"},
          {4, "count", "fixed64"},
          {5, "sum", "double"},
          {6, "scale", "sint32"},
          {7, "zeroCount", "fixed64"},
          {8, "positive", "Buckets"},
          {9, "negative", "Buckets"},
          {11, "exemplars", "Exemplar*"}}},
        {"SummaryDataPoint",
         {{2, "startTimeUnixNano", "fixed64"},
          {3, "timeUnixNano", "fixed64"},
          {4, "count", "fixed64"},
          {5, "sum", "double"},
          {6, "quantileValues", "Quantile*"},
          {7, "attributes", "KeyValue*"}}},
        {"Quantile", {{1, "quantile", "double"}, {2, "value", "double"}}},
        {"Buckets", {{1, "offset", "sint32"}, {2, "bucketCounts", "uint64+"}}},
        {"Exemplar",
         {{2, "timeUnixNano", "fixed64"},
          {3, "asDouble", "double"},
          {4, "spanId", "id"},
          {5, "traceId", "id"},
          {7, "filteredAttributes", "KeyValue*"}}},
    };
    return all.at(message);
}

inline std::uint64_t take_varint(std::string_view& in) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (in.empty()) throw std::runtime_error("cut varint");
        const auto byte = static_cast<unsigned char>(in[0]);
        in.remove_prefix(1);
        value |= std::uint64_t{byte & 0x7fu} << shift;
        if (byte == 0 && shift > 0) throw std::runtime_error("varint that could be shorter");
        if (byte < 0x80) return value;
    }
    throw std::runtime_error("long varint");
}

inline std::string_view take_bytes(std::string_view& in, std::uint64_t n) {
    if (n > in.size()) throw std::runtime_error("cut bytes");
    const std::string_view out = in.substr(0, n);
    in.remove_prefix(n);
    return out;
}

inline std::uint64_t take_little_endian(std::string_view& in, std::size_t size) {
    const std::string_view bytes = take_bytes(in, size);
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

json::Value read_message(std::string_view message, std::string_view in);

inline json::Value as_json(double value) {
    if (std::isfinite(value)) return value;
    return std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

// 0 varint, 1 eight bytes, 2 delimited, 5 four bytes.
inline unsigned wire_type_of(std::string_view type) {
    if (type == "fixed64" || type == "sfixed64" || type == "double") return 1;
    if (type == "fixed32") return 5;
    if (type == "bool" || type == "uint32" || type == "sint32" || type == "int64" || type == "uint64") return 0;
    return 2;
}

inline json::Value take_value(std::string_view type, std::string_view& in) {
    if (type == "double") return as_json(std::bit_cast<double>(take_little_endian(in, 8)));
    if (type == "fixed64") return std::to_string(take_little_endian(in, 8));
    if (type == "sfixed64") return std::to_string(static_cast<std::int64_t>(take_little_endian(in, 8)));
    if (type == "fixed32") return take_little_endian(in, 4);
    if (wire_type_of(type) == 0) {
        const std::uint64_t value = take_varint(in);
        if (type == "uint64") return std::to_string(value);
        if (type == "int64") return std::to_string(static_cast<std::int64_t>(value));
        if (value > (type == "bool" ? 1 : std::numeric_limits<std::uint32_t>::max()))
            throw std::runtime_error("varint out of its range");
        if (type == "bool") return value == 1;
        if (type == "sint32") return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
        return value;
    }
    const std::string_view bytes = take_bytes(in, take_varint(in));
    if (type == "id") return to_hex(bytes);
    if (type != "string") return read_message(type, bytes);
    if (!is_utf8(bytes)) throw std::runtime_error("a string that is no UTF-8");
    return bytes;
}

// Throws std::runtime_error on what no strict reader takes: fields that are unknown, out of order, doubled or of
// another wire type.
inline json::Value read_message(std::string_view message, std::string_view in) {
    json::Value out = json::Object();
    for (std::uint64_t before = 0; !in.empty();) {
        const std::uint64_t tag = take_varint(in), number = tag >> 3;
        const Member* member = nullptr;
        for (const Member& each : members_of(message))
            if (each.number == number) member = &each;
        const auto where = [&] { return std::string(message) + " " + std::to_string(number); };
        if (!member) throw std::runtime_error(where() + ": unknown");
        const bool is_packed = member->type.ends_with('+'), is_repeated = member->type.ends_with('*');
        const std::string_view type = member->type.substr(0, member->type.size() - (is_packed || is_repeated));
        if ((tag & 7) != (is_packed ? 2 : wire_type_of(type))) throw std::runtime_error(where() + ": wire type");
        if (number < before || (number == before && !is_repeated)) throw std::runtime_error(where() + ": order");
        before = number;
        json::Value& place = out[member->name];
        if (!is_packed && !is_repeated) {
            place = take_value(type, in);
            continue;
        }
        if (place.is_null()) place = json::Array();
        json::Array& all = place.as_array();
        if (is_repeated) {
            all.push_back(take_value(type, in));
        } else {
            for (std::string_view rest = take_bytes(in, take_varint(in)); !rest.empty();)
                all.push_back(take_value(type, rest));
        }
    }
    return out;
}

}  // namespace mizzen::telemetry::otlp::testing
