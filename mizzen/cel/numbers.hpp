// SPDX-License-Identifier: Apache-2.0
// Floating point numbers as Go reads and writes them: what users see is what the real API server shows.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace mizzen::cel {

// %g: the shortest text that reads back, with an exponent below 1e-4 and from 1e21 on; "NaN", "+Inf", "-Inf".
std::string go_float(double n);
// Also "inf", "nan", hexadecimal and underscores no; nothing where it is no number or too large.
std::optional<double> parse_go_float(std::string_view text);

}  // namespace mizzen::cel
