// SPDX-License-Identifier: Apache-2.0
// Texts and values as lines for people show them.
#pragma once
#include <string>
#include <string_view>

#include "mizzen/telemetry/attribute.hpp"

namespace mizzen::telemetry {

// Control characters, those above U+007F too, are escaped (\n, \x1b, \x9b); bytes that are no UTF-8 become U+FFFD.
void append_console_text(std::string& out, std::string_view text, bool quoted = false);
// In quotes if it is a text that is empty or has spaces, quotes or "=".
void append_console_value(std::string& out, const AttributeValue& value);
// " key=value" for each.
void append_console_attributes(std::string& out, const Attributes& attributes);

}  // namespace mizzen::telemetry
