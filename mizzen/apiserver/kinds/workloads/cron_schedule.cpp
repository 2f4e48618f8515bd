// SPDX-License-Identifier: Apache-2.0
// Reading a cron schedule for its mistakes only.
#include "mizzen/apiserver/kinds/workloads/cron_schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "mizzen/apiserver/status.hpp"
#include "mizzen/base/text.hpp"
#include "mizzen/base/time.hpp"

namespace mizzen::apiserver {
namespace {

struct Bounds {
    long least, most;
    std::array<std::string_view, 12> names{};
    long first_name = 0;
};

constexpr Bounds fields[] = {
    {0, 59},
    {0, 23},
    {1, 31},
    {1, 12, {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}, 1},
    {0, 6, {"sun", "mon", "tue", "wed", "thu", "fri", "sat"}, 0},
};

struct Number {
    long value = 0;
    std::string problem;
};

Number read_number(std::string_view text, const Bounds& bounds) {
    auto lower = to_lower(text);
    for (std::size_t i = 0; i < bounds.names.size() && !bounds.names[i].empty(); ++i) {
        if (lower == bounds.names[i]) return {static_cast<long>(i) + bounds.first_name, ""};
    }
    Number out;
    auto digits = text.starts_with('+') ? text.substr(1) : text;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out.value);
    bool whole = !digits.empty() && end == digits.data() + digits.size();
    if (error == std::errc::result_out_of_range && whole) {
        out.problem = fmt::format("failed to parse int from {}: strconv.Atoi: parsing {}: value out of range", text,
                                  quoted(text));
    } else if (error != std::errc() || !whole) {
        out.problem =
            fmt::format("failed to parse int from {}: strconv.Atoi: parsing {}: invalid syntax", text, quoted(text));
    } else if (out.value < 0) {
        out.problem = fmt::format("negative number ({}) not allowed: {}", out.value, text);
    }
    return out;
}

std::string range_problem(std::string_view text, const Bounds& bounds) {
    auto range_and_step = split(text, '/');
    auto low_and_high = split(range_and_step[0], '-');
    bool single = low_and_high.size() == 1;
    long start = bounds.least, end = bounds.most;
    if (low_and_high[0] != "*" && low_and_high[0] != "?") {
        auto low = read_number(low_and_high[0], bounds);
        if (!low.problem.empty()) return low.problem;
        if (low_and_high.size() > 2) return fmt::format("too many hyphens: {}", text);
        auto high = single ? low : read_number(low_and_high[1], bounds);
        if (!high.problem.empty()) return high.problem;
        start = low.value;
        end = high.value;
    }
    if (range_and_step.size() > 2) return fmt::format("too many slashes: {}", text);
    long step = 1;
    if (range_and_step.size() == 2) {
        auto number = read_number(range_and_step[1], {0, 0});
        if (!number.problem.empty()) return number.problem;
        step = number.value;
        if (single) end = bounds.most;
    }
    if (start < bounds.least)
        return fmt::format("beginning of range ({}) below minimum ({}): {}", start, bounds.least, text);
    if (end > bounds.most) return fmt::format("end of range ({}) above maximum ({}): {}", end, bounds.most, text);
    if (start > end) return fmt::format("beginning of range ({}) beyond end of range ({}): {}", start, end, text);
    return step == 0 ? fmt::format("step of range should be a positive number: {}", text) : "";
}

std::string descriptor_problem(std::string_view text) {
    static const std::vector<std::string_view> known{"@yearly", "@annually", "@monthly", "@weekly",
                                                     "@daily",  "@midnight", "@hourly"};
    if (std::find(known.begin(), known.end(), text) != known.end()) return "";
    constexpr std::string_view every = "@every ";
    if (!text.starts_with(every)) return fmt::format("unrecognized descriptor: {}", text);
    auto duration = text.substr(every.size());
    return parse_duration(duration)
               ? ""
               : fmt::format("failed to parse duration {}: time: invalid duration {}", text, quoted(duration));
}

}  // namespace

std::string cron_problem(std::string_view schedule) {
    if (schedule.empty()) return "empty spec string";
    if (schedule.starts_with("TZ=") || schedule.starts_with("CRON_TZ=")) {
        schedule = trim(schedule.substr(std::min(schedule.find(' '), schedule.size())));
    }
    if (schedule.starts_with('@')) return descriptor_problem(schedule);
    std::vector<std::string_view> parts;
    for (auto part : split(schedule, ' ')) {
        if (!part.empty()) parts.push_back(part);
    }
    if (parts.size() != std::size(fields)) {
        return fmt::format("expected exactly 5 fields, found {}: [{}]", parts.size(), join(parts, " "));
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        for (auto range : split(parts[i], ',')) {
            if (range.empty()) continue;
            if (auto problem = range_problem(range, fields[i]); !problem.empty()) return problem;
        }
    }
    return "";
}

}  // namespace mizzen::apiserver
