// SPDX-License-Identifier: Apache-2.0
// WorkQueue: which objects a controller should look at, each at most once at a time.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "mizzen/async/event.hpp"
#include "mizzen/async/loop.hpp"
#include "mizzen/async/timer.hpp"
#include "mizzen/base/backoff.hpp"
#include "mizzen/kube/client/object_key.hpp"
#include "mizzen/kube/runtime/runtime_metrics.hpp"

namespace mizzen::kube {

// The initial list is `background`: what people change now goes first.
enum class Priority { background, normal };

// A key that is added twice before it is taken is taken once. A key that is added while a worker has it comes again
// after done().
class WorkQueue {
  public:
    WorkQueue(Loop& loop, Backoff backoff, WorkQueueMetrics metrics = {})
        : loop_(loop), backoff_(backoff), metrics_(metrics) {}

    void add(ObjectKey key, Priority priority = Priority::normal);
    // The earliest of several times counts. Taking the key by whatever cause cancels it: each visit says anew when it
    // wants the next.
    void add_after(ObjectKey key, Duration wait);
    // After a failure: the wait grows with each call until forget(). Gives the wait.
    Duration add_after_failure(const ObjectKey& key, std::optional<Duration> at_least = {});
    // The key went well: its failures are forgotten.
    void forget(const ObjectKey& key) { failures_.erase(key); }
    int failures(const ObjectKey& key) const;
    // The object is gone: nothing of it stays, no later visit either.
    void drop(const ObjectKey& key);

    // The next key, of the highest priority, oldest first. Nothing after close(). Throws Cancelled.
    Task<std::optional<ObjectKey>> next();
    // The worker that took `key` is through with it.
    void done(const ObjectKey& key);
    // Workers get no more keys.
    void close();

    std::size_t waiting() const { return queued_.size(); }
    std::size_t running() const { return running_.size(); }
    std::size_t delayed() const { return delayed_.size(); }
    // A visit at a later time is asked for.
    bool is_delayed(const ObjectKey& key) const { return due_.contains(key); }
    bool idle() const { return queued_.empty() && running_.empty(); }

  private:
    // By falling priority, then by age.
    struct Place {
        Priority priority;
        std::uint64_t serial;
        Time since;
        bool operator<(const Place& other) const {
            return priority != other.priority ? priority > other.priority : serial < other.serial;
        }
    };
    // A key that a worker has.
    struct Work {
        Time since;
        std::optional<Priority> again = {};  // it was added meanwhile
        WallTime start = {};                 // as WorkInProgress has it
    };
    struct Alarm final : Timer {
        explicit Alarm(WorkQueue& of) : queue(of) {}
        void fire() noexcept override { queue.add_due(); }
        WorkQueue& queue;
    };
    void add_due();
    void set_alarm();
    void forget_delay(const ObjectKey& key);

    Loop& loop_;
    Backoff backoff_;
    WorkQueueMetrics metrics_;
    bool closed_ = false;
    std::uint64_t serial_ = 0;
    std::map<Place, ObjectKey> order_;
    std::unordered_map<ObjectKey, Place> queued_;
    std::unordered_map<ObjectKey, Work> running_;
    std::set<std::pair<Time, ObjectKey>> delayed_;
    std::unordered_map<ObjectKey, Time> due_;
    std::unordered_map<ObjectKey, int> failures_;
    mizzen::Event changed_;
    Alarm alarm_{*this};
};

}  // namespace mizzen::kube
