// SPDX-License-Identifier: Apache-2.0
// Bytes on their way.
#include "mizzen/net/detail/simulated_pipe.hpp"

#include <algorithm>
#include <cstring>

#include "mizzen/base/error.hpp"

namespace mizzen::net {

namespace {
[[noreturn]] void reset_by(std::string_view other) {
    throw Error(ErrorKind::retry, "connection reset by " + std::string(other));
}
}  // namespace

Task<std::size_t> SimulatedPipe::read(std::span<char> into, std::string_view other) {
    while (taken_ == arrived_.size()) {
        if (broken_) reset_by(other);
        if (end_arrived_) co_return 0;
        co_await readable_.wait();
    }
    const std::size_t n = std::min(into.size(), arrived_.size() - taken_);
    std::memcpy(into.data(), arrived_.data() + taken_, n);
    taken_ += n;
    if (taken_ == arrived_.size()) {
        arrived_.clear();
        taken_ = 0;
    }
    writable_.notify_all();
    co_return n;
}

Task<std::size_t> SimulatedPipe::room(std::string_view other) {
    while (!broken_ && held() >= capacity_) co_await writable_.wait();
    if (broken_ || end_sent_) reset_by(other);
    co_return capacity_ - held();
}

void SimulatedPipe::send(std::string_view bytes, Duration latency) {
    in_flight_ += bytes.size();
    put({.arrives = loop_.after(latency), .bytes = std::string(bytes)});
}

void SimulatedPipe::end(Duration latency) {
    if (end_sent_ || broken_) return;
    end_sent_ = true;
    put({.arrives = loop_.after(latency), .bytes = "", .end = true});
}

void SimulatedPipe::put(Segment segment) {
    segment.arrives = last_arrival_ = std::max(segment.arrives, last_arrival_);
    under_way_.push_back(std::move(segment));
    if (!armed() && !stalled_) loop_.start(*this, under_way_.front().arrives);
}

void SimulatedPipe::fire() noexcept {
    while (!stalled_ && !under_way_.empty() && under_way_.front().arrives <= loop_.now()) {
        Segment& segment = under_way_.front();
        arrived_ += segment.bytes;
        in_flight_ -= segment.bytes.size();
        delivered_ += segment.bytes.size();
        end_arrived_ |= segment.end;
        under_way_.pop_front();
    }
    readable_.notify_all();
    if (!stalled_ && !under_way_.empty()) loop_.start(*this, under_way_.front().arrives);
}

void SimulatedPipe::cut() {
    broken_ = true;
    under_way_.clear();
    arrived_.clear();
    taken_ = in_flight_ = 0;
    readable_.notify_all();
    writable_.notify_all();
}

void SimulatedPipe::stall(bool stalled) {
    stalled_ = stalled;
    if (!stalled) fire();
}

}  // namespace mizzen::net
