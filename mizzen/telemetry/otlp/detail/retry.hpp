// SPDX-License-Identifier: Apache-2.0
// Which failed export requests are sent again, and when. Pure: time and randomness are arguments.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "mizzen/base/backoff.hpp"
#include "mizzen/base/random.hpp"
#include "mizzen/base/time.hpp"

namespace mizzen::telemetry::otlp {

// The numbers and names of gRPC (grpc.github.io/grpc/core/md_doc_statuscodes.html).
enum class GrpcCode : std::uint8_t {
    ok,
    cancelled,
    unknown,
    invalid_argument,
    deadline_exceeded,
    not_found,
    already_exists,
    permission_denied,
    resource_exhausted,
    failed_precondition,
    aborted,
    out_of_range,
    unimplemented,
    internal,
    unavailable,
    data_loss,
    unauthenticated,
};
// "UNAVAILABLE".
std::string_view to_string(GrpcCode);

// Over HTTP: 429, 502, 503 and 504; nothing else. Source: OTLP specification, OTLP/HTTP, Retryable response codes.
bool is_retryable(int http_status);
// Over gRPC: CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE and DATA_LOSS; RESOURCE_EXHAUSTED if the
// receiver says by RetryInfo that it can recover. Source: OTLP specification, OTLP/gRPC, Failures.
bool is_retryable(GrpcCode code, bool has_retry_info);

// When the attempts of one batch are made. What the receiver asks for is kept to, however long; but to be asked for
// less than `least_asked` counts as not to be asked, so that no receiver makes a sender spin. Otherwise the pauses
// grow: 0.5 to 1 s, 1 to 2 s, 2 to 4 s, then 2.5 to 5 s.
class RetrySchedule {
  public:
    static constexpr Duration least_asked = std::chrono::milliseconds(100);
    static constexpr Backoff backoff{.first = std::chrono::seconds(1),
                                     .most = std::chrono::seconds(5),
                                     .factor = 2,
                                     .jitter = Backoff::Jitter::equal};

    explicit RetrySchedule(Time deadline) : deadline_(deadline) {}
    // After a failed attempt: how long to wait for the next. Nothing if it would not begin before the deadline: waiting
    // for that helps nobody.
    std::optional<Duration> pause(Time now, std::optional<Duration> asked, Random& random);

  private:
    Time deadline_;
    int failures_ = 0;
};

}  // namespace mizzen::telemetry::otlp
