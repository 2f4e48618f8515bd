// SPDX-License-Identifier: Apache-2.0
// The parts of timestamps, in UTC or a zone, and durations in whole units.
#include "mizzen/cel/times.hpp"

#include "mizzen/cel/function.hpp"

namespace mizzen::cel {
namespace {

using Kind = Value::Kind;
using namespace types;
using Part = std::int64_t (*)(const Calendar&);

template <Part part>
Value of_timestamp(Arguments args) {
    Zone zone;
    if (args.size() > 1) zone = parse_zone(args[1].string());
    if (!zone.problem.empty()) return failure(zone.problem);
    return part(calendar(args[0].timestamp(), zone.offset_seconds));
}

template <std::int64_t nanos>
Value of_duration(Arguments args) {
    return args[0].duration().count() / nanos;
}

std::int64_t year_of(const Calendar& c) { return c.year; }
std::int64_t month_of(const Calendar& c) { return c.month; }
std::int64_t day_of_year_of(const Calendar& c) { return c.day_of_year; }
std::int64_t day_of(const Calendar& c) { return c.day; }
std::int64_t date_of(const Calendar& c) { return c.day + 1; }
std::int64_t week_day_of(const Calendar& c) { return c.week_day; }
std::int64_t hours_of(const Calendar& c) { return c.hours; }
std::int64_t minutes_of(const Calendar& c) { return c.minutes; }
std::int64_t seconds_of(const Calendar& c) { return c.seconds; }
std::int64_t milliseconds_of(const Calendar& c) { return c.milliseconds; }

}  // namespace

void add_time_functions(Overloads& out) {
    auto parts = [&](const char* name, const std::string& id, Value (*fn)(Arguments)) {
        out.push_back({name, "timestamp_to_" + id, true, {timestamp()}, integer(), fn});
        out.push_back({name, "timestamp_to_" + id + "_with_tz", true, {timestamp(), string()}, integer(), fn});
    };
    auto units = [&](const char* name, const char* id, Value (*fn)(Arguments)) {
        out.push_back({name, id, true, {duration()}, integer(), fn});
    };
    parts("getFullYear", "year", of_timestamp<year_of>);
    parts("getMonth", "month", of_timestamp<month_of>);
    parts("getDayOfYear", "day_of_year", of_timestamp<day_of_year_of>);
    parts("getDayOfMonth", "day_of_month", of_timestamp<day_of>);
    parts("getDate", "day_of_month_1_based", of_timestamp<date_of>);
    parts("getDayOfWeek", "day_of_week", of_timestamp<week_day_of>);
    parts("getHours", "hours", of_timestamp<hours_of>);
    parts("getMinutes", "minutes", of_timestamp<minutes_of>);
    parts("getSeconds", "seconds", of_timestamp<seconds_of>);
    parts("getMilliseconds", "milliseconds", of_timestamp<milliseconds_of>);
    units("getHours", "duration_to_hours", of_duration<3'600'000'000'000>);
    units("getMinutes", "duration_to_minutes", of_duration<60'000'000'000>);
    units("getSeconds", "duration_to_seconds", of_duration<1'000'000'000>);
    units("getMilliseconds", "duration_to_milliseconds", of_duration<1'000'000>);
}

}  // namespace mizzen::cel
