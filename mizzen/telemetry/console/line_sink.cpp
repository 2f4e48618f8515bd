// SPDX-License-Identifier: Apache-2.0
// Lines to the streams of the process.
#include "mizzen/telemetry/console/line_sink.hpp"

#include <cstdio>

namespace mizzen::telemetry {
namespace {

LineSink to(std::FILE* stream) {
    return [stream](std::string_view lines) {
        std::fwrite(lines.data(), 1, lines.size(), stream);
        std::fflush(stream);
    };
}

}  // namespace

LineSink standard_output() { return to(stdout); }
LineSink standard_error() { return to(stderr); }

}  // namespace mizzen::telemetry
