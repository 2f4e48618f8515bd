// SPDX-License-Identifier: Apache-2.0
// Reading and writing JSON text (RFC 8259).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/json/value.hpp"

namespace mizzen::json {

// Reads one document. Throws Error(invalid) with line, column and what was expected. At most 512 levels deep; UTF-8 is
// checked. Of members with the same key the last one wins; `duplicates`, if given, receives their paths
// ("spec.template", "metadata.labels.a").
Value parse(std::string_view text, std::vector<std::string>* duplicates = nullptr);

// Writes compactly, keys sorted. Numbers round-trip; a number that is not finite throws Error(invalid).
std::string to_json(const Value&);
void write(std::string& out, const Value&);
// A JSON string literal with its quotes.
void write_string(std::string& out, std::string_view);
// Indented by `indent` spaces per level, as people read it.
std::string to_pretty_json(const Value&, int indent = 2);

}  // namespace mizzen::json
