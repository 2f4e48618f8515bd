// SPDX-License-Identifier: Apache-2.0
// Calendar times as RFC 3339 text.
#include "mizzen/base/time.hpp"

#include <fmt/format.h>

#include "mizzen/base/digits.hpp"

namespace mizzen {
namespace {

using namespace std::chrono;

struct Calendar {
    year_month_day date;
    hh_mm_ss<nanoseconds> time;
};

Calendar calendar(WallTime t) {
    const auto day = floor<days>(t);
    return {year_month_day(day), hh_mm_ss<nanoseconds>(t - day)};
}

std::string to_seconds(const Calendar& c) {
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(c.date.year()),
                       static_cast<unsigned>(c.date.month()), static_cast<unsigned>(c.date.day()),
                       c.time.hours().count(), c.time.minutes().count(), c.time.seconds().count());
}

// Digits after the point, as nanoseconds; what is finer is cut off. Nothing if there is no digit.
std::optional<std::int64_t> take_fraction(std::string_view& text) {
    if (text.empty() || !is_digit(text[0])) return std::nullopt;
    std::int64_t nanos = 0, unit = 100'000'000;
    for (; !text.empty() && is_digit(text[0]); text.remove_prefix(1), unit /= 10) nanos += unit * (text[0] - '0');
    return nanos;
}

// "Z", "+02:00", "-07:30": the offset from UTC in seconds.
std::optional<std::int64_t> take_offset(std::string_view& text) {
    if (text.empty()) return std::nullopt;
    const char sign = text[0];
    text.remove_prefix(1);
    if (sign == 'Z' || sign == 'z') return 0;
    const auto h = take_digits(text, 2);
    const bool colon = take_char(text, ':');
    const auto m = take_digits(text, 2);
    if ((sign != '+' && sign != '-') || !h || !colon || !m || *h > 23 || *m > 59) return std::nullopt;
    return (sign == '-' ? -60 : 60) * (std::int64_t{60} * *h + *m);
}

// "2026-01-31T12:00:00" as seconds since 1970, before its offset is taken into account.
std::optional<std::int64_t> take_date_time(std::string_view& text) {
    const auto y = take_digits(text, 4);
    const bool dash1 = take_char(text, '-');
    const auto mo = take_digits(text, 2);
    const bool dash2 = take_char(text, '-');
    const auto d = take_digits(text, 2);
    const bool t = take_char(text, 'T') || take_char(text, 't');
    const auto h = take_digits(text, 2);
    const bool colon1 = take_char(text, ':');
    const auto mi = take_digits(text, 2);
    const bool colon2 = take_char(text, ':');
    const auto s = take_digits(text, 2);
    if (!y || !dash1 || !mo || !dash2 || !d || !t || !h || !colon1 || !mi || !colon2 || !s) return std::nullopt;
    const year_month_day date(year(*y), month(static_cast<unsigned>(*mo)), day(static_cast<unsigned>(*d)));
    if (!date.ok() || *h > 23 || *mi > 59 || *s > 59) return std::nullopt;
    return std::int64_t{sys_days(date).time_since_epoch().count()} * 86400 + *h * 3600 + *mi * 60 + *s;
}

}  // namespace

std::string to_rfc3339(WallTime t) { return to_seconds(calendar(t)) + "Z"; }

std::string to_rfc3339_micro(WallTime t) {
    const Calendar c = calendar(t);
    return fmt::format("{}.{:06}Z", to_seconds(c), duration_cast<microseconds>(c.time.subseconds()).count());
}

std::optional<WallTime> parse_rfc3339(std::string_view text) {
    const auto local = take_date_time(text);
    if (!local) return std::nullopt;
    std::int64_t nanos = 0;
    if (take_char(text, '.')) {
        const auto fraction = take_fraction(text);
        if (!fraction) return std::nullopt;
        nanos = *fraction;
    }
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) return std::nullopt;
    const __int128 since_1970 = static_cast<__int128>(*local - *offset) * 1'000'000'000 + nanos;
    // Whole days at both ends of the range, so that calendar() cannot overflow either.
    constexpr std::int64_t limit = std::numeric_limits<std::int64_t>::max() / 86'400'000'000'000 * 86'400'000'000'000;
    if (since_1970 < -limit || since_1970 >= limit) return std::nullopt;
    return WallTime(nanoseconds(static_cast<std::int64_t>(since_1970)));
}

}  // namespace mizzen
