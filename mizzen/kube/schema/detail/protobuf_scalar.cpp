// SPDX-License-Identifier: Apache-2.0
// Times, quantities and the like from protobuf.
#include "mizzen/kube/schema/detail/protobuf_scalar.hpp"

#include <fmt/format.h>

#include <chrono>

#include "mizzen/base/utf8.hpp"

namespace mizzen::kube::schema::detail {
namespace {

// The first second of year 1, which Go takes for "no time", and the last of year 9999, after which RFC 3339 has no
// form.
constexpr std::int64_t first_second = -62135596800;
constexpr std::int64_t last_second = 253402300799;

std::string format_time(std::int64_t seconds, std::int64_t nanos, Format format) {
    using namespace std::chrono;
    const sys_seconds at{std::chrono::seconds(seconds)};
    const auto day = floor<days>(at);
    const year_month_day date(day);
    const hh_mm_ss clock(at - day);
    std::string out = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                  clock.hours().count(), clock.minutes().count(), clock.seconds().count());
    if (format == Format::micro_time) out += fmt::format(".{:06}", nanos / 1000);
    return out + "Z";
}

}  // namespace

json::Value decode_time(std::string_view message, Format format) {
    std::int64_t seconds = 0, nanos = 0;
    if (message.empty()) return nullptr;
    for (WireReader in(message); !in.at_end();) {
        const Tag tag = in.tag();
        if (tag.number == 1 && tag.type == WireType::varint)
            seconds = static_cast<std::int64_t>(in.varint());
        else if (tag.number == 2 && tag.type == WireType::varint)
            nanos = static_cast<std::int32_t>(in.varint());
        else
            in.skip(tag);
    }
    if (seconds < first_second || seconds > last_second) malformed("a time outside the years 1 to 9999");
    if (nanos < 0 || nanos > 999'999'999) malformed("a time with bad nanoseconds");
    if (seconds == first_second && nanos < 1000) return nullptr;
    return format_time(seconds, nanos, format);
}

json::Value decode_quantity(std::string_view message) {
    std::string_view text;
    for (WireReader in(message); !in.at_end();) {
        const Tag tag = in.tag();
        if (tag.number == 1 && tag.type == WireType::bytes)
            text = in.bytes();
        else
            in.skip(tag);
    }
    return text.empty() ? json::Value("0") : decode_string(text);
}

json::Value decode_int_or_string(std::string_view message) {
    bool is_string = false;
    std::int32_t number = 0;
    std::string_view text;
    for (WireReader in(message); !in.at_end();) {
        const Tag tag = in.tag();
        if (tag.number == 1 && tag.type == WireType::varint)
            is_string = in.varint() != 0;
        else if (tag.number == 2 && tag.type == WireType::varint)
            number = static_cast<std::int32_t>(in.varint());
        else if (tag.number == 3 && tag.type == WireType::bytes)
            text = in.bytes();
        else
            in.skip(tag);
    }
    return is_string ? decode_string(text) : json::Value(number);
}

json::Value decode_string(std::string_view text) {
    if (!is_utf8(text)) malformed("a string that is not UTF-8");
    return text;
}

}  // namespace mizzen::kube::schema::detail
