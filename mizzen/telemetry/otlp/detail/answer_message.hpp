// SPDX-License-Identifier: Apache-2.0
// What an OTLP receiver writes into the body of its answers: ExportXServiceResponse and google.rpc.Status.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mizzen/base/time.hpp"
#include "mizzen/telemetry/otlp/encode.hpp"

namespace mizzen::telemetry::otlp {

// ExportTracePartialSuccess and its like; all zero if the receiver took everything.
struct PartialSuccess {
    std::uint64_t rejected = 0;  // spans, points or records
    std::string message = {};    // for people, as it came; with nothing rejected it is a warning
    friend bool operator==(const PartialSuccess&, const PartialSuccess&) = default;
};
// The answer to a request that was taken. Unknown fields are passed over, numbers may be written as texts in JSON.
// Nothing if it cannot be read. Source: opentelemetry-proto, collector/*/v1; OTLP specification, JSON Protobuf
// Encoding.
std::optional<PartialSuccess> read_export_response(std::string_view body, Encoding encoding);

// google.rpc.Status, as far as it matters here.
struct RpcStatus {
    std::int64_t code = 0;
    std::string message = {};
    std::optional<Duration> retry_delay = {};  // of a google.rpc.RetryInfo among the details
    friend bool operator==(const RpcStatus&, const RpcStatus&) = default;
};
// Nothing if it cannot be read. Source: googleapis, google/rpc/status.proto and error_details.proto.
std::optional<RpcStatus> read_rpc_status(std::string_view body, Encoding encoding);

// A text from outside as one line for people: valid UTF-8 without control characters, at most 512 bytes of it.
std::string one_line(std::string_view text);

}  // namespace mizzen::telemetry::otlp
