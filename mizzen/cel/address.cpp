// SPDX-License-Identifier: Apache-2.0
// Addresses.
#include "mizzen/cel/address.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "mizzen/base/digits.hpp"
#include "mizzen/cel/go_text.hpp"

namespace mizzen::cel {
namespace {

AddressText refuse(std::string_view text, std::string_view why, std::string_view at = "") {
    auto where = at.empty() ? std::string() : fmt::format(" (at {})", go_quote(at));
    return {std::nullopt, fmt::format("ParseAddr({}): {}{}", go_quote(text), why, where)};
}

int hex_digit(char c) {
    if (is_digit(c)) return c - '0';
    char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Four numbers; what is wrong and where, or "".
struct Complaint {
    std::string_view what = "", at = "";
};
Complaint read_v4(std::string_view s, std::uint8_t* out) {
    int value = 0, field = 0, digits = 0;
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (is_digit(s[i])) {
            if (digits == 1 && value == 0) return {"IPv4 field has octet with leading zero"};
            value = value * 10 + (s[i] - '0');
            ++digits;
            if (value > 255) return {"IPv4 field has value >255"};
        } else if (s[i] == '.') {
            if (i == 0 || i + 1 == s.size() || s[i - 1] == '.')
                return {"IPv4 field must have at least one digit", s.substr(i)};
            if (field == 3) return {"IPv4 address too long"};
            out[field++] = static_cast<std::uint8_t>(value);
            value = digits = 0;
        } else {
            return {"unexpected character", s.substr(i)};
        }
    }
    if (field < 3) return {"IPv4 address too short"};
    out[3] = static_cast<std::uint8_t>(value);
    return {};
}

struct Reader {
    std::string_view rest;
    Address out{.is_v6 = true};
    std::size_t at = 0;  // bytes read
    int gap = -1;        // where :: stands

    // One group and the colon behind it; false where the address ends.
    bool group(Complaint& wrong) {
        std::size_t size = 0;
        std::uint32_t value = 0;
        for (; size < rest.size() && hex_digit(rest[size]) >= 0; ++size) {
            value = value << 4 | static_cast<std::uint32_t>(hex_digit(rest[size]));
            if (size > 3) return wrong = {"each group must have 4 or less digits", rest}, false;
        }
        if (size == 0) return wrong = {"each colon-separated field must have at least one digit", rest}, false;
        if (size < rest.size() && rest[size] == '.') return embedded(wrong), false;
        out.bytes[at++] = static_cast<std::uint8_t>(value >> 8);
        out.bytes[at++] = static_cast<std::uint8_t>(value);
        rest.remove_prefix(size);
        if (rest.empty()) return false;
        if (rest[0] != ':') return wrong = {"unexpected character, want colon", rest}, false;
        if (rest.size() == 1) return wrong = {"colon must be followed by more characters", rest}, false;
        rest.remove_prefix(1);
        if (rest[0] != ':') return true;
        if (gap >= 0) return wrong = {"multiple :: in address", rest}, false;
        gap = static_cast<int>(at);
        rest.remove_prefix(1);
        return !rest.empty();
    }
    void embedded(Complaint& wrong) {
        if (gap < 0 && at != 12) {
            wrong = {"embedded IPv4 address must replace the final 2 fields of the address", rest};
        } else if (at + 4 > 16) {
            wrong = {"too many hex fields to fit an embedded IPv4 at the end of the address", rest};
        } else {
            wrong = read_v4(rest, &out.bytes[at]);
            at += 4;
            rest = "";
        }
    }
    Complaint finish() {
        if (!rest.empty()) return {"trailing garbage after address", rest};
        if (at == 16) return gap >= 0 ? Complaint{"the :: must expand to at least one field of zeros"} : Complaint();
        if (gap < 0) return {"address string too short"};
        auto begin = out.bytes.begin() + gap;
        std::move_backward(begin, out.bytes.begin() + static_cast<std::ptrdiff_t>(at), out.bytes.end());
        std::fill(begin, begin + static_cast<std::ptrdiff_t>(16 - at), std::uint8_t{0});
        return {};
    }
};

AddressText read_v6(std::string_view text) {
    Reader reader{.rest = text};
    if (auto percent = text.find('%'); percent != std::string_view::npos) {
        reader.rest = text.substr(0, percent);
        reader.out.zone = text.substr(percent + 1);
        if (reader.out.zone.empty()) return refuse(text, "zone must be a non-empty string");
    }
    if (reader.rest.starts_with("::")) {
        reader.gap = 0;
        reader.rest.remove_prefix(2);
    }
    Complaint wrong;
    while (!reader.rest.empty() && reader.at < 16 && reader.group(wrong)) {
    }
    if (wrong.what.empty()) wrong = reader.finish();
    if (!wrong.what.empty()) return refuse(text, wrong.what, wrong.at);
    return {std::move(reader.out), ""};
}

}  // namespace

bool Address::is_mapped() const {
    return is_v6 && std::all_of(bytes.begin(), bytes.begin() + 10, [](auto b) { return b == 0; }) &&
           bytes[10] == 0xff && bytes[11] == 0xff;
}

AddressText parse_address(std::string_view text) {
    auto first = text.find_first_of(".:%");
    if (first == std::string_view::npos) return refuse(text, "unable to parse IP");
    if (text[first] == '%') return refuse(text, "missing IPv6 address");
    if (text[first] == ':') return read_v6(text);
    Address out;
    auto wrong = read_v4(text, out.bytes.data());
    if (!wrong.what.empty()) return refuse(text, wrong.what, wrong.at);
    return {out, ""};
}

std::string to_string(const Address& address) {
    auto& b = address.bytes;
    if (!address.is_v6) return fmt::format("{}.{}.{}.{}", b[0], b[1], b[2], b[3]);
    std::array<int, 8> groups{};
    for (std::size_t i = 0; i < 8; ++i) groups[i] = b[2 * i] << 8 | b[2 * i + 1];
    std::size_t begin = 8, longest = 1;
    for (std::size_t i = 0; i < 8; ++i) {
        std::size_t end = i;
        while (end < 8 && groups[end] == 0) ++end;
        if (end - i > longest) begin = i, longest = end - i;
    }
    std::string out;
    for (std::size_t i = 0; i < 8; ++i) {
        if (i == begin) {
            out += "::";
            i += longest - 1;
            continue;
        }
        if (!out.empty() && out.back() != ':') out += ':';
        out += fmt::format("{:x}", groups[i]);
    }
    return address.zone.empty() ? out : out + "%" + address.zone;
}

RangeText parse_range(std::string_view text) {
    auto no = [&](std::string_view why) {
        return RangeText{std::nullopt, fmt::format("netip.ParsePrefix({}): {}", go_quote(text), why)};
    };
    auto slash = text.rfind('/');
    if (slash == std::string_view::npos) return no("no '/'");
    auto [address, problem] = parse_address(text.substr(0, slash));
    if (!address) return no(problem);
    if (!address->zone.empty()) return no("IPv6 zones cannot be present in a prefix");
    auto digits = text.substr(slash + 1);
    int bits = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    bool is_plain = error == std::errc() && end == digits.data() + digits.size() && digits[0] != '-' &&
                    (digits.size() == 1 || digits[0] != '0');
    if (!is_plain) return no(fmt::format("bad bits after slash: {}", go_quote(digits)));
    if (bits > (address->is_v6 ? 128 : 32)) return no("prefix length out of range");
    return {Range{std::move(*address), bits}, ""};
}

Address masked(const Address& address, int bits) {
    auto out = address;
    for (int i = 0; i < 16; ++i) {
        auto keep = std::clamp(bits - 8 * i, 0, 8);
        out.bytes[static_cast<std::size_t>(i)] &= static_cast<std::uint8_t>(0xff00 >> keep);
    }
    return out;
}

}  // namespace mizzen::cel
