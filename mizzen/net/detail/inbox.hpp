// SPDX-License-Identifier: Apache-2.0
// Inbox: the bytes of a connection that were read and not used yet.
#pragma once
#include <algorithm>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace mizzen::net::detail {

class Inbox {
  public:
    std::string_view data() const { return {buffer_.get() + begin_, end_ - begin_}; }
    std::size_t size() const { return end_ - begin_; }
    // Moves nothing, so it may be called while a read into space() is under way.
    void consume(std::size_t n) { begin_ += n; }
    // Where to read into; invalidates data().
    std::span<char> space() {
        if (begin_ == end_) begin_ = end_ = 0;
        if (capacity_ - end_ < least_space) make_space();
        return {buffer_.get() + end_, capacity_ - end_};
    }
    void filled(std::size_t n) { end_ += n; }

  private:
    static constexpr std::size_t least_space = 8u << 10;
    static constexpr std::size_t first_capacity = 16u << 10;

    void make_space() {
        const std::size_t held = size();
        if (capacity_ - held < least_space || !buffer_) {
            capacity_ = std::max(first_capacity, 2 * capacity_);
            std::unique_ptr<char[]> larger(new char[capacity_]);
            if (held) std::memcpy(larger.get(), buffer_.get() + begin_, held);
            buffer_ = std::move(larger);
        } else {
            std::memmove(buffer_.get(), buffer_.get() + begin_, held);
        }
        begin_ = 0;
        end_ = held;
    }

    std::unique_ptr<char[]> buffer_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace mizzen::net::detail
