// SPDX-License-Identifier: Apache-2.0
// Lines for people.
#include "mizzen/telemetry/logs/console.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "mizzen/telemetry/console/detail/console_value.hpp"
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
            append_console_text(out_, name);
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
    if (record.scope) append_console_text(out, record.scope->name);
    out.append(options.module_width - std::min(options.module_width, out.size() - start), ' ').append(" ");
    append_console_text(out, record.body);
    std::string_view separator = "  ";
    for (const Attribute& attribute : record.attributes) {
        line.key(std::exchange(separator, " "), attribute.key.view());
        append_console_value(out, attribute.value);
    }
    if (record.span.is_valid()) {
        line.key(separator, "trace_id");
        out += record.span.trace.to_hex();
    }
    out += '\n';
}

}  // namespace mizzen::telemetry
