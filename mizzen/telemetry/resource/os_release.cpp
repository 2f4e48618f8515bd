// SPDX-License-Identifier: Apache-2.0
// Shell-like assignments, and users.
#include "mizzen/telemetry/resource/detail/os_release.hpp"

#include "mizzen/base/text.hpp"

namespace mizzen::telemetry::detail {
namespace {

std::string unquoted(std::string_view value) {
    const char quote = value.empty() ? '\0' : value.front();
    if (value.size() < 2 || (quote != '"' && quote != '\'') || value.back() != quote) return std::string(value);
    value = value.substr(1, value.size() - 2);
    std::string out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] == '\\' && quote == '"' && i + 1 < value.size()) ++i;
        out += value[i];
    }
    return out;
}

}  // namespace

std::string os_release_value(std::string_view text, std::string_view name) {
    std::string value;
    for (std::string_view line : split(text, '\n')) {
        line = trim(line);
        if (line.starts_with(name) && line.substr(name.size()).starts_with('='))
            value = unquoted(line.substr(name.size() + 1));
    }
    return value;
}

std::string user_name(std::string_view passwd, std::uint32_t id) {
    for (const std::string_view line : split(passwd, '\n')) {
        const auto fields = split(line, ':');
        if (fields.size() > 2 && fields[2] == std::to_string(id)) return std::string(fields[0]);
    }
    return "";
}

}  // namespace mizzen::telemetry::detail
