// SPDX-License-Identifier: Apache-2.0
// A binary heap of timers that know their place.
#include "mizzen/async/timer_heap.hpp"

#include <tuple>

namespace mizzen {

bool TimerHeap::before(const Timer& a, const Timer& b) {
    return std::tie(a.when_, a.serial_) < std::tie(b.when_, b.serial_);
}

void TimerHeap::put(Timer& timer, std::size_t place) {
    heap_[place] = &timer;
    timer.place_ = place;
}

void TimerHeap::add(Timer& timer) {
    heap_.push_back(&timer);
    timer.place_ = heap_.size() - 1;
    rise(timer.place_);
}

void TimerHeap::remove(Timer& timer) {
    const std::size_t place = timer.place_;
    Timer& last = *heap_.back();
    heap_.pop_back();
    if (&last == &timer) return;
    put(last, place);
    rise(place);
    sink(last.place_);
}

void TimerHeap::rise(std::size_t place) {
    Timer& timer = *heap_[place];
    while (place > 0 && before(timer, *heap_[(place - 1) / 2])) {
        put(*heap_[(place - 1) / 2], place);
        place = (place - 1) / 2;
    }
    put(timer, place);
}

void TimerHeap::sink(std::size_t place) {
    Timer& timer = *heap_[place];
    for (std::size_t child; (child = 2 * place + 1) < heap_.size(); place = child) {
        if (child + 1 < heap_.size() && before(*heap_[child + 1], *heap_[child])) ++child;
        if (!before(*heap_[child], timer)) break;
        put(*heap_[child], place);
    }
    put(timer, place);
}

}  // namespace mizzen
