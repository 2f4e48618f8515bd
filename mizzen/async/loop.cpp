// SPDX-License-Identifier: Apache-2.0
// The timers that both kinds of loop share.
#include "mizzen/async/loop.hpp"

namespace mizzen {

Timer::~Timer() {
    if (loop_) loop_->stop(*this);
}

Loop::~Loop() {
    for (Timer* timer : timers_.all()) timer->loop_ = nullptr;
}

Time Loop::after(Duration duration) const {
    const Time time = now();
    return duration > Time::max() - time ? Time::max() : time + duration;
}

void Loop::start(Timer& timer, Time when) {
    if (timer.loop_) timer.loop_->stop(timer);
    timer.loop_ = this;
    timer.when_ = when;
    timer.serial_ = ++serial_;
    timers_.add(timer);
}

void Loop::stop(Timer& timer) {
    if (timer.loop_ != this) return;
    timer.loop_ = nullptr;
    timers_.remove(timer);
}

std::optional<Time> Loop::next_timer() const {
    if (timers_.empty()) return std::nullopt;
    return timers_.first().when_;
}

void Loop::fire_due(Time now) {
    while (!timers_.empty() && timers_.first().when_ <= now) {
        Timer& timer = timers_.first();
        stop(timer);
        timer.fire();
    }
}

}  // namespace mizzen
