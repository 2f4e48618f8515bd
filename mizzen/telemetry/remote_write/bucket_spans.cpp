// SPDX-License-Identifier: Apache-2.0
// Finding the runs.
#include "mizzen/telemetry/remote_write/detail/bucket_spans.hpp"

namespace mizzen::telemetry::remote_write {

BucketSpans bucket_spans(const ExponentialPoint::Buckets& buckets) {
    constexpr std::int64_t most_gap = 2;
    BucketSpans out;
    std::int64_t next = 0, before = 0;  // the index behind what was written, and the count there
    for (std::size_t i = 0; i < buckets.counts.size(); ++i) {
        if (buckets.counts[i] == 0) continue;
        const std::int64_t index = std::int64_t{buckets.offset} + static_cast<std::int64_t>(i) + 1;
        const std::int64_t gap = index - next;
        if (out.spans.empty() || gap > most_gap) {
            out.spans.push_back({static_cast<std::int32_t>(gap), 0});
        } else {
            for (std::int64_t n = 0; n < gap; ++n, before = 0) out.deltas.push_back(-before);
            out.spans.back().length += static_cast<std::uint32_t>(gap);
        }
        const auto count = static_cast<std::int64_t>(buckets.counts[i]);
        out.deltas.push_back(count - before);
        before = count;
        ++out.spans.back().length;
        next = index + 1;
    }
    return out;
}

}  // namespace mizzen::telemetry::remote_write
