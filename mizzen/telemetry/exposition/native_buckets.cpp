// SPDX-License-Identifier: Apache-2.0
// First the buckets that are in use, by index; then the runs they form.
#include "mizzen/telemetry/exposition/detail/native_buckets.hpp"

#include <algorithm>

namespace mizzen::telemetry {

NativeBuckets::NativeBuckets(const ExponentialPoint::Buckets& buckets, std::int32_t halvings) {
    std::int64_t next = 0;  // the index after the last one listed
    for (std::size_t i = 0; i < buckets.counts.size(); ++i) {
        if (buckets.counts[i] == 0) continue;
        const std::int64_t lower = std::int64_t{buckets.offset} + static_cast<std::int64_t>(i);
        const std::int64_t index = (lower >> std::min(halvings, 62)) + 1;
        const bool is_first = spans.empty();
        if (!is_first && index < next) {
            counts.back() += buckets.counts[i];
            continue;
        }
        if (is_first || index - next > 1) {
            spans.push_back({index - next, 1});
        } else {
            counts.resize(counts.size() + static_cast<std::size_t>(index - next));
            spans.back().length += static_cast<std::uint64_t>(index - next) + 1;
        }
        counts.push_back(buckets.counts[i]);
        next = index + 1;
    }
}

}  // namespace mizzen::telemetry
