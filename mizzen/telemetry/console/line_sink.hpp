// SPDX-License-Identifier: Apache-2.0
// LineSink: where lines for people go.
#pragma once
#include <functional>
#include <string_view>

namespace mizzen::telemetry {

// Takes whole lines, one or several, each with its line break. Does not throw.
using LineSink = std::function<void(std::string_view lines)>;

// The process's own streams. What cannot be written is lost.
LineSink standard_output();
LineSink standard_error();

}  // namespace mizzen::telemetry
