// SPDX-License-Identifier: Apache-2.0
// Each thread remembers its parts; those of a telemetry that is gone are never asked for again.
#include <algorithm>
#include <atomic>

#include "mizzen/telemetry/detail/thread_tracers.hpp"

namespace mizzen::telemetry {
namespace {

struct Own {
    std::uint64_t id;
    std::weak_ptr<ThreadTracers> of;
    ThreadPart* part;
};
struct OwnParts {
    std::vector<Own> all;
    ~OwnParts() {
        for (const Own& own : all)
            if (const auto of = own.of.lock()) of->give_back(*own.part);
    }
};
thread_local OwnParts own_parts;

std::uint64_t next_id() {
    static constinit std::atomic<std::uint64_t> last = 0;
    return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

}  // namespace

ThreadPart::ThreadPart(const Loop& clock, std::unique_ptr<Sampler> sampler, SpanProcessor& processor, SpanLimits limits)
    : provider(clock, Random::from_system(), std::move(sampler), processor, limits), generation(fork_generation()) {}

ThreadTracers::ThreadTracers(const Loop& clock, std::function<std::unique_ptr<Sampler>()> sampler,
                             SpanProcessor& processor, SpanLimits limits)
    : id_(next_id()), clock_(clock), sampler_(std::move(sampler)), processor_(processor), limits_(limits) {}

std::size_t ThreadTracers::number_of(InstrumentationScope scope) {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find_if(scopes_, [&](const InstrumentationScope& each) {
        return each.name == scope.name && each.version == scope.version && each.schema_url == scope.schema_url &&
               each.attributes == scope.attributes;
    });
    const auto number = static_cast<std::size_t>(found - scopes_.begin());
    if (found == scopes_.end()) scopes_.push_back(std::move(scope));
    return number;
}

const Tracer& ThreadTracers::own(std::size_t scope) {
    ThreadPart& part = own_part();
    if (scope < part.tracers.size() && part.tracers[scope]) [[likely]]
        return *part.tracers[scope];
    const std::lock_guard lock(mutex_);
    if (part.tracers.size() < scopes_.size()) part.tracers.resize(scopes_.size());
    return part.tracers[scope].emplace(part.provider, scopes_[scope]);
}

ThreadPart& ThreadTracers::own_part() {
    const auto found = std::ranges::find(own_parts.all, id_, &Own::id);
    if (found == own_parts.all.end()) return take_part();
    ThreadPart& part = *found->part;
    if (part.generation != fork_generation()) {  // a child would draw its parent's ids
        part.generation = fork_generation();
        part.provider.reseed(Random::from_system());
    }
    return part;
}

ThreadPart& ThreadTracers::take_part() {
    std::erase_if(own_parts.all, [](const Own& own) { return own.of.expired(); });
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) {
        parts_.push_back(std::make_unique<ThreadPart>(clock_, sampler_(), processor_, limits_));
        idle_.push_back(parts_.back().get());
    }
    ThreadPart* part = idle_.back();
    own_parts.all.push_back({id_, weak_from_this(), part});
    idle_.pop_back();
    return *part;
}

void ThreadTracers::give_back(ThreadPart& part) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(&part);
}

}  // namespace mizzen::telemetry
