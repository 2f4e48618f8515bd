// SPDX-License-Identifier: Apache-2.0
// The reading side of a ring.
#include "mizzen/telemetry/logs/log_ring.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace mizzen::telemetry {
namespace {

std::uint32_t size_at(const std::byte* entry) {
    std::uint32_t size = 0;
    std::memcpy(&size, entry, sizeof size);
    return size;
}

}  // namespace

// Not cleared: pages that no entry reaches are never touched.
LogRing::LogRing(std::size_t bytes)
    : capacity_(std::bit_ceil(std::clamp<std::size_t>(bytes, 4096, std::size_t{1} << 30))),
      bytes_(std::make_unique_for_overwrite<std::byte[]>(capacity_)) {}

const std::byte* LogRing::front(std::uint64_t mark) {
    std::uint64_t tail = tail_.load(std::memory_order_relaxed);
    if (tail == mark) return nullptr;
    const std::byte* entry = bytes_.get() + (tail & (capacity_ - 1));
    if (size_at(entry) != 0) return entry;
    tail += capacity_ - (tail & (capacity_ - 1));
    tail_.store(tail, std::memory_order_release);
    return bytes_.get();  // an entry always follows: both are committed together
}

void LogRing::pop() {
    const std::uint64_t tail = tail_.load(std::memory_order_relaxed);
    tail_.store(tail + size_at(bytes_.get() + (tail & (capacity_ - 1))), std::memory_order_release);
}

std::uint64_t LogRing::take_dropped() {
    const std::uint64_t all = dropped_.load(std::memory_order_relaxed);
    return all - std::exchange(dropped_seen_, all);
}

}  // namespace mizzen::telemetry
