// SPDX-License-Identifier: Apache-2.0
// LoggerProvider: what the loggers of a process share: their levels, their ticks, and a ring for each thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "mizzen/telemetry/fork/fork_watch.hpp"
#include "mizzen/telemetry/logs/log_levels.hpp"
#include "mizzen/telemetry/logs/log_ring.hpp"
#include "mizzen/telemetry/logs/log_ticks.hpp"

namespace mizzen::telemetry {
namespace detail {

// The ring that this thread used last, and whose it is.
struct OwnRing {
    std::uint64_t provider = 0;
    LogRing* ring = nullptr;
};
inline constinit thread_local OwnRing own_ring;

}  // namespace detail

struct LogOptions {
    TickSource ticks = {};  // the processor's
    // For each thread that logs, rounded up to a power of two: about 2500 messages, or 60 of the longest texts. What
    // finds it full is dropped and counted, so it is to hold what a thread logs between two drains.
    std::size_t ring_bytes = 256 * 1024;
};

// Outlives its loggers and its drain. Any thread may log; the rings are read by one LogDrain.
// In a child after fork() the rings are empty: what its parent had logged, its parent will tell.
class LoggerProvider final : private ForkWatch {
  public:
    explicit LoggerProvider(LogOptions options = {});
    LoggerProvider(const LoggerProvider&) = delete;
    LoggerProvider& operator=(const LoggerProvider&) = delete;

    LogLevels& levels() { return levels_; }
    std::uint64_t ticks() const { return ticks_(); }

    // The ring of this thread for as long as this lives; made on its first call. A thread whose thread-locals are gone
    // already, or without memory for a ring, uses one that such threads share, under a lock.
    class RingInUse {
      public:
        explicit RingInUse(LoggerProvider& provider)
            : ring_(detail::own_ring.provider == provider.id_ ? detail::own_ring.ring : provider.find_own_ring()) {
            if (!ring_) [[unlikely]] {
                provider.shared_mutex_.lock();
                locked_ = &provider.shared_mutex_;
                ring_ = provider.shared_ring_.get();
            }
        }
        RingInUse(const RingInUse&) = delete;
        RingInUse& operator=(const RingInUse&) = delete;
        ~RingInUse() {
            if (locked_) [[unlikely]]
                locked_->unlock();
        }
        LogRing* operator->() const { return ring_; }

      private:
        LogRing* ring_;
        std::mutex* locked_ = nullptr;
    };

    // The drain's: all rings, those of ended threads included until forget() is told that they were read to the end.
    std::vector<std::shared_ptr<LogRing>> rings() const;
    void forget(const LogRing& ring);

  private:
    [[gnu::cold]] LogRing* find_own_ring() noexcept;
    void before_fork() noexcept override;
    void after_fork_in_parent() noexcept override;
    void after_fork_in_child() noexcept override;

    const std::uint64_t id_;  // never used twice, so that no thread takes a ring of a provider that is gone
    const TickSource ticks_;
    const std::size_t ring_bytes_;
    LogLevels levels_;
    mutable std::mutex mutex_;
    std::vector<std::shared_ptr<LogRing>> rings_;
    std::mutex shared_mutex_;
    const std::shared_ptr<LogRing> shared_ring_;
};

}  // namespace mizzen::telemetry
