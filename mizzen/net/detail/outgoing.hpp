// SPDX-License-Identifier: Apache-2.0
// Outgoing: the bytes of one HTTP/2 stream that wait to be sent, as the chunks they came in.
#pragma once
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "mizzen/base/bytes.hpp"

namespace mizzen::net::detail {

class Outgoing {
  public:
    void push(Bytes chunk) {
        if (chunk.empty()) return;
        size_ += chunk.size();
        chunks_.push_back(std::move(chunk));
    }
    void end() { ended_ = true; }

    std::size_t size() const { return size_; }
    bool ended() const { return ended_; }

    // Moves the next `size` bytes to `out`; there are that many.
    void take(std::size_t size, std::string& out) {
        size_ -= size;
        while (size > 0) {
            const std::string_view first = chunks_[first_].view().substr(sent_of_first_, size);
            out.append(first);
            size -= first.size();
            sent_of_first_ += first.size();
            if (sent_of_first_ < chunks_[first_].size()) continue;
            chunks_[first_++] = {};
            sent_of_first_ = 0;
        }
        if (size_ == 0 || first_ >= most_spent) {
            chunks_.erase(chunks_.begin(), chunks_.begin() + static_cast<std::ptrdiff_t>(first_));
            first_ = 0;
        }
    }

  private:
    static constexpr std::size_t most_spent = 64;  // sent chunks that still take a place
    std::vector<Bytes> chunks_;
    std::size_t first_ = 0;
    std::size_t sent_of_first_ = 0;
    std::size_t size_ = 0;
    bool ended_ = false;
};

}  // namespace mizzen::net::detail
