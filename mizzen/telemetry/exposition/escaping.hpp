// SPDX-License-Identifier: Apache-2.0
// Names with any UTF-8 for readers that do not take them (Prometheus, "escaping schemes").
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace mizzen::telemetry {

enum class Escaping {
    underscores,  // each character that is not allowed is an underscore; what others do if nothing is asked for
    dots,         // "." is _dot_, "_" is __, what else is not allowed is __
    values,       // U__ before the name; "_" is __, what else is not allowed is _<code point in hex>_
    allow_utf_8,  // as it is, in quotes
};

std::string_view to_string(Escaping);
std::optional<Escaping> parse_escaping(std::string_view);
// Invalid UTF-8 counts as U+FFFD.
std::string escaped_name(std::string_view name, Escaping);
// The name of a label, which may have no colon.
std::string escaped_label(std::string_view name, Escaping);

}  // namespace mizzen::telemetry
