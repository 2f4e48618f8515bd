// SPDX-License-Identifier: Apache-2.0
// Exponential buckets as plain values: what came since an earlier reading, and where a quantile lies.
#include <algorithm>
#include <cmath>
#include <limits>

#include "mizzen/telemetry/metrics/exponential.hpp"

namespace mizzen::telemetry {
namespace {

// False if `before`, its resolution halved so often, does not fit into what is there now.
bool subtract(ExponentialPoint::Buckets& now, const ExponentialPoint::Buckets& before, std::int32_t halvings) {
    for (std::size_t i = 0; i < before.counts.size(); ++i) {
        if (before.counts[i] == 0) continue;
        const std::int64_t at = ((before.offset + static_cast<std::int64_t>(i)) >> halvings) - now.offset;
        if (at < 0 || at >= static_cast<std::int64_t>(now.counts.size())) return false;
        std::uint64_t& count = now.counts[static_cast<std::size_t>(at)];
        if (count < before.counts[i]) return false;
        count -= before.counts[i];
    }
    const auto is_used = [](std::uint64_t count) { return count > 0; };
    const auto first = std::ranges::find_if(now.counts, is_used);
    now.offset = first == now.counts.end() ? 0 : now.offset + static_cast<std::int32_t>(first - now.counts.begin());
    now.counts.erase(now.counts.begin(), first);
    while (!now.counts.empty() && now.counts.back() == 0) now.counts.pop_back();
    return true;
}

// Of the bucket of magnitudes (low, low * base] the value whose relative distance to both ends is the same.
double middle_of(std::int64_t index, std::int32_t scale) {
    const double width = std::exp2(-scale), base = std::exp2(width);
    const double low = std::exp2(static_cast<double>(index) * width);
    return std::min(low * (2 / (1 + 1 / base)), std::numeric_limits<double>::max());
}

}  // namespace

ExponentialPoint difference(const ExponentialPoint& now, const ExponentialPoint& before) {
    const std::int32_t halvings = before.scale - now.scale;
    if (halvings < 0 || halvings > 31 || now.zero_count < before.zero_count) return now;
    ExponentialPoint out = now;
    out.zero_count -= before.zero_count;
    out.sum -= before.sum;
    if (!subtract(out.positive, before.positive, halvings) || !subtract(out.negative, before.negative, halvings))
        return now;
    return out;
}

double quantile(const ExponentialPoint& point, double q) {
    const std::uint64_t all = point.count();
    if (all == 0) return std::numeric_limits<double>::quiet_NaN();
    const double rank = std::ceil(q * static_cast<double>(all));
    std::uint64_t left = rank < 1 ? 1 : rank >= static_cast<double>(all) ? all : static_cast<std::uint64_t>(rank);
    for (std::size_t i = point.negative.counts.size(); i-- > 0; left -= point.negative.counts[i])
        if (left <= point.negative.counts[i])
            return -middle_of(point.negative.offset + static_cast<std::int64_t>(i), point.scale);
    if (left <= point.zero_count) return 0;
    left -= point.zero_count;
    for (std::size_t i = 0; i < point.positive.counts.size(); left -= point.positive.counts[i++])
        if (left <= point.positive.counts[i])
            return middle_of(point.positive.offset + static_cast<std::int64_t>(i), point.scale);
    return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace mizzen::telemetry
