// SPDX-License-Identifier: Apache-2.0
// Times, without a clock and without a database of zones.
#include "mizzen/cel/times.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "mizzen/base/digits.hpp"
#include "mizzen/base/text.hpp"
#include "mizzen/base/time.hpp"

namespace mizzen::cel {
namespace {

using namespace std::chrono;

std::optional<sys_days> take_date(std::string_view& text) {
    auto y = take_digits(text, 4);
    if (!y || !take_char(text, '-')) return std::nullopt;
    auto m = take_digits(text, 2);
    if (!m || !take_char(text, '-')) return std::nullopt;
    auto d = take_digits(text, 2);
    if (!d) return std::nullopt;
    year_month_day date{year(*y), month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d))};
    return date.ok() ? std::optional(sys_days(date)) : std::nullopt;
}

std::int32_t take_fraction(std::string_view& text) {
    std::int32_t nanos = 0, unit = 100'000'000;
    for (; !text.empty() && is_digit(text[0]); text.remove_prefix(1), unit /= 10) nanos += unit * (text[0] - '0');
    return nanos;
}

std::optional<int> take_offset(std::string_view& text) {
    if (take_char(text, 'Z')) return 0;
    int sign = take_char(text, '+') ? 1 : take_char(text, '-') ? -1 : 0;
    if (sign == 0) return std::nullopt;
    auto h = take_digits(text, 2);
    if (!h || !take_char(text, ':')) return std::nullopt;
    auto m = take_digits(text, 2);
    if (!m || *h > 24 || *m > 59) return std::nullopt;
    return sign * (*h * 3600 + *m * 60);
}

struct Unit {
    std::string_view name;
    double nanos;
};
constexpr double second_nanos = 1e9;
constexpr std::array<Unit, 25> units{{{"nanoseconds", 1},
                                      {"nanosecond", 1},
                                      {"nanos", 1},
                                      {"ns", 1},
                                      {"microseconds", 1e3},
                                      {"micros", 1e3},
                                      {"us", 1e3},
                                      {"milliseconds", 1e6},
                                      {"millis", 1e6},
                                      {"ms", 1e6},
                                      {"seconds", second_nanos},
                                      {"sec", second_nanos},
                                      {"s", second_nanos},
                                      {"minutes", 60 * second_nanos},
                                      {"min", 60 * second_nanos},
                                      {"m", 60 * second_nanos},
                                      {"hours", 3600 * second_nanos},
                                      {"hr", 3600 * second_nanos},
                                      {"h", 3600 * second_nanos},
                                      {"days", 86400 * second_nanos},
                                      {"day", 86400 * second_nanos},
                                      {"d", 86400 * second_nanos},
                                      {"weeks", 604800 * second_nanos},
                                      {"wk", 604800 * second_nanos},
                                      {"w", 604800 * second_nanos}}};

std::optional<double> unit_nanos(std::string_view name) {
    for (auto& u : units) {
        bool singular = u.name.size() > 3 && u.name.ends_with('s') && name == u.name.substr(0, u.name.size() - 1);
        if (name == u.name || singular) return u.nanos;
    }
    return std::nullopt;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

std::optional<Timestamp> parse_date_time(std::string_view text) {
    auto date = take_date(text);
    if (!date || !take_char(text, 'T')) return std::nullopt;
    auto h = take_digits(text, 2);
    if (!h || !take_char(text, ':')) return std::nullopt;
    auto m = take_digits(text, 2);
    if (!m || !take_char(text, ':')) return std::nullopt;
    auto s = take_digits(text, 2);
    if (!s || *h > 23 || *m > 59 || *s > 59) return std::nullopt;
    std::int32_t nanos = 0;
    if (!text.empty() && (text[0] == '.' || text[0] == ',')) {
        text.remove_prefix(1);
        if (text.empty() || !is_digit(text[0])) return std::nullopt;
        nanos = take_fraction(text);
    }
    auto offset = take_offset(text);
    if (!offset || !text.empty()) return std::nullopt;
    auto seconds = std::int64_t{date->time_since_epoch().count()} * 86400 + *h * 3600 + *m * 60 + *s - *offset;
    return Timestamp{seconds, nanos, *offset};
}

std::optional<Timestamp> parse_date(std::string_view text) {
    auto date = take_date(text);
    if (!date || !text.empty()) return std::nullopt;
    return Timestamp{std::int64_t{date->time_since_epoch().count()} * 86400, 0};
}

std::string to_string(Timestamp time) {
    auto c = calendar(time, time.offset);
    auto out = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", c.year, c.month + 1, c.day + 1, c.hours, c.minutes,
                           c.seconds);
    if (time.nanos != 0) {
        auto fraction = fmt::format("{:09}", time.nanos);
        fraction.resize(fraction.find_last_not_of('0') + 1);
        out += "." + fraction;
    }
    if (time.offset == 0) return out + "Z";
    auto minutes = std::abs(time.offset) / 60;
    return out + fmt::format("{}{:02}:{:02}", time.offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

std::optional<Span> parse_schema_duration(std::string_view text) {
    if (auto go = parse_duration(text)) return *go;
    double total = 0;
    bool any = false;
    for (text = trim(text); !text.empty(); text = trim(text)) {
        double count = 0;
        auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count, std::chars_format::fixed);
        if (error != std::errc() || count < 0) return std::nullopt;
        text = trim(text.substr(static_cast<std::size_t>(end - text.data())));
        std::size_t size = 0;
        while (size < text.size() && is_letter(text[size])) ++size;
        auto nanos = unit_nanos(to_lower(text.substr(0, size)));
        if (!nanos) return std::nullopt;
        total += count * *nanos;
        any = true;
        text.remove_prefix(size);
    }
    return any && total < 0x1p63 ? std::optional(Span(static_cast<std::int64_t>(total))) : std::nullopt;
}

std::string seconds_text(Span span) {
    auto nanos = span.count();
    auto whole = nanos / 1'000'000'000, rest = nanos % 1'000'000'000;
    double seconds = static_cast<double>(whole) + static_cast<double>(rest) / 1e9;
    std::array<char, 64> buffer{};
    auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), seconds, std::chars_format::fixed).ptr;
    return std::string(buffer.data(), end) + "s";
}

std::optional<Timestamp> add(Timestamp time, Span span) {
    auto whole = span.count() / 1'000'000'000;
    auto nanos = time.nanos + span.count() % 1'000'000'000;
    auto carry = nanos < 0 ? -1 : nanos >= 1'000'000'000 ? 1 : 0;
    Timestamp out{time.seconds + whole + carry, static_cast<std::int32_t>(nanos - carry * 1'000'000'000), time.offset};
    bool fits = out.seconds >= earliest_second && out.seconds <= latest_second;
    return fits ? std::optional(out) : std::nullopt;
}

std::optional<Span> difference(Timestamp a, Timestamp b) {
    __int128 nanos = static_cast<__int128>(a.seconds - b.seconds) * 1'000'000'000 + (a.nanos - b.nanos);
    if (nanos > INT64_MAX || nanos < INT64_MIN) return std::nullopt;
    return Span(static_cast<std::int64_t>(nanos));
}

Calendar calendar(Timestamp time, std::int64_t offset_seconds) {
    auto seconds = time.seconds + offset_seconds;
    auto days = seconds >= 0 ? seconds / 86400 : -((86399 - seconds) / 86400);
    auto rest = static_cast<int>(seconds - days * 86400);
    sys_days date{std::chrono::days(days)};
    year_month_day ymd(date);
    auto first = sys_days(ymd.year() / January / 1);
    return {static_cast<int>(ymd.year()),
            static_cast<int>(static_cast<unsigned>(ymd.month())) - 1,
            static_cast<int>(static_cast<unsigned>(ymd.day())) - 1,
            static_cast<int>(weekday(date).c_encoding()),
            static_cast<int>((date - first).count()),
            rest / 3600,
            rest / 60 % 60,
            rest % 60,
            time.nanos / 1'000'000};
}

Zone parse_zone(std::string_view text) {
    auto colon = text.find(':');
    if (colon == std::string_view::npos) {
        if (text.empty() || text == "UTC" || text == "Etc/UTC" || text == "GMT") return {};
        return {0, fmt::format("unknown time zone {}", text)};
    }
    auto number = [](std::string_view digits) -> std::optional<int> {
        if (digits.starts_with('+')) digits.remove_prefix(1);
        int value = 0;
        auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        bool well = error == std::errc() && end == digits.data() + digits.size() && !digits.empty();
        return well ? std::optional(value) : std::nullopt;
    };
    for (auto part : {text.substr(0, colon), text.substr(colon + 1)}) {
        if (!number(part)) return {0, fmt::format("strconv.Atoi: parsing \"{}\": invalid syntax", part)};
    }
    std::int64_t hours = *number(text.substr(0, colon)), minutes = *number(text.substr(colon + 1));
    auto offset = text[0] == '-' ? hours * 60 - minutes : hours * 60 + minutes;
    return {offset * 60, ""};
}

}  // namespace mizzen::cel
