// SPDX-License-Identifier: Apache-2.0
// The codes that are retried, and the pauses between attempts.
#include "mizzen/telemetry/otlp/detail/retry.hpp"

#include <array>

namespace mizzen::telemetry::otlp {

std::string_view to_string(GrpcCode code) {
    static constexpr std::array<std::string_view, 17> names = {
        "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
        "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
        "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
        "DATA_LOSS", "UNAUTHENTICATED"};
    const auto number = static_cast<std::size_t>(code);
    return number < names.size() ? names[number] : "UNKNOWN";
}

bool is_retryable(int http_status) {
    return http_status == 429 || http_status == 502 || http_status == 503 || http_status == 504;
}

bool is_retryable(GrpcCode code, bool has_retry_info) {
    switch (code) {
        case GrpcCode::cancelled:
        case GrpcCode::deadline_exceeded:
        case GrpcCode::aborted:
        case GrpcCode::out_of_range:
        case GrpcCode::unavailable:
        case GrpcCode::data_loss:
            return true;
        case GrpcCode::resource_exhausted:
            return has_retry_info;
        default:
            return false;
    }
}

std::optional<Duration> RetrySchedule::pause(Time now, std::optional<Duration> asked, Random& random) {
    const Duration own = backoff.delay(++failures_, random);
    const Duration pause = asked && *asked >= least_asked ? *asked : own;
    // A difference, because what a receiver asks for may be longer than the clock counts.
    if (pause >= deadline_ - now) return std::nullopt;
    return pause;
}

}  // namespace mizzen::telemetry::otlp
