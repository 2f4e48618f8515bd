// SPDX-License-Identifier: Apache-2.0
// Numbers and texts as Go writes them: what users see is what the real API server shows.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace mizzen::cel {

// %g: the shortest text that reads back, with an exponent below 1e-4 and from 1e6 on; "NaN", "+Inf", "-Inf".
std::string go_float(double n);
// Also "inf" and "nan", but no hexadecimal numbers; nothing where it is no number or too large.
std::optional<double> parse_go_float(std::string_view text);

// %q: between double quotes, with escapes for what cannot be printed.
std::string go_quote(std::string_view text);

}  // namespace mizzen::cel
