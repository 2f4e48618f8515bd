// SPDX-License-Identifier: Apache-2.0
// The messages of both versions, and what they share: values at a time, native histograms.
#pragma once
#include <memory>

#include "mizzen/telemetry/otlp/detail/protobuf_wire.hpp"
#include "mizzen/telemetry/remote_write/detail/series.hpp"

namespace mizzen::telemetry::remote_write {

using otlp::ProtobufWire;

// Fields have no names here: there is no JSON. `length_bytes`: of a message, how long its length usually is.
constexpr otlp::Field field(unsigned number, std::size_t length_bytes = 1) { return {number, "", length_bytes}; }

// The same in both versions.
std::uint32_t type_number(MetricType type);

// Milliseconds since 1970. start 0: unknown, or the version does not tell it.
struct PointTimes {
    std::int64_t start = 0, time = 0;
};
void write_sample(ProtobufWire& out, otlp::Field sample, const Series& series, const PointTimes& times, bool is_stale);
// The native histogram of a series that has one.
void write_histogram(ProtobufWire& out, otlp::Field histogram, const Series& series, const PointTimes& times,
                     bool is_stale);

// One request under way.
class Message {
  public:
    virtual ~Message() = default;
    // `series` with those of its exemplars that are told.
    virtual void add(const Series& series, const PointTimes& times, bool is_stale) = 0;
    // The request. Nothing can be added after it.
    virtual std::string take() = 0;
};
std::unique_ptr<Message> message_v1(Escaping escaping);
std::unique_ptr<Message> message_v2();

}  // namespace mizzen::telemetry::remote_write
