// SPDX-License-Identifier: Apache-2.0
// Source: lines, places, and messages as people read them.
#include "mizzen/cel/source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "mizzen/base/utf8.hpp"

namespace mizzen::cel {
namespace {

constexpr std::size_t most_issues = 100;
constexpr std::size_t longest_snippet = 16384;

std::size_t step_at(std::string_view text, std::size_t pos) {
    return std::max<std::size_t>(utf8_length_at(text, pos), 1);
}

// The line with a mark under the column; wide characters get wide marks.
std::string snippet(std::string_view line, int column) {
    std::string shown(line), mark;
    std::replace(shown.begin(), shown.end(), '\t', ' ');
    std::size_t at = 0;
    for (int i = 0; i < column && at < shown.size(); ++i) {
        auto step = step_at(shown, at);
        mark += step > 1 ? "\uff0e" : ".";
        at += step;
    }
    mark += at < shown.size() && step_at(shown, at) > 1 ? "\uff3e" : "^";
    return fmt::format("\n | {}\n | {}", shown, mark);
}

std::string display(const Issue& issue, const Source& source) {
    auto place = source.place(issue.position);
    auto out = fmt::format("ERROR: <input>:{}:{}: {}", place.line, place.column + 1, issue.message);
    auto line = source.line(place.line);
    if (place.line > 0 && line.size() <= longest_snippet) out += snippet(line, place.column);
    return out;
}

}  // namespace

Source::Source(std::string_view text) : text_(text), lines_{{0, 0}} {
    Position position = 0;
    for (std::size_t at = 0; at < text_.size(); ++position) {
        bool breaks = text_[at] == '\n';
        at += step_at(text_, at);
        if (breaks) lines_.push_back({at, position + 1});
    }
    size_ = static_cast<std::size_t>(position);
}

Source::Place Source::place(Position position) const {
    if (position < 0) return {-1, -1};
    auto after = std::upper_bound(lines_.begin(), lines_.end(), position,
                                  [](Position p, const Line& line) { return p < line.position; });
    auto& line = *std::prev(after);
    return {static_cast<int>(after - lines_.begin()), position - line.position};
}

std::string_view Source::line(int number) const {
    if (number < 1 || static_cast<std::size_t>(number) > lines_.size()) return "";
    auto begin = lines_[static_cast<std::size_t>(number) - 1].byte;
    return std::string_view(text_).substr(begin, text_.find('\n', begin) - begin);
}

std::string to_string(const std::vector<Issue>& issues, const Source& source) {
    std::vector<std::size_t> order(std::min(issues.size(), most_issues));
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(),
              [&](auto a, auto b) { return std::pair(issues[a].position, a) < std::pair(issues[b].position, b); });
    std::string out;
    for (auto i : order) out += (out.empty() ? "" : "\n") + display(issues[i], source);
    if (issues.size() > most_issues) out += fmt::format("\n{} more errors were truncated", issues.size() - most_issues);
    return out;
}

}  // namespace mizzen::cel
