// SPDX-License-Identifier: Apache-2.0
// Exponential growth, cap and jitter.
#include "mizzen/base/backoff.hpp"

#include <algorithm>
#include <cmath>

namespace mizzen {

Duration Backoff::longest(int attempt) const {
    if (attempt <= 0 || first <= Duration(0)) return Duration(0);
    const double grown = static_cast<double>(first.count()) * std::pow(std::max(factor, 1.0), attempt - 1);
    // Compared as doubles: grown may be infinite and must not be cast then.
    return grown < static_cast<double>(most.count()) ? Duration(static_cast<std::int64_t>(grown)) : most;
}

Duration Backoff::delay(int attempt, Random& random) const {
    const Duration d = longest(attempt);
    const auto up_to = [&](Duration n) {
        return Duration(static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(n.count()) + 1)));
    };
    switch (jitter) {
        case Jitter::none:
            return d;
        case Jitter::full:
            return up_to(d);
        case Jitter::equal:
            return d / 2 + up_to(d - d / 2);
    }
    return d;
}

}  // namespace mizzen
