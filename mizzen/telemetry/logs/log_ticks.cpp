// SPDX-License-Identifier: Apache-2.0
// From ticks to the calendar.
#include "mizzen/telemetry/logs/log_ticks.hpp"

#include <time.h>

#include "mizzen/async/loop.hpp"

namespace mizzen::telemetry {
namespace {

// Works for a counter that wraps around or is a little behind, too.
std::int64_t between(std::uint64_t from, std::uint64_t to) { return static_cast<std::int64_t>(to - from); }

}  // namespace

std::uint64_t monotonic_ticks() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(now.tv_nsec);
}

TickSource ticks_of(const Loop& loop) {
    return {.read =
                [](const void* from) noexcept {
                    return static_cast<std::uint64_t>(static_cast<const Loop*>(from)->now().time_since_epoch().count());
                },
            .from = &loop};
}

void TickCalendar::show(std::uint64_t ticks, WallTime now) {
    using namespace std::chrono_literals;
    const std::int64_t since_anchor = between(anchor_.ticks, ticks);
    const bool is_first_rate = rate_.nanoseconds == 0;
    // A rate from an instant is worth little; the first long stretch corrects it.
    const bool is_poor_rate = since_anchor / 10 > rate_.ticks;
    const Duration off = std::chrono::abs(now - at(ticks));
    const Duration allowed = 100ms + std::chrono::abs(now - anchor_.time) / 1000;
    const bool was_set = since_anchor <= 0 || now <= anchor_.time || (!is_first_rate && !is_poor_rate && off > allowed);
    anchor_ = {ticks, now};
    if (was_set) {
        base_ = anchor_;
        return;
    }
    const std::int64_t since_base = between(base_.ticks, ticks);
    if (is_first_rate || since_base >= rate_.ticks) rate_ = {(now - base_.time).count(), since_base};
}

WallTime TickCalendar::at(std::uint64_t ticks) const {
    const auto nanoseconds = static_cast<__int128>(between(anchor_.ticks, ticks)) * rate_.nanoseconds / rate_.ticks;
    return anchor_.time + Duration(static_cast<std::int64_t>(nanoseconds));
}

}  // namespace mizzen::telemetry
