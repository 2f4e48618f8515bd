// SPDX-License-Identifier: Apache-2.0
// Exponential buckets as native histograms hold them.
#pragma once
#include <cstdint>
#include <vector>

#include "mizzen/telemetry/metrics/snapshot.hpp"

namespace mizzen::telemetry::remote_write {

struct BucketSpans {
    struct Span {
        std::int32_t offset = 0;  // from the end of the span before; of the first, the index of its first bucket
        std::uint32_t length = 0;
        friend bool operator==(const Span&, const Span&) = default;
    };
    std::vector<Span> spans;
    std::vector<std::int64_t> deltas;  // of each count to the one before
};

// Runs of buckets, a gap of up to two empty ones included. Prometheus counts a bucket by its upper bound, OpenTelemetry
// by its lower: the index is one more.
BucketSpans bucket_spans(const ExponentialPoint::Buckets& buckets);

}  // namespace mizzen::telemetry::remote_write
