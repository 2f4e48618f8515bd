// SPDX-License-Identifier: Apache-2.0
// Runes.
#include "mizzen/cel/runes.hpp"

#include <algorithm>

#include "mizzen/base/utf8.hpp"

namespace mizzen::cel {

Runes::Runes(std::string_view text) : text_(text) {
    for (std::size_t at = 0; at < text.size(); at += std::max<std::size_t>(utf8_length_at(text, at), 1))
        begins_.push_back(at);
    begins_.push_back(text.size());
}

std::size_t Runes::index_of_byte(std::size_t offset) const {
    return static_cast<std::size_t>(std::lower_bound(begins_.begin(), begins_.end(), offset) - begins_.begin());
}

}  // namespace mizzen::cel
