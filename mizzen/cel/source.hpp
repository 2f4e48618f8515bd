// SPDX-License-Identifier: Apache-2.0
// Source: the text of an expression, and what is wrong with it at which line and column.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mizzen::cel {

// Code points from the start of the text; none of where a message concerns the text as a whole.
using Position = std::int32_t;
inline constexpr Position no_position = -1;

// One message about an expression.
struct Issue {
    Position position = no_position;
    std::string message;
};

// A text by lines. Positions, lines and columns count code points; a byte that is not UTF-8 counts as one.
class Source {
  public:
    explicit Source(std::string_view text);

    std::string_view text() const { return text_; }
    // In code points.
    std::size_t size() const { return size_; }

    struct Place {
        int line = -1;    // from 1; -1 of no_position
        int column = -1;  // from 0
    };
    Place place(Position position) const;
    // Without its line break; "" if there is no such line.
    std::string_view line(int number) const;

  private:
    struct Line {
        std::size_t byte;
        Position position;
    };
    std::string text_;
    std::size_t size_ = 0;
    std::vector<Line> lines_;
};

// All messages in the order of their places, in the form of cel-go, which Kubernetes shows to its users:
//   ERROR: <input>:1:6: undefined field 'x'
//    | self.x > 1
//    | .....^
// At most 100 are shown.
std::string to_string(const std::vector<Issue>& issues, const Source& source);

}  // namespace mizzen::cel
