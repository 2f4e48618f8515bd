// SPDX-License-Identifier: Apache-2.0
// Cells: 64-bit numbers that every thread has a copy of. Adding touches the thread's own copy; reading sums them all.
#pragma once
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace mizzen::telemetry {

// The address of a cell, the same in all threads; 0 is none.
using Slot = std::uint32_t;
using Cell = std::atomic<std::uint64_t>;

namespace detail {

inline constexpr unsigned chunk_bits = 12;
inline constexpr std::size_t chunk_cells = std::size_t{1} << chunk_bits;

struct alignas(128) Chunk {
    std::array<Cell, chunk_cells> cells = {};
};
// The cells of one thread. Chunks appear when the thread first touches one of their cells.
struct Directory {
    std::array<std::atomic<Chunk*>, 4096> chunks = {};

    Cell* find(Slot slot) const {
        Chunk* chunk = chunks[slot >> chunk_bits].load(std::memory_order_acquire);
        return chunk ? &chunk->cells[slot & (chunk_cells - 1)] : nullptr;
    }
};

inline constinit thread_local Directory* own_directory = nullptr;

// Makes sure that this thread has the cell at `slot`. A thread that is ending gets a directory only for as long as this
// lives. Throws std::bad_alloc.
class FirstTouch {
  public:
    explicit FirstTouch(Slot slot);
    ~FirstTouch();
    FirstTouch(const FirstTouch&) = delete;
    FirstTouch& operator=(const FirstTouch&) = delete;

  private:
    bool give_back_ = false;
};

// Kept out of line, so that adding stays a handful of instructions where it is inlined.
template <class Fn>
[[gnu::noinline, gnu::cold]] void on_first_touch(Slot slot, Fn fn) {
    const FirstTouch touch(slot);
    fn(*own_directory->find(slot));
}

}  // namespace detail

// Runs `fn(cell)` with this thread's own cell at `slot`. Nobody else writes it, so a load and a store are enough to
// add; they are atomic for the sake of the reader. Neither locks nor allocates but for the first touch of 4096
// neighbouring cells by a thread (32 KiB).
template <class Fn>
void with_own_cell(Slot slot, Fn fn) {
    if (const detail::Directory* own = detail::own_directory) [[likely]]
        if (Cell* cell = own->find(slot)) [[likely]] {
            fn(*cell);
            return;
        }
    detail::on_first_touch(slot, fn);
}

inline void add_to(Cell& cell, std::uint64_t n) {
    cell.store(cell.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
}
inline void add_to(Cell& cell, double n) {
    const double now = std::bit_cast<double>(cell.load(std::memory_order_relaxed));
    cell.store(std::bit_cast<std::uint64_t>(now + n), std::memory_order_relaxed);
}

template <class T>
void add_to_own(Slot slot, T n) {
    with_own_cell(slot, [n](Cell& cell) { add_to(cell, n); });
}

// Takes `count` neighbouring cells, all zero in every thread; in one chunk if `together` (count <= 4096). Throws
// Error(overloaded) if 16 million are taken.
Slot take_cells(std::uint32_t count, bool together = false);
// Gives them back. Nobody may add to them any more.
void give_back_cells(Slot first, std::uint32_t count);

// Sums over all threads, those that have ended included.
std::uint64_t sum_integers(Slot slot);
double sum_doubles(Slot slot);
// Calls `fn` with the cells of every thread that has touched the chunk of `slot`. `fn` must not take or give back
// cells.
void for_each_thread(Slot slot, const std::function<void(const detail::Directory&)>& fn);

// The one copy of a cell that all threads share, for what is set rather than counted. It stays where it is.
Cell& shared_cell(Slot slot);

}  // namespace mizzen::telemetry
