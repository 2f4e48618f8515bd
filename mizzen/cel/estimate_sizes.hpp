// SPDX-License-Identifier: Apache-2.0
// Ranges of sizes and costs, saturating. Inner part of estimate.hpp.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>

namespace mizzen::cel {

inline std::uint64_t plus(std::uint64_t a, std::uint64_t b) { return a > UINT64_MAX - b ? UINT64_MAX : a + b; }
inline std::uint64_t times(std::uint64_t a, std::uint64_t b) {
    std::uint64_t out = 0;
    return __builtin_mul_overflow(a, b, &out) ? UINT64_MAX : out;
}
inline std::uint64_t times(std::uint64_t n, double factor) {
    auto product = std::ceil(static_cast<double>(n) * factor);
    return product >= 0x1p64 ? UINT64_MAX : static_cast<std::uint64_t>(product);
}

// From least to most: of elements or characters, or of what something costs.
struct Bounds {
    std::uint64_t least = 0, most = 0;

    static Bounds exactly(std::uint64_t n) { return {n, n}; }
    static Bounds unknown() { return {0, UINT64_MAX}; }
    friend Bounds operator+(Bounds a, Bounds b) { return {plus(a.least, b.least), plus(a.most, b.most)}; }
    friend Bounds operator*(Bounds a, Bounds b) { return {times(a.least, b.least), times(a.most, b.most)}; }
    friend Bounds operator*(Bounds a, double f) { return {times(a.least, f), times(a.most, f)}; }
    // What encloses both.
    friend Bounds operator|(Bounds a, Bounds b) { return {std::min(a.least, b.least), std::max(a.most, b.most)}; }
};

}  // namespace mizzen::cel
