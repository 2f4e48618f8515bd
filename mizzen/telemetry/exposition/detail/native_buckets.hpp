// SPDX-License-Identifier: Apache-2.0
// NativeBuckets: one sign of an exponential histogram as Prometheus lists it.
#pragma once
#include <cstdint>
#include <vector>

#include "mizzen/telemetry/metrics/snapshot.hpp"

namespace mizzen::telemetry {

// Runs of buckets and how many empty ones are between them. Prometheus numbers a bucket by its upper bound,
// OpenTelemetry by its lower one: hence one more. A gap of one empty bucket costs less than a new run, and is listed.
struct NativeBuckets {
    static constexpr std::int32_t least_schema = -4, most_schema = 8;
    struct Span {
        std::int64_t offset;  // of the first the index, of the others the gap
        std::uint64_t length;
        bool operator==(const Span&) const = default;
    };
    std::vector<Span> spans;
    std::vector<std::uint64_t> counts;

    // `halvings`: how often the resolution is halved.
    explicit NativeBuckets(const ExponentialPoint::Buckets& buckets, std::int32_t halvings = 0);
};

}  // namespace mizzen::telemetry
