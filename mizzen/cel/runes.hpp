// SPDX-License-Identifier: Apache-2.0
// Texts by code points, as the functions on strings count.
#pragma once
#include <string_view>
#include <vector>

namespace mizzen::cel {

// Where each code point of a text begins, and its end. A byte that is no UTF-8 counts as one.
class Runes {
  public:
    explicit Runes(std::string_view text);
    std::size_t size() const { return begins_.size() - 1; }
    std::string_view part(std::size_t begin, std::size_t end) const {
        return text_.substr(begins_[begin], begins_[end] - begins_[begin]);
    }
    // The number of code points before the byte at `offset`.
    std::size_t index_of_byte(std::size_t offset) const;
    std::size_t byte(std::size_t index) const { return begins_[index]; }

  private:
    std::string_view text_;
    std::vector<std::size_t> begins_;
};

}  // namespace mizzen::cel
