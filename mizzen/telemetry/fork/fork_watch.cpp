// SPDX-License-Identifier: Apache-2.0
// The list of watches, and the three calls that POSIX makes.
#include "mizzen/telemetry/fork/fork_watch.hpp"

#include <pthread.h>

#include <atomic>

namespace mizzen::telemetry {
namespace {

constinit std::atomic<std::uint64_t> generation = 0;
// No std::mutex: the child unlocks what its parent's thread has locked.
constinit pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
constinit ForkWatch* first = nullptr;

}  // namespace

struct ForkWatches {
    static void prepare() {
        pthread_mutex_lock(&mutex);
        for (ForkWatch* each = first; each; each = each->next_) each->before_fork();
    }
    static void parent() {
        for (ForkWatch* each = first; each; each = each->next_) each->after_fork_in_parent();
        pthread_mutex_unlock(&mutex);
    }
    static void child() {
        generation.fetch_add(1, std::memory_order_relaxed);
        for (ForkWatch* each = first; each; each = each->next_) each->after_fork_in_child();
        pthread_mutex_unlock(&mutex);
    }
    static void add(ForkWatch& watch) {
        static const int registered = pthread_atfork(&prepare, &parent, &child);
        static_cast<void>(registered);  // it fails only without memory; then children are as they were before
        pthread_mutex_lock(&mutex);
        watch.next_ = first;
        if (first) first->previous_ = &watch;
        first = &watch;
        pthread_mutex_unlock(&mutex);
    }
    static void remove(ForkWatch& watch) {
        pthread_mutex_lock(&mutex);
        (watch.previous_ ? watch.previous_->next_ : first) = watch.next_;
        if (watch.next_) watch.next_->previous_ = watch.previous_;
        pthread_mutex_unlock(&mutex);
    }
};

std::uint64_t fork_generation() noexcept { return generation.load(std::memory_order_relaxed); }

ForkWatch::ForkWatch() { ForkWatches::add(*this); }
ForkWatch::~ForkWatch() { ForkWatches::remove(*this); }

}  // namespace mizzen::telemetry
