// SPDX-License-Identifier: Apache-2.0
// Errors and exceptions: names as OpenTelemetry's semantic conventions 1.44 have them.
#pragma once
#include "mizzen/telemetry/semconv/convention.hpp"

namespace mizzen::telemetry::semconv {

namespace error {

inline constexpr std::string_view type = "error.type";

inline constexpr Attribute attributes[] = {
    {type, Type::text, Stability::stable, "The kind of error, one of few: a status, an exception's type, _OTHER."},
};

}  // namespace error

namespace exception {

inline constexpr std::string_view message = "exception.message";
inline constexpr std::string_view stacktrace = "exception.stacktrace";
inline constexpr std::string_view type = "exception.type";

inline constexpr Attribute attributes[] = {
    {message, Type::text, Stability::stable, "What the exception says."},
    {stacktrace, Type::text, Stability::stable, "The stack, as the language writes it."},
    {type, Type::text, Stability::stable, "The exception's type with its namespaces."},
};

}  // namespace exception

}  // namespace mizzen::telemetry::semconv
