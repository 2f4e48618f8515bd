// SPDX-License-Identifier: Apache-2.0
// LogRing: bytes from one thread that writes to one that reads, bounded, without a lock.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>

namespace mizzen::telemetry {

// Carries entries: pieces of memory, each a multiple of 8 bytes that begins with its own size as uint32. An entry
// is never split over the end; one of at most half the capacity always fits an empty ring. When there is no room it is
// dropped and counted; nobody waits.
class LogRing {
  public:
    // Rounded up to a power of two, at least 4096.
    explicit LogRing(std::size_t bytes);
    LogRing(const LogRing&) = delete;
    LogRing& operator=(const LogRing&) = delete;

    // The writer's. Room for an entry of `size` bytes (a multiple of 8), aligned to 8; null if it was dropped. What
    // is written there is read after commit().
    std::byte* reserve(std::uint32_t size) {
        const std::uint64_t head = head_.load(std::memory_order_relaxed);
        const std::uint64_t at = head & (capacity_ - 1);
        const std::uint64_t to_end = capacity_ - at;
        const std::uint64_t needed = size <= to_end ? size : to_end + size;
        if (head + needed - tail_seen_ > capacity_) [[unlikely]] {
            tail_seen_ = tail_.load(std::memory_order_acquire);
            if (head + needed - tail_seen_ > capacity_) {
                drop();
                return nullptr;
            }
        }
        reserved_ = head + needed;
        if (needed == size) [[likely]]
            return bytes_.get() + at;
        constexpr std::uint32_t go_to_start = 0;
        std::memcpy(bytes_.get() + at, &go_to_start, sizeof go_to_start);
        return bytes_.get();
    }
    void commit() { head_.store(reserved_, std::memory_order_release); }
    // Counts an entry that never came here.
    void drop() { dropped_.store(dropped_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed); }
    // Nobody writes any more.
    void end() { has_ended_.store(true, std::memory_order_release); }

    // The reader's. Where the writer is; a mark for front().
    std::uint64_t written() const { return head_.load(std::memory_order_acquire); }
    // The oldest entry before the mark, or null. Stays until pop().
    const std::byte* front(std::uint64_t mark);
    void pop();
    // Pops all that was written. Async-signal-safe.
    void discard() { tail_.store(written(), std::memory_order_release); }
    // Dropped since this was last asked.
    std::uint64_t take_dropped();
    bool has_ended() const { return has_ended_.load(std::memory_order_acquire); }
    bool is_empty() const { return tail_.load(std::memory_order_relaxed) == written(); }

    std::size_t capacity() const { return capacity_; }

  private:
    const std::size_t capacity_;
    const std::unique_ptr<std::byte[]> bytes_;  // aligned by the allocator
    // What the writer changes and what the reader changes are on lines of their own.
    alignas(128) std::atomic<std::uint64_t> head_ = 0;
    std::uint64_t tail_seen_ = 0;
    std::uint64_t reserved_ = 0;
    std::atomic<std::uint64_t> dropped_ = 0;
    std::atomic<bool> has_ended_ = false;
    alignas(128) std::atomic<std::uint64_t> tail_ = 0;
    std::uint64_t dropped_seen_ = 0;
};

}  // namespace mizzen::telemetry
