// SPDX-License-Identifier: Apache-2.0
// Bucket i is kept at place i mod Size (160, or 320 for summaries), so that a window of buckets grows at either end
// without moving. Moving happens when the resolution is halved; a sequence number, odd meanwhile, makes the reader try
// again.
#include "mizzen/telemetry/metrics/exponential.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <map>
#include <thread>

namespace mizzen::telemetry {
namespace {

constexpr std::size_t parts = std::size_t{1} << finest_scale;

constexpr long double root(long double x) {
    long double y = x;
    for (int i = 0; i < 60; ++i) y = (y + x / y) / 2;
    return y;
}
// 2^(k/256), as products of 2^(1/2), 2^(1/4) and so on.
constexpr std::array<double, parts + 1> bounds = [] {
    std::array<double, parts + 1> out = {};
    std::array<long double, 8> roots = {};
    long double r = 2;
    for (long double& each : roots) each = r = root(r);
    for (std::size_t k = 0; k < parts; ++k) {
        long double product = 1;
        for (std::size_t bit = 0; bit < 8; ++bit)
            if ((k >> (7 - bit)) & 1) product *= roots[bit];
        out[k] = static_cast<double>(product);
    }
    out[parts] = 2;
    return out;
}();
// For each 256th of [1, 2): how many bounds lie below its beginning.
constexpr std::array<std::uint16_t, parts> below = [] {
    std::array<std::uint16_t, parts> out = {};
    for (std::size_t i = 0; i < parts; ++i) {
        const double begin = 1 + static_cast<double>(i) / parts;
        while (bounds[out[i]] < begin) ++out[i];
    }
    return out;
}();

enum : Slot { sequence, halvings, zeros, sum, sides };
template <std::int64_t Size>
constexpr Slot side_cells = 2 + Size;
template <std::int64_t Size>
constexpr std::size_t all_cells = sides + 2 * side_cells<Size>;
static_assert(all_cells<exponential_buckets> == exponential_cells && all_cells<summary_buckets> == summary_cells);

template <std::int64_t Size>
constexpr std::int64_t place_of(std::int64_t index) {
    const std::int64_t rest = index % Size;
    return rest < 0 ? rest + Size : rest;
}

std::int64_t load(const Cell& cell) { return static_cast<std::int64_t>(cell.load(std::memory_order_relaxed)); }
void store(Cell& cell, std::int64_t value) { cell.store(static_cast<std::uint64_t>(value), std::memory_order_relaxed); }

// One sign's cells: the first index, how many follow, the counts.
template <std::int64_t Size>
struct Side {
    Cell* cells;
    std::int64_t first() const { return load(cells[0]); }
    std::int64_t length() const { return load(cells[1]); }
    Cell& count(std::int64_t index) const { return cells[2 + place_of<Size>(index)]; }
    void set_window(std::int64_t first, std::int64_t length) const {
        store(cells[0], first);
        store(cells[1], length);
    }
    void halve() const {
        const std::int64_t old_first = first(), old_length = length();
        if (old_length == 0) return;
        std::array<std::uint64_t, Size> counts = {};
        const std::int64_t new_first = old_first >> 1, new_last = (old_first + old_length - 1) >> 1;
        for (std::int64_t i = old_first; i < old_first + old_length; ++i) {
            counts[static_cast<std::size_t>((i >> 1) - new_first)] += count(i).load(std::memory_order_relaxed);
            store(count(i), 0);
        }
        for (std::int64_t i = new_first; i <= new_last; ++i)
            count(i).store(counts[static_cast<std::size_t>(i - new_first)], std::memory_order_relaxed);
        set_window(new_first, new_last - new_first + 1);
    }
};

template <std::int64_t Size>
void halve_resolution(Cell* cells) {
    add_to(cells[sequence], std::uint64_t{1});
    std::atomic_thread_fence(std::memory_order_release);
    for (const Slot side : {0u, 1u}) Side<Size>{cells + sides + side * side_cells<Size>}.halve();
    add_to(cells[halvings], std::uint64_t{1});
    cells[sequence].store(cells[sequence].load(std::memory_order_relaxed) + 1, std::memory_order_release);
}

// Cells of one thread as they were at one moment, as far as the windows go.
template <std::int64_t Size>
std::array<std::uint64_t, all_cells<Size>> copy_of(const Cell* cells) {
    std::array<std::uint64_t, all_cells<Size>> copy;
    for (;; std::this_thread::yield()) {
        const std::uint64_t before = cells[sequence].load(std::memory_order_acquire);
        if (before % 2 == 1) continue;
        for (std::size_t i = 0; i < copy.size(); ++i) copy[i] = cells[i].load(std::memory_order_acquire);
        if (cells[sequence].load(std::memory_order_acquire) == before) return copy;
    }
}

using Counts = std::map<std::int64_t, std::uint64_t>;

void halve(Counts& counts) {
    Counts wider;
    for (const auto& [index, n] : counts) wider[index >> 1] += n;
    counts = std::move(wider);
}

bool is_too_wide(const Counts& counts, std::int64_t size) {
    return !counts.empty() && counts.rbegin()->first - counts.begin()->first >= size;
}

ExponentialPoint::Buckets listed(const Counts& counts) {
    ExponentialPoint::Buckets out;
    if (counts.empty()) return out;
    const std::int64_t first = counts.begin()->first;
    out.offset = static_cast<std::int32_t>(first);
    out.counts.resize(static_cast<std::size_t>(counts.rbegin()->first - first) + 1);
    for (const auto& [index, n] : counts) out.counts[static_cast<std::size_t>(index - first)] = n;
    return out;
}

template <std::int64_t Size>
void observe(Cell* cells, double value) {
    if (value == 0) {
        add_to(cells[zeros], std::uint64_t{1});
        return;
    }
    add_to(cells[sum], value);
    const Side<Size> side{cells + sides + (value < 0 ? side_cells<Size> : 0)};
    const std::int64_t fine = exponential_index(std::fabs(value));
    for (;;) {
        const std::int64_t index = fine >> load(cells[halvings]);
        const std::int64_t begin = side.first(), length = side.length();
        if (index < begin || index >= begin + length) {
            const std::int64_t from = length == 0 ? index : std::min(begin, index);
            const std::int64_t to = length == 0 ? index : std::max(begin + length - 1, index);
            if (to - from >= Size) {
                halve_resolution<Size>(cells);
                continue;
            }
            // Widening must not be seen half done either.
            add_to(cells[sequence], std::uint64_t{1});
            std::atomic_thread_fence(std::memory_order_release);
            side.set_window(from, to - from + 1);
            cells[sequence].store(cells[sequence].load(std::memory_order_relaxed) + 1, std::memory_order_release);
        }
        add_to(side.count(index), std::uint64_t{1});
        return;
    }
}

template <std::int64_t Size>
ExponentialPoint read(Slot first) {
    std::vector<std::array<std::uint64_t, all_cells<Size>>> threads;
    for_each_thread(first, [&](const detail::Directory& d) { threads.push_back(copy_of<Size>(d.find(first))); });
    std::uint64_t most_halvings = 0;
    for (const auto& cells : threads) most_halvings = std::max(most_halvings, cells[halvings]);

    ExponentialPoint point;
    std::array<Counts, 2> merged;
    for (const auto& cells : threads) {
        point.zero_count += cells[zeros];
        point.sum += std::bit_cast<double>(cells[sum]);
        for (std::size_t side = 0; side < 2; ++side) {
            const auto* at = &cells[sides + side * side_cells<Size>];
            const auto begin = static_cast<std::int64_t>(at[0]), length = static_cast<std::int64_t>(at[1]);
            for (std::int64_t i = begin; i < begin + length; ++i)
                if (const std::uint64_t n = at[2 + place_of<Size>(i)])
                    merged[side][i >> (most_halvings - cells[halvings])] += n;
        }
    }
    while (is_too_wide(merged[0], Size) || is_too_wide(merged[1], Size)) {
        ++most_halvings;
        for (Counts& counts : merged) halve(counts);
    }
    point.scale = finest_scale - static_cast<std::int32_t>(most_halvings);
    point.positive = listed(merged[0]);
    point.negative = listed(merged[1]);
    return point;
}

}  // namespace

std::int32_t exponential_index(double value, std::int32_t scale) {
    auto bits = std::bit_cast<std::uint64_t>(value);
    std::int32_t exponent = static_cast<std::int32_t>((bits >> 52) & 0x7ff) - 1023;
    if (exponent == -1023) {  // subnormal
        bits = std::bit_cast<std::uint64_t>(value * 0x1p52);
        exponent = static_cast<std::int32_t>((bits >> 52) & 0x7ff) - 1023 - 52;
    }
    const std::uint64_t fraction = bits & 0xfffffffffffffull;
    const double mantissa = std::bit_cast<double>(fraction | (std::uint64_t{1023} << 52));
    std::int32_t below_it = below[fraction >> 44];
    while (bounds[static_cast<std::size_t>(below_it)] < mantissa) ++below_it;
    return (exponent * static_cast<std::int32_t>(parts) + below_it - 1) >> (finest_scale - scale);
}

void observe_exponential(Cell* cells, double value) { observe<exponential_buckets>(cells, value); }
ExponentialPoint read_exponential(Slot first) { return read<exponential_buckets>(first); }

void observe_summary(Cell* cells, double value) { observe<summary_buckets>(cells, value); }
ExponentialPoint read_summary(Slot first) { return read<summary_buckets>(first); }

}  // namespace mizzen::telemetry
