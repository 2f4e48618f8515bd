// SPDX-License-Identifier: Apache-2.0
// The directories of all threads, and who has which cells.
#include "mizzen/telemetry/metrics/cells.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "mizzen/base/error.hpp"

namespace mizzen::telemetry {
namespace {

using detail::Chunk;
using detail::chunk_cells;
using detail::Directory;

// Cells belong to threads, and threads outlive registries: hence one space for the process, which is never destroyed.
struct Space {
    std::mutex mutex;
    std::vector<std::unique_ptr<Directory>> all;
    std::vector<Directory*>
        idle;  // of threads that have ended; their counts stay, and the next thread goes on with them
    Directory shared;
    Slot next = 1;
    std::map<std::uint32_t, std::vector<Slot>> given_back;  // by count

    Directory* take_directory() {
        const std::lock_guard lock(mutex);
        if (!idle.empty()) {
            Directory* directory = idle.back();
            idle.pop_back();
            return directory;
        }
        all.push_back(std::make_unique<Directory>());
        idle.reserve(all.size());
        return all.back().get();
    }
    void give_back_directory(Directory* directory) {
        const std::lock_guard lock(mutex);
        idle.push_back(directory);
    }
};

Space& space() {
    static auto* const the_one = new Space;
    return *the_one;
}

constinit thread_local bool is_ending = false;

struct AtThreadEnd {
    bool armed = false;
    ~AtThreadEnd() {
        is_ending = true;
        if (detail::own_directory) space().give_back_directory(detail::own_directory);
        detail::own_directory = nullptr;
    }
};
thread_local AtThreadEnd at_thread_end;

Cell& made(Directory& directory, Slot slot) {
    std::atomic<Chunk*>& place = directory.chunks[slot >> detail::chunk_bits];
    if (!place.load(std::memory_order_acquire)) {
        auto chunk = std::make_unique<Chunk>();
        Chunk* none = nullptr;  // the shared directory may be extended by two threads at once
        if (place.compare_exchange_strong(none, chunk.get(), std::memory_order_acq_rel)) chunk.release();
    }
    return *directory.find(slot);
}

bool fits_together(Slot first, std::uint32_t count) { return first / chunk_cells == (first + count - 1) / chunk_cells; }

}  // namespace

detail::FirstTouch::FirstTouch(Slot slot) {
    if (!own_directory) {
        own_directory = space().take_directory();
        if (is_ending)
            give_back_ = true;
        else
            at_thread_end.armed = true;  // first use: registers the destructor
    }
    made(*own_directory, slot);
}

detail::FirstTouch::~FirstTouch() {
    if (!give_back_) return;
    space().give_back_directory(own_directory);
    own_directory = nullptr;
}

Slot take_cells(std::uint32_t count, bool together) {
    Space& s = space();
    const std::lock_guard lock(s.mutex);
    for (std::vector<Slot>& slots = s.given_back[count]; !slots.empty();) {
        if (together && !fits_together(slots.back(), count)) break;
        const Slot first = slots.back();
        slots.pop_back();
        return first;
    }
    Slot first = s.next;
    if (together && !fits_together(first, count)) first = static_cast<Slot>((first / chunk_cells + 1) * chunk_cells);
    constexpr std::uint64_t most = chunk_cells * std::tuple_size_v<decltype(Directory::chunks)>;
    if (std::uint64_t{first} + count > most)
        throw Error(ErrorKind::overloaded,
                    "the metrics of this process need more than 16777215 cells; use fewer series");
    s.next = first + count;
    return first;
}

void give_back_cells(Slot first, std::uint32_t count) {
    Space& s = space();
    const std::lock_guard lock(s.mutex);
    const auto clear = [&](const Directory& directory) {
        for (Slot slot = first; slot < first + count; ++slot)
            if (Cell* cell = directory.find(slot)) cell->store(0, std::memory_order_relaxed);
    };
    for (const auto& directory : s.all) clear(*directory);
    clear(s.shared);
    s.given_back[count].push_back(first);
}

void for_each_thread(Slot slot, const std::function<void(const Directory&)>& fn) {
    Space& s = space();
    const std::lock_guard lock(s.mutex);
    for (const auto& directory : s.all)
        if (directory->find(slot)) fn(*directory);
}

std::uint64_t sum_integers(Slot slot) {
    std::uint64_t sum = 0;
    for_each_thread(slot, [&](const Directory& d) { sum += d.find(slot)->load(std::memory_order_relaxed); });
    return sum;
}

double sum_doubles(Slot slot) {
    double sum = 0;
    for_each_thread(
        slot, [&](const Directory& d) { sum += std::bit_cast<double>(d.find(slot)->load(std::memory_order_relaxed)); });
    return sum;
}

Cell& shared_cell(Slot slot) { return made(space().shared, slot); }

}  // namespace mizzen::telemetry
