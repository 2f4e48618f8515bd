// SPDX-License-Identifier: Apache-2.0
// What an answer to a remote write request means: taken, again later, never, or again in the older version. Pure.
#pragma once
#include <optional>
#include <string>

#include "mizzen/base/error.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/remote_write/encode.hpp"

namespace mizzen::telemetry::remote_write {

// An answer as far as it matters here.
struct WriteAnswer {
    int status = 0;
    net::Headers headers = {};
    std::string body = {};  // its beginning
};

struct WriteVerdict {
    enum class Outcome {
        taken,    // the receiver has it, but for what it rejected
        again,    // the same request may work later
        refused,  // it never will, but a part may be written
        older,    // the receiver does not know version 2.0, and has nothing of it
    };
    Outcome outcome = Outcome::refused;
    std::uint64_t written = 0;           // taken and refused: points that the receiver has
    std::uint64_t exemplars = 0;         // the same of exemplars
    std::optional<Duration> asked = {};  // again: the pause that the receiver asks for
    std::string problem = {};            // for people, not cleaned; "" if all was written
    std::string status = {};             // "200"; "" if no answer came
    std::string error = {};              // otlp::ExportOutcome::error
};

// Of a request with `sent` in it. `now` is what a date in Retry-After is compared with. Source: Prometheus remote write
// specifications 1.0 and 2.0, Retries and backoff, Required Written response headers, Partial write.
WriteVerdict judge_write(const WriteAnswer& answer, Version version, const Amount& sent, WallTime now);
// No answer came. It is always sent again: the queue bounds what that costs.
WriteVerdict judge_write_failure(const Error& error);

}  // namespace mizzen::telemetry::remote_write
