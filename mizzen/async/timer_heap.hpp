// SPDX-License-Identifier: Apache-2.0
// TimerHeap: the armed timers of a loop, earliest first; timers know their place, so stopping one costs O(log n).
#pragma once
#include <vector>

#include "mizzen/async/timer.hpp"

namespace mizzen {

class TimerHeap {
  public:
    bool empty() const { return heap_.empty(); }
    Timer& first() const { return *heap_.front(); }
    void add(Timer&);
    void remove(Timer&);
    std::vector<Timer*>& all() { return heap_; }

  private:
    static bool before(const Timer&, const Timer&);
    void put(Timer&, std::size_t place);
    void rise(std::size_t place);
    void sink(std::size_t place);
    std::vector<Timer*> heap_;
};

}  // namespace mizzen
