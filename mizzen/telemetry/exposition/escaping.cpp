// SPDX-License-Identifier: Apache-2.0
// Walks a name character by character and replaces what the legacy grammar refuses.
#include "mizzen/telemetry/exposition/escaping.hpp"

#include <fmt/format.h>

#include <array>

#include "mizzen/base/utf8.hpp"
#include "mizzen/telemetry/metrics/names.hpp"

namespace mizzen::telemetry {
namespace {

constexpr std::array<std::string_view, 4> words = {"underscores", "dots", "values", "allow-utf-8"};

// An empty text stands for a character that may stay as it is.
std::string replacement(char32_t c, bool is_first, bool is_label, Escaping escaping) {
    const bool is_ascii = c < 0x80;
    const char plain = is_ascii ? static_cast<char>(c) : '\0';
    if (plain == '_' && escaping != Escaping::underscores) return "__";
    if (plain == '.' && escaping == Escaping::dots) return "_dot_";
    if (is_ascii && (detail::is_letter(plain) || plain == '_' || (plain == ':' && !is_label) ||
                     (detail::is_number(plain) && !is_first)))
        return "";
    switch (escaping) {
        case Escaping::dots:
            return "__";
        case Escaping::values:
            return c == 0xfffd ? "_FFFD_" : fmt::format("_{:x}_", static_cast<std::uint32_t>(c));
        default:
            return "_";
    }
}

std::string escaped(std::string_view name, bool is_label, Escaping escaping) {
    if (escaping == Escaping::allow_utf_8) return to_valid_utf8(name);
    const bool is_legacy = is_label ? is_legacy_label_name(name) : is_legacy_metric_name(name);
    if (escaping != Escaping::dots && is_legacy) return std::string(name);
    std::string out = escaping == Escaping::values ? "U__" : "";
    for (std::size_t i = 0; i < name.size();) {
        const std::size_t length = std::max<std::size_t>(1, utf8_length_at(name, i));
        const std::string other = replacement(utf8_character_at(name, i), i == 0, is_label, escaping);
        out += other.empty() ? name.substr(i, length) : std::string_view(other);
        i += length;
    }
    return out;
}

}  // namespace

std::string_view to_string(Escaping escaping) { return words[static_cast<std::size_t>(escaping)]; }

std::optional<Escaping> parse_escaping(std::string_view word) {
    for (std::size_t i = 0; i < words.size(); ++i)
        if (words[i] == word) return static_cast<Escaping>(i);
    return std::nullopt;
}

std::string escaped_name(std::string_view name, Escaping escaping) { return escaped(name, false, escaping); }
std::string escaped_label(std::string_view name, Escaping escaping) { return escaped(name, true, escaping); }

}  // namespace mizzen::telemetry
