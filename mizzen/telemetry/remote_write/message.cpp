// SPDX-License-Identifier: Apache-2.0
// Samples and native histograms, whose fields have the same numbers in both versions.
#include "mizzen/telemetry/remote_write/detail/message.hpp"

#include <bit>

#include "mizzen/telemetry/remote_write/detail/bucket_spans.hpp"

namespace mizzen::telemetry::remote_write {
namespace {

// The NaN that says that a series has ended (Prometheus, model/value).
constexpr double stale = std::bit_cast<double>(std::uint64_t{0x7ff0000000000002});

void write_buckets(ProtobufWire& out, unsigned span_field, unsigned delta_field,
                   const ExponentialPoint::Buckets& buckets) {
    const BucketSpans all = bucket_spans(buckets);
    for (const BucketSpans::Span& span : all.spans) {
        out.message(field(span_field), [&] {
            out.sint32(field(1), span.offset);
            out.uint32(field(2), span.length);
        });
    }
    std::vector<std::uint64_t> zigzag;
    for (const std::int64_t delta : all.deltas)
        zigzag.push_back(static_cast<std::uint64_t>(delta) << 1 ^ static_cast<std::uint64_t>(delta >> 63));
    out.packed_uint64(field(delta_field), zigzag);
}

}  // namespace

std::uint32_t type_number(MetricType type) {
    switch (type) {
        case MetricType::counter:
            return 1;
        case MetricType::up_down_counter:
        case MetricType::gauge:
            return 2;
        case MetricType::histogram:
        case MetricType::exponential_histogram:
            return 3;
        case MetricType::summary:
            return 5;
        case MetricType::info:
            return 6;
        case MetricType::state_set:
            return 7;
    }
    return 0;
}

void write_sample(ProtobufWire& out, otlp::Field sample, const Series& series, const PointTimes& times, bool is_stale) {
    out.message(sample, [&] {
        out.put_double(field(1), is_stale ? stale : series.value);
        out.put_int64(field(2), times.time);
        if (times.start != 0) out.put_int64(field(3), times.start);
    });
}

void write_histogram(ProtobufWire& out, otlp::Field histogram, const Series& series, const PointTimes& times,
                     bool is_stale) {
    const ExponentialPoint& point = *series.histogram;
    out.message(histogram, [&] {
        out.put_int64(field(1), is_stale ? 0 : static_cast<std::int64_t>(point.count()));
        out.put_double(field(3), is_stale ? stale : point.sum);
        if (!is_stale) out.sint32(field(4), point.scale);
        out.put_int64(field(6), is_stale ? 0 : static_cast<std::int64_t>(point.zero_count));
        if (!is_stale) {
            write_buckets(out, 8, 9, point.negative);
            write_buckets(out, 11, 12, point.positive);
        }
        out.put_int64(field(15), times.time);
        if (times.start != 0) out.put_int64(field(17), times.start);
    });
}

}  // namespace mizzen::telemetry::remote_write
