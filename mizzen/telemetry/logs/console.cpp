// SPDX-License-Identifier: Apache-2.0
// Lines for people.
#include "mizzen/telemetry/logs/console.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "mizzen/base/utf8.hpp"
#include "mizzen/telemetry/logs/log_levels.hpp"
#include "mizzen/telemetry/logs/log_time.hpp"

namespace mizzen::telemetry {
namespace {

// Select Graphic Rendition: what is faint, and what the letter of a level looks like.
constexpr std::string_view faint = "\x1b[2m", plain = "\x1b[0m";
constexpr std::array<std::string_view, 6> of_level = {"\x1b[2m",  "\x1b[36m", "\x1b[32m",
                                                      "\x1b[33m", "\x1b[31m", "\x1b[1;31m"};

// Not by to_string(): its "off" is of no record.
std::size_t index_of(Severity severity) {
    const auto number = static_cast<std::size_t>(severity);
    return number == 0 ? 0 : std::min((number - 1) / 4, of_level.size() - 1);
}

void append_escaped(std::string& out, std::string_view text, bool quoted) {
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

void append(std::string& out, bool value) { out += value ? "true" : "false"; }
void append(std::string& out, std::int64_t value) { fmt::format_to(std::back_inserter(out), "{}", value); }
void append(std::string& out, double value) { fmt::format_to(std::back_inserter(out), "{}", value); }
void append(std::string& out, const std::string& value) {
    const bool needs_quotes = value.empty() || value.find_first_of(" =\"") != std::string::npos;
    if (needs_quotes) out += '"';
    append_escaped(out, value, needs_quotes);
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

// Writes in colours or leaves them out.
class Line {
  public:
    Line(std::string& out, bool colour) : out_(out), colour_(colour) {}

    template <class Fn>
    void in(std::string_view colour, Fn write) {
        if (colour_) out_ += colour;
        write();
        if (colour_) out_ += plain;
    }
    void key(std::string_view separator, std::string_view name) {
        out_ += separator;
        in(faint, [&] {
            append_escaped(out_, name, false);
            out_ += '=';
        });
    }

  private:
    std::string& out_;
    bool colour_;
};

}  // namespace

void append_console_line(std::string& out, const LogRecord& record, const ConsoleOptions& options) {
    Line line(out, options.colour);
    const std::size_t level = index_of(record.severity);
    line.in(of_level[level], [&] { out += "TDIWEF"[level]; });
    out += ' ';
    line.in(faint, [&] { out += to_clock(record.time); });
    out += ' ';
    const std::size_t start = out.size();
    if (record.scope) append_escaped(out, record.scope->name, false);
    out.append(options.module_width - std::min(options.module_width, out.size() - start), ' ').append(" ");
    append_escaped(out, record.body, false);
    std::string_view separator = "  ";
    for (const Attribute& attribute : record.attributes) {
        line.key(std::exchange(separator, " "), attribute.key.view());
        std::visit([&out](const auto& value) { append(out, value); }, attribute.value.variant());
    }
    if (record.span.is_valid()) {
        line.key(separator, "trace_id");
        out += record.span.trace.to_hex();
    }
    out += '\n';
}

}  // namespace mizzen::telemetry
