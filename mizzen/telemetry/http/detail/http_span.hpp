// SPDX-License-Identifier: Apache-2.0
// What the spans of HTTP clients and servers have in common.
#pragma once
#include <exception>
#include <string>
#include <string_view>

#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/trace/span.hpp"

namespace mizzen::telemetry {

// The methods that are recorded as they are (semantic conventions, http.request.method).
inline std::string_view known_method(std::string_view method) {
    for (const std::string_view known :
         {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE"})
        if (method == known) return known;
    return "_OTHER";
}

// A span is named by its method; one that nobody knows would make too many names.
inline Name span_name(std::string_view method) {
    const std::string_view known = known_method(method);
    return Name::lasting(known == "_OTHER" ? "HTTP" : known);
}

inline void set_status(Span& span, int status, int errors_from) {
    span.set("http.response.status_code", status);
    if (status < errors_from) return;
    span.set("error.type", std::to_string(status));
    span.set_status(StatusCode::error);
}

inline std::string_view error_type(const std::exception& error) {
    const auto* ours = dynamic_cast<const Error*>(&error);
    return ours ? to_string(ours->kind()) : std::string_view("exception");
}

inline void set_failed(Span& span, const std::exception& error) {
    span.set("error.type", error_type(error));
    span.record_exception(error);
    span.set_status(StatusCode::error, error.what());
}

}  // namespace mizzen::telemetry
