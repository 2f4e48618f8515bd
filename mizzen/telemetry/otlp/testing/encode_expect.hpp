// SPDX-License-Identifier: Apache-2.0
// Both encodings of one request, as values to compare, for tests.
#pragma once
#include <string>
#include <string_view>

#include "mizzen/json/json.hpp"
#include "mizzen/telemetry/otlp/encode.hpp"
#include "mizzen/telemetry/otlp/testing/encode_reader.hpp"

namespace mizzen::telemetry::otlp::testing {

// What the JSON says. A key that comes twice is told instead.
inline std::string canonical(std::string_view json) {
    std::vector<std::string> twice;
    const json::Value value = json::parse(json, &twice);
    return twice.empty() ? json::to_json(value) : "twice: " + twice[0];
}

// What the protobuf says, in the same words.
inline std::string canonical_protobuf(std::string_view message, std::string_view bytes) {
    return json::to_json(read_message(message, bytes));
}

}  // namespace mizzen::telemetry::otlp::testing
