// SPDX-License-Identifier: Apache-2.0
// FieldError: the sentences about one wrong field, with the wrong value written as Go writes it.
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "mizzen/apiserver/status.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

// One code point from the front of `text`; its length is 0 if the bytes are no UTF-8.
struct Rune {
    char32_t code = 0;
    std::size_t length = 0;
};

Rune first_rune(std::string_view text) {
    auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    unsigned char lead = byte(0);
    std::size_t length = lead < 0x80                   ? 1
                         : lead >= 0xc2 && lead < 0xe0 ? 2
                         : lead >= 0xe0 && lead < 0xf0 ? 3
                         : lead >= 0xf0 && lead < 0xf5 ? 4
                                                       : 0;
    if (length == 0 || text.size() < length) return {};
    if (length == 1) return {lead, 1};
    char32_t code = lead & (0xff >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return {};
        code = code << 6 | (byte(i) & 0x3f);
    }
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    bool is_surrogate = code >= 0xd800 && code < 0xe000;
    return code < least[length] || is_surrogate || code > 0x10ffff ? Rune{} : Rune{code, length};
}

// Controls, odd spaces, formatting marks, private use: what Go escapes beyond ASCII, but for code points without a
// character.
bool is_printable(char32_t c) {
    struct Range {
        char32_t first, last;
    };
    constexpr std::array<Range, 12> hidden{{{0, 0x1f},
                                            {0x7f, 0xa0},
                                            {0xad, 0xad},
                                            {0x600, 0x605},
                                            {0x1680, 0x1680},
                                            {0x2000, 0x200f},
                                            {0x2028, 0x202f},
                                            {0x205f, 0x206f},
                                            {0x3000, 0x3000},
                                            {0xe000, 0xf8ff},
                                            {0xfeff, 0xfeff},
                                            {0xe0000, 0x10ffff}}};
    for (auto r : hidden) {
        if (c >= r.first && c <= r.last) return false;
    }
    return true;
}

void put_escaped(std::string& out, char32_t c) {
    constexpr std::string_view plain = "\a\b\t\n\v\f\r", letters = "abtnvfr";
    if (auto i = c < 0x20 ? plain.find(static_cast<char>(c)) : std::string_view::npos; i != std::string_view::npos) {
        out += '\\';
        out += letters[i];
    } else if (c < 0x20 || c == 0x7f) {
        out += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
    } else {
        auto code = static_cast<unsigned>(c);
        out += c < 0x10000 ? fmt::format("\\u{:04x}", code) : fmt::format("\\U{:08x}", code);
    }
}

// Go's %v: shortest digits, an exponent below 1e-4 and from 1e21 on.
std::string number_text(double n) {
    std::array<char, 64> buffer{};
    double size = std::fabs(n);
    auto style = size != 0 && (size < 1e-4 || size >= 1e21) ? std::chars_format::scientific : std::chars_format::fixed;
    auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), n, style).ptr;
    return {buffer.data(), end};
}

std::string value_text(const json::Value& value) {
    switch (value.kind()) {
        case json::Kind::string:
            return quoted(value.as_string());
        case json::Kind::number:
            return number_text(value.as_number());
        default:
            return json::to_json(value);
    }
}

FieldError field_error(std::string_view reason, std::string field, std::string message, std::string_view detail) {
    if (!detail.empty()) message += fmt::format(": {}", detail);
    return {std::string(reason), std::move(field), std::move(message)};
}

FieldError about_value(std::string_view reason, std::string field, std::string_view complaint, const json::Value& value,
                       std::string_view detail) {
    return field_error(reason, std::move(field), fmt::format("{}: {}", complaint, value_text(value)), detail);
}

std::string amount(std::string_view before, std::size_t n, std::string_view unit) {
    return fmt::format("{} {} {}{}", before, n, unit, n == 1 ? "" : "s");
}

}  // namespace

std::string quoted(std::string_view text) {
    std::string out = "\"";
    while (!text.empty()) {
        auto rune = first_rune(text);
        if (rune.length == 0) {
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
            text.remove_prefix(1);
            continue;
        }
        if (rune.code == '"' || rune.code == '\\') out += '\\';
        if (is_printable(rune.code))
            out += text.substr(0, rune.length);
        else
            put_escaped(out, rune.code);
        text.remove_prefix(rune.length);
    }
    return out += '"';
}

FieldError required_value(std::string field, std::string detail) {
    return field_error("FieldValueRequired", std::move(field), "Required value", detail);
}

FieldError invalid_value(std::string field, const json::Value& value, std::string detail) {
    return about_value("FieldValueInvalid", std::move(field), "Invalid value", value, detail);
}

FieldError type_invalid(std::string field, const json::Value& value, std::string detail) {
    return about_value("FieldValueTypeInvalid", std::move(field), "Invalid value", value, detail);
}

FieldError forbidden(std::string field, std::string detail) {
    return field_error("FieldValueForbidden", std::move(field), "Forbidden", detail);
}

FieldError duplicate_value(std::string field, const json::Value& value) {
    return about_value("FieldValueDuplicate", std::move(field), "Duplicate value", value, "");
}

FieldError value_not_found(std::string field, const json::Value& value) {
    return about_value("FieldValueNotFound", std::move(field), "Not found", value, "");
}

FieldError not_supported(std::string field, const json::Value& value, const std::vector<std::string_view>& supported) {
    std::string detail;
    for (auto word : supported) detail += (detail.empty() ? "supported values: " : ", ") + quoted(word);
    return about_value("FieldValueNotSupported", std::move(field), "Unsupported value", value, detail);
}

FieldError too_long(std::string field, std::size_t limit_bytes) {
    return field_error("FieldValueTooLong", std::move(field), "Too long",
                       amount("may not be more than", limit_bytes, "byte"));
}

FieldError too_long_characters(std::string field, std::size_t limit) {
    return field_error("FieldValueTooLong", std::move(field), "Too long",
                       amount("may not be more than", limit, "character"));
}

FieldError too_short(std::string field, std::size_t least) {
    return field_error("FieldValueTooShort", std::move(field), "Too short",
                       amount("must be at least", least, "character"));
}

FieldError too_many(std::string field, std::size_t actual, std::size_t limit) {
    return about_value("FieldValueTooMany", std::move(field), "Too many", actual,
                       amount("must have at most", limit, "item"));
}

FieldError too_few(std::string field, std::size_t actual, std::size_t least) {
    return about_value("FieldValueTooFew", std::move(field), "Too few", actual,
                       amount("must have at least", least, "item"));
}

}  // namespace mizzen::apiserver
