// SPDX-License-Identifier: Apache-2.0
// What an answer to an export request means: taken, again later, or never. Pure.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "mizzen/base/time.hpp"
#include "mizzen/net/http.hpp"
#include "mizzen/telemetry/otlp/exporter.hpp"

namespace mizzen::telemetry::otlp {

// "4 MiB", or "5 bytes".
std::string size_text(std::size_t bytes);

// An answer as far as it came.
struct ReceivedAnswer {
    int status = 0;
    net::Headers headers = {};
    std::string body = {};
    net::Headers trailers = {};
    std::size_t most = most_answer;
    bool is_too_large = false;  // there was more than that
    bool broke_off = false;     // the rest did not come
};

struct Verdict {
    enum class Outcome {
        taken,    // the receiver has it, but for what it rejected
        again,    // the same request may work later
        refused,  // it never will
    };
    Outcome outcome = Outcome::refused;
    std::uint64_t rejected = 0;          // taken: so many items were not
    std::optional<Duration> asked = {};  // again: the pause that the receiver asks for
    std::string problem = {};            // for people, not cleaned; taken: "" unless the receiver has something to say
    std::string status = {};             // ExportOutcome::status
    std::string error = {};              // ExportOutcome::error; of no meaning where it was taken
};

// An answer of OTLP/HTTP whose request was encoded so. An answer that is too large is refused, whatever its status. A
// 2xx counts as taken also where its body cannot be read or broke off: to send again would double what is there. `now`
// is what dates in Retry-After are compared with.
Verdict judge_http(const ReceivedAnswer& answer, Encoding encoding, WallTime now);
// An answer of OTLP/gRPC.
Verdict judge_grpc(const ReceivedAnswer& answer);

}  // namespace mizzen::telemetry::otlp
