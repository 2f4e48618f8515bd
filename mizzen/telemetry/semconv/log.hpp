// SPDX-License-Identifier: Apache-2.0
// Where log records come from, and places in source code: names as OpenTelemetry's semantic conventions 1.44 have them.
#pragma once
#include "mizzen/telemetry/semconv/convention.hpp"

namespace mizzen::telemetry::semconv {

namespace log {

inline constexpr std::string_view file_name = "log.file.name";
inline constexpr std::string_view file_name_resolved = "log.file.name_resolved";
inline constexpr std::string_view file_path = "log.file.path";
inline constexpr std::string_view file_path_resolved = "log.file.path_resolved";
inline constexpr std::string_view iostream = "log.iostream";
inline constexpr std::string_view record_original = "log.record.original";
inline constexpr std::string_view record_uid = "log.record.uid";

inline constexpr Attribute attributes[] = {
    {file_name, Type::text, Stability::development, "Name of the file that the record was in."},
    {file_name_resolved, Type::text, Stability::development, "That name behind symbolic links."},
    {file_path, Type::text, Stability::development, "Path of the file that the record was in."},
    {file_path_resolved, Type::text, Stability::development, "That path behind symbolic links."},
    {iostream, Type::text, Stability::development, "stdout or stderr."},
    {record_original, Type::text, Stability::development, "The record as it was before it was parsed."},
    {record_uid, Type::text, Stability::development, "Names the record, so that copies are known."},
};

}  // namespace log

namespace code {

inline constexpr std::string_view column_number = "code.column.number";
inline constexpr std::string_view file_path = "code.file.path";
inline constexpr std::string_view function_name = "code.function.name";
inline constexpr std::string_view line_number = "code.line.number";
inline constexpr std::string_view stacktrace = "code.stacktrace";

inline constexpr Attribute attributes[] = {
    {column_number, Type::integer, Stability::stable, "Column in the file."},
    {file_path, Type::text, Stability::stable, "The source file."},
    {function_name, Type::text, Stability::stable, "The function with its namespaces, without arguments."},
    {line_number, Type::integer, Stability::stable, "Line in the file."},
    {stacktrace, Type::text, Stability::stable, "The stack, as the language writes it."},
};

}  // namespace code

}  // namespace mizzen::telemetry::semconv
