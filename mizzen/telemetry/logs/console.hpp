// SPDX-License-Identifier: Apache-2.0
// Log records as lines for people at a terminal.
#pragma once
#include <cstddef>
#include <string>

#include "mizzen/telemetry/logs/log_record.hpp"

namespace mizzen::telemetry {

struct ConsoleOptions {
    // Escape sequences of ECMA-48. For terminals only; whoever knows where the lines go says so.
    bool colour = false;
    // The column of the module, in bytes; a longer name shifts its line.
    std::size_t module_width = 16;
};

// Appends one line: the letter of the level, the time of day in UTC, the module, the message, the fields, the trace.
//
//     I 12:00:00.123 kube.client      pod api-1 is ready  k8s.pod.uid=7f3c attempt=2 trace_id=4bf92f35…
//
// A value that is empty or has spaces, quotes or "=" stands in quotes. Control characters, those above U+007F too,
// are escaped (\n, \x1b, \x9b) and bytes that are no UTF-8 become U+FFFD: what was logged can neither add lines nor
// command the terminal.
void append_console_line(std::string& out, const LogRecord& record, const ConsoleOptions& options = {});

}  // namespace mizzen::telemetry
