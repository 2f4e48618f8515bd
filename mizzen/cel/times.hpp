// SPDX-License-Identifier: Apache-2.0
// Timestamps and durations: reading, writing, and the parts of a calendar day.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "mizzen/cel/value.hpp"

namespace mizzen::cel {

inline constexpr std::int64_t earliest_second = -62135596800;  // 0001-01-01T00:00:00Z
inline constexpr std::int64_t latest_second = 253402300799;    // 9999-12-31T23:59:59Z

// RFC 3339 with any fraction and offset.
std::optional<Timestamp> parse_date_time(std::string_view text);
// "2006-01-02", at midnight UTC.
std::optional<Timestamp> parse_date(std::string_view text);
// In the zone it was written in, with as many digits of the fraction as are needed.
std::string to_string(Timestamp time);

// As schemas of format duration allow: Go's durations, or "3 days", "2w", "1h 30 min".
std::optional<Span> parse_schema_duration(std::string_view text);
// In seconds: "5400s", "0.5s".
std::string seconds_text(Span span);

// The sum; nothing where it leaves the years 1 to 9999.
std::optional<Timestamp> add(Timestamp time, Span span);
// From b to a; nothing where it does not fit.
std::optional<Span> difference(Timestamp a, Timestamp b);

struct Calendar {
    std::int64_t year;
    int month, day;   // from 0
    int week_day;     // from Sunday, 0
    int day_of_year;  // from 0
    int hours, minutes, seconds, milliseconds;
};
Calendar calendar(Timestamp time, std::int64_t offset_seconds);

// Seconds east of UTC of "UTC", "+02:00", "-08:00" or "02:00"; else what is wrong. Names of places are not known.
struct Zone {
    std::int64_t offset_seconds = 0;
    std::string problem;
};
Zone parse_zone(std::string_view text);

}  // namespace mizzen::cel
