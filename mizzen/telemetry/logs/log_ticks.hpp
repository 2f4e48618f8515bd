// SPDX-License-Identifier: Apache-2.0
// Ticks: the time of a log call, cheaper than a clock, and the calendar that makes times of them.
#pragma once
#include <cstdint>

#include "mizzen/base/time.hpp"

namespace mizzen {
class Loop;
}

namespace mizzen::telemetry {

// Of CLOCK_MONOTONIC, in nanoseconds.
std::uint64_t monotonic_ticks();

// The counter of the processor, of unknown rate: the time stamp counter on x86-64, the virtual counter on aarch64,
// monotonic_ticks() elsewhere. The same on all cores of any machine of the last ten years.
inline std::uint64_t hardware_ticks() {
#if defined(__x86_64__)
    return __builtin_ia32_rdtsc();
#elif defined(__aarch64__)
    std::uint64_t ticks = 0;
    asm volatile("mrs %0, cntvct_el0" : "=r"(ticks));
    return ticks;
#else
    return monotonic_ticks();
#endif
}

// Where ticks come from: the processor, or a function, which any thread may call.
struct TickSource {
    std::uint64_t (*read)(const void* from) noexcept = nullptr;
    const void* from = nullptr;

    std::uint64_t operator()() const { return read ? read(from) : hardware_ticks(); }
};
// Nanoseconds of the loop's own time: in a simulation every record has its simulated time. The loop outlives its users.
TickSource ticks_of(const Loop& loop);

// Ticks as times of the calendar. Learns the rate from the pairs that it is shown; until the second pair every tick is
// the time of the first. Where the calendar is set by hand (by more than a tenth of a second, and 1/1000 of the time
// since the last pair) it goes on from there at the rate it knew. Source for that bound: adjtime slews by 1/2000.
class TickCalendar {
  public:
    TickCalendar(std::uint64_t ticks, WallTime now) : anchor_{ticks, now}, base_(anchor_) {}

    // Both were read at once.
    void show(std::uint64_t ticks, WallTime now);
    WallTime at(std::uint64_t ticks) const;

  private:
    struct Pair {
        std::uint64_t ticks;
        WallTime time;
    };
    struct Rate {
        std::int64_t nanoseconds = 0;
        std::int64_t ticks = 1;
    };

    Pair anchor_;  // the last pair: the best that is known of now
    Pair base_;    // the first pair since the calendar was set: the farther, the better the rate
    Rate rate_;
};

}  // namespace mizzen::telemetry
