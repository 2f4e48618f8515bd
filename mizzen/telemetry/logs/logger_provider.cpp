// SPDX-License-Identifier: Apache-2.0
// Which thread writes to which ring, and what becomes of it when the thread ends.
#include "mizzen/telemetry/logs/logger_provider.hpp"

#include <algorithm>
#include <atomic>
#include <new>

namespace mizzen::telemetry {
namespace {

constinit std::atomic<std::uint64_t> last_id = 0;
constinit thread_local bool is_ending = false;

// Rings are kept by their thread and by their provider; whoever goes last frees them.
struct RingsOfThread {
    struct Entry {
        std::uint64_t provider;
        std::shared_ptr<LogRing> ring;
    };
    std::vector<Entry> entries;

    ~RingsOfThread() {
        is_ending = true;
        detail::own_ring = {};
        for (const Entry& entry : entries) entry.ring->end();
    }
};
thread_local RingsOfThread rings_of_thread;

constexpr std::size_t shared_ring_bytes = 64 * 1024;

}  // namespace

LoggerProvider::LoggerProvider(LogOptions options)
    : id_(last_id.fetch_add(1, std::memory_order_relaxed) + 1),
      ticks_(options.ticks),
      ring_bytes_(options.ring_bytes),
      shared_ring_(std::make_shared<LogRing>(shared_ring_bytes)) {
    rings_.push_back(shared_ring_);
}

LogRing* LoggerProvider::find_own_ring() noexcept {
    if (is_ending) return nullptr;
    auto& entries = rings_of_thread.entries;
    auto found = std::find_if(entries.begin(), entries.end(), [this](const auto& e) { return e.provider == id_; });
    if (found == entries.end()) {
        std::erase_if(entries,
                      [](const auto& entry) { return entry.ring.use_count() == 1; });  // their providers are gone
        try {
            auto ring = std::make_shared<LogRing>(ring_bytes_);
            entries.reserve(entries.size() + 1);
            const std::lock_guard lock(mutex_);
            rings_.push_back(ring);
            entries.push_back({id_, std::move(ring)});
        } catch (const std::bad_alloc&) {
            return nullptr;
        }
        found = std::prev(entries.end());
    }
    detail::own_ring = {id_, found->ring.get()};
    return found->ring.get();
}

void LoggerProvider::before_fork() noexcept {
    mutex_.lock();
    shared_mutex_.lock();
}

void LoggerProvider::after_fork_in_parent() noexcept {
    shared_mutex_.unlock();
    mutex_.unlock();
}

// Other threads are gone, in the middle of an entry perhaps: what they had not committed was never there.
void LoggerProvider::after_fork_in_child() noexcept {
    for (const auto& ring : rings_) ring->discard();
    after_fork_in_parent();
}

std::vector<std::shared_ptr<LogRing>> LoggerProvider::rings() const {
    const std::lock_guard lock(mutex_);
    return rings_;
}

void LoggerProvider::forget(const LogRing& ring) {
    const std::lock_guard lock(mutex_);
    std::erase_if(rings_, [&ring](const auto& own) { return own.get() == &ring; });
}

}  // namespace mizzen::telemetry
