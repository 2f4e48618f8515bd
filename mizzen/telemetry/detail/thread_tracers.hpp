// SPDX-License-Identifier: Apache-2.0
// ThreadTracers: a TracerProvider for each thread that starts spans, because a provider belongs to one thread.
#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "mizzen/telemetry/fork/fork_watch.hpp"
#include "mizzen/telemetry/trace/tracer.hpp"

namespace mizzen::telemetry {

// Of one thread at a time. A thread that ends leaves it to the next one, with the spans that it started.
struct ThreadPart {
    ThreadPart(const Loop& clock, std::unique_ptr<Sampler> sampler, SpanProcessor& processor, SpanLimits limits);
    TracerProvider provider;
    std::uint64_t generation;                    // of forks
    std::vector<std::optional<Tracer>> tracers;  // by the number of their scope
};

class ThreadTracers final : public std::enable_shared_from_this<ThreadTracers>, private ForkWatch {
  public:
    // `clock` tells the calendar on any thread, as a RealLoop does. It and `processor`, which takes spans from any
    // thread, outlive this. `sampler` is called on any thread, one at a time.
    ThreadTracers(const Loop& clock, std::function<std::unique_ptr<Sampler>()> sampler, SpanProcessor& processor,
                  SpanLimits limits);

    // The number of such a scope; the same for those of the same name, version and schema.
    std::size_t number_of(InstrumentationScope scope);
    // The calling thread's. Takes a lock the first time only.
    const Tracer& own(std::size_t scope);

    void give_back(ThreadPart& part);

  private:
    void before_fork() noexcept override { mutex_.lock(); }
    void after_fork_in_parent() noexcept override { mutex_.unlock(); }
    void after_fork_in_child() noexcept override { mutex_.unlock(); }
    ThreadPart& own_part();
    ThreadPart& take_part();

    const std::uint64_t id_;  // never used twice
    const Loop& clock_;
    const std::function<std::unique_ptr<Sampler>()> sampler_;
    SpanProcessor& processor_;
    const SpanLimits limits_;
    std::mutex mutex_;  // guards what follows
    std::vector<InstrumentationScope> scopes_;
    std::vector<std::unique_ptr<ThreadPart>> parts_;
    std::vector<ThreadPart*> idle_;
};

}  // namespace mizzen::telemetry
