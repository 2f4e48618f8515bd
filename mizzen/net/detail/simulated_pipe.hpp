// SPDX-License-Identifier: Apache-2.0
// SimulatedPipe: one direction of a simulated connection. Bytes arrive later than they were written, in order.
#pragma once
#include <deque>
#include <span>
#include <string>

#include "mizzen/async/event.hpp"
#include "mizzen/async/loop.hpp"

namespace mizzen::net {

class SimulatedPipe final : Timer {
  public:
    SimulatedPipe(Loop& loop, std::size_t capacity) : loop_(loop), capacity_(capacity) {}

    // Waits for bytes; 0 at the end. Throws Error(retry) naming `other` if the pipe breaks.
    Task<std::size_t> read(std::span<char> into, std::string_view other);
    // Room for more bytes, at least one. Throws like read.
    Task<std::size_t> room(std::string_view other);
    // Puts bytes (at most room()) on the way.
    void send(std::string_view bytes, Duration latency);
    // Puts the end on the way.
    void end(Duration latency);
    bool ended() const { return end_sent_; }
    // Both ends fail from now on; what is under way is lost.
    void cut();
    // While stalled nothing arrives.
    void stall(bool stalled);
    std::uint64_t delivered() const { return delivered_; }

  private:
    struct Segment {
        Time arrives;
        std::string bytes;
        bool end = false;
    };
    void put(Segment);
    void fire() noexcept override;
    std::size_t held() const { return in_flight_ + arrived_.size() - taken_; }

    Loop& loop_;
    std::size_t capacity_;
    std::deque<Segment> under_way_;
    std::size_t in_flight_ = 0;
    std::string arrived_;
    std::size_t taken_ = 0;
    std::uint64_t delivered_ = 0;
    Time last_arrival_{};
    bool end_sent_ = false, end_arrived_ = false, broken_ = false, stalled_ = false;
    Event readable_, writable_;
};

}  // namespace mizzen::net
