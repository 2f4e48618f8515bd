// SPDX-License-Identifier: Apache-2.0
// Texts that cannot command a terminal.
#include "mizzen/telemetry/console/detail/console_value.hpp"

#include <fmt/format.h>

#include <iterator>

#include "mizzen/base/utf8.hpp"

namespace mizzen::telemetry {
namespace {

void append(std::string& out, bool value) { out += value ? "true" : "false"; }
void append(std::string& out, std::int64_t value) { fmt::format_to(std::back_inserter(out), "{}", value); }
void append(std::string& out, double value) { fmt::format_to(std::back_inserter(out), "{}", value); }
void append(std::string& out, const std::string& value) {
    const bool needs_quotes = value.empty() || value.find_first_of(" =\"") != std::string::npos;
    if (needs_quotes) out += '"';
    append_console_text(out, value, needs_quotes);
    if (needs_quotes) out += '"';
}
template <class T>
void append(std::string& out, const std::vector<T>& values) {
    out += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i != 0) out += ',';
        append(out, static_cast<const T&>(values[i]));
    }
    out += ']';
}

}  // namespace

void append_console_text(std::string& out, std::string_view text, bool quoted) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8_length_at(text, i);
        const char32_t c = utf8_character_at(text, i);
        if (length == 0)
            out += "\xef\xbf\xbd";
        else if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (c == '\r')
            out += "\\r";
        else if (c < 0x20 || (c >= 0x7f && c < 0xa0))
            fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<std::uint32_t>(c));
        else if (quoted && (c == '"' || c == '\\'))
            out.append("\\").append(1, static_cast<char>(c));
        else
            out.append(text.substr(i, length));
        i += length == 0 ? 1 : length;
    }
}

void append_console_value(std::string& out, const AttributeValue& value) {
    std::visit([&out](const auto& it) { append(out, it); }, value.variant());
}

void append_console_attributes(std::string& out, const Attributes& attributes) {
    for (const Attribute& attribute : attributes) {
        append_console_text(out += ' ', attribute.key.view());
        append_console_value(out += '=', attribute.value);
    }
}

}  // namespace mizzen::telemetry
