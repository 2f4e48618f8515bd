// SPDX-License-Identifier: Apache-2.0
// Retry-After: seconds, or a date in the three forms of HTTP.
#include "mizzen/net/retry_after.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "mizzen/base/digits.hpp"
#include "mizzen/base/text.hpp"

namespace mizzen::net {
namespace {

using namespace std::chrono;

struct Date {
    int year = 0, month = 0, day = 0;
    seconds time{};
};

bool take(std::string_view& text, std::string_view what) {
    if (!text.starts_with(what)) return false;
    text.remove_prefix(what.size());
    return true;
}

// Which of `names` the text begins with, from 1; 0 for none. The longest that fits.
template <std::size_t N>
int take_name(std::string_view& text, const std::array<std::string_view, N>& names) {
    int found = 0;
    std::size_t size = 0;
    for (std::size_t i = 0; i < N; ++i)
        if (text.starts_with(names[i]) && names[i].size() > size) {
            found = static_cast<int>(i) + 1;
            size = names[i].size();
        }
    text.remove_prefix(size);
    return found;
}

int take_month(std::string_view& text) {
    static constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return take_name(text, months);
}

bool take_weekday(std::string_view& text) {
    static constexpr std::array<std::string_view, 14> names = {"Mon",      "Tue",    "Wed",      "Thu",     "Fri",
                                                               "Sat",      "Sun",    "Monday",   "Tuesday", "Wednesday",
                                                               "Thursday", "Friday", "Saturday", "Sunday"};
    return take_name(text, names) != 0;
}

bool take_number(std::string_view& text, std::size_t digits, int& into) {
    const auto number = take_digits(text, digits);
    into = number.value_or(0);
    return number.has_value();
}

bool take_time(std::string_view& text, seconds& into) {
    int h = 0, m = 0, s = 0;
    if (!take_number(text, 2, h) || !take_char(text, ':') || !take_number(text, 2, m) || !take_char(text, ':') ||
        !take_number(text, 2, s) || h > 23 || m > 59 || s > 60)  // 60: a leap second
        return false;
    into = hours(h) + minutes(m) + seconds(s);
    return true;
}

// "Sun, 06 Nov 1994 08:49:37 GMT", behind the comma
bool take_fixdate(std::string_view text, Date& d) {
    return take_number(text, 2, d.day) && take_char(text, ' ') && (d.month = take_month(text)) &&
           take_char(text, ' ') && take_number(text, 4, d.year) && take_char(text, ' ') && take_time(text, d.time) &&
           text == " GMT";
}

// "Sunday, 06-Nov-94 08:49:37 GMT", behind the comma. Of the years that end so the last one is meant that is no more
// than 50 ahead.
bool take_rfc850(std::string_view text, Date& d, int this_year) {
    if (!(take_number(text, 2, d.day) && take_char(text, '-') && (d.month = take_month(text)) && take_char(text, '-') &&
          take_number(text, 2, d.year) && take_char(text, ' ') && take_time(text, d.time) && text == " GMT"))
        return false;
    d.year += this_year / 100 * 100;
    if (d.year <= this_year - 50) d.year += 100;
    if (d.year > this_year + 50) d.year -= 100;
    return true;
}

// "Sun Nov  6 08:49:37 1994", behind the day of the week
bool take_asctime(std::string_view text, Date& d) {
    if (!take_char(text, ' ') || !(d.month = take_month(text)) || !take_char(text, ' ')) return false;
    if (!(take_char(text, ' ') ? take_number(text, 1, d.day) : take_number(text, 2, d.day))) return false;
    return take_char(text, ' ') && take_time(text, d.time) && take_char(text, ' ') && take_number(text, 4, d.year) &&
           text.empty();
}

std::optional<sys_seconds> parse_date(std::string_view text, WallTime now) {
    Date d;
    if (!take_weekday(text)) return std::nullopt;
    const int this_year = static_cast<int>(year_month_day(floor<days>(now)).year());
    const bool read =
        take(text, ", ") ? take_fixdate(text, d) || take_rfc850(text, d, this_year) : take_asctime(text, d);
    const year_month_day date(year(d.year), month(static_cast<unsigned>(d.month)), day(static_cast<unsigned>(d.day)));
    if (!read || !date.ok()) return std::nullopt;
    return sys_days(date) + d.time;
}

// A century is as good as for ever, and can be counted in nanoseconds.
constexpr seconds most = hours(24 * 365 * 100);

}  // namespace

std::optional<Duration> parse_retry_after(std::string_view value, WallTime now) {
    value = trim(value);
    if (value.empty()) return std::nullopt;
    if (std::all_of(value.begin(), value.end(), is_digit)) {
        std::uint64_t count = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
        if (error != std::errc{} || count > static_cast<std::uint64_t>(most.count())) return Duration(most);
        return seconds(count);
    }
    const auto date = parse_date(value, now);
    if (!date) return std::nullopt;
    // Clamped while it is seconds: as nanoseconds the year 1 would not fit.
    const seconds ahead = std::clamp(*date - floor<seconds>(now), -most, most);
    return std::clamp<Duration>(ahead - (now - floor<seconds>(now)), Duration::zero(), most);
}

}  // namespace mizzen::net
