// SPDX-License-Identifier: Apache-2.0
// Finder: where a pattern matches, leftmost and by preference of the earlier alternative, as RE2 finds it.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "mizzen/base/regex.hpp"

namespace mizzen::cel {

// Takes time proportional to the text times the pattern for one match.
class Finder {
  public:
    // Throws Error(invalid) as Regex does.
    explicit Finder(std::string_view pattern);

    // Begin and end in bytes of the first match at or behind `from`.
    std::optional<std::pair<std::size_t, std::size_t>> find(std::string_view text, std::size_t from) const;

  private:
    friend struct FinderCompiler;
    struct Step {
        Regex::Step::Op op;
        std::uint32_t x = 0, y = 0;  // set: its index; split: both ways, x first; jump: where to
    };
    std::vector<Step> steps_;
    std::vector<std::vector<Regex::Range>> sets_;
};

}  // namespace mizzen::cel
