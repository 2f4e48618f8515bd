// SPDX-License-Identifier: Apache-2.0
// Configuration files with given variables, and what is said about wrong ones, for tests.
#pragma once
#include <map>
#include <string>

#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/configuration/file.hpp"

namespace mizzen::telemetry::testing {

using Variables = std::map<std::string, std::string, std::less<>>;

inline Environment environment_of(Variables variables) {
    return [variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
        const auto at = variables.find(name);
        return at == variables.end() ? std::nullopt : std::optional(at->second);
    };
}

// `text` with the line that says its format before it.
inline Configuration read(const std::string& text, Variables variables = {}, const Machine& machine = {}) {
    return read_configuration("file_format: \"1.0\"\n" + text, "otel.yaml", environment_of(std::move(variables)),
                              machine);
}

// What is wrong with it; "" if nothing is.
inline std::string problem(const std::string& text, Variables variables = {}) {
    try {
        read(text, std::move(variables));
    } catch (const Error& error) {
        return error.kind() == ErrorKind::invalid ? error.what() : "of another kind";
    }
    return "";
}

}  // namespace mizzen::telemetry::testing
