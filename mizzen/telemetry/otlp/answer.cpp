// SPDX-License-Identifier: Apache-2.0
// Judging answers.
#include "mizzen/telemetry/otlp/detail/answer.hpp"

#include <fmt/format.h>

#include "mizzen/net/retry_after.hpp"
#include "mizzen/telemetry/otlp/detail/answer_message.hpp"
#include "mizzen/telemetry/otlp/detail/grpc.hpp"
#include "mizzen/telemetry/otlp/detail/retry.hpp"

namespace mizzen::telemetry::otlp {
namespace {

using Outcome = Verdict::Outcome;

Verdict too_large(std::size_t most) {
    return {.problem = fmt::format("the answer is over {}; is this an OTLP receiver?", size_text(most)),
            .error = "failed"};
}

Verdict taken(std::optional<PartialSuccess> partial) {
    if (!partial)
        return {.outcome = Outcome::taken, .problem = "taken, but what the receiver said about it cannot be read"};
    if (partial->rejected == 0 && partial->message.empty()) return {.outcome = Outcome::taken};
    if (partial->rejected == 0)
        return {.outcome = Outcome::taken, .problem = "the receiver warns: " + partial->message};
    return {.outcome = Outcome::taken,
            .rejected = partial->rejected,
            .problem = fmt::format("the receiver rejected {} of a request{}{}", partial->rejected,
                                   partial->message.empty() ? "" : ": ", partial->message)};
}

bool has_media_type(const net::Headers& headers, std::string_view type) {
    const std::string_view value = headers.find("content-type").value_or("");
    return value.substr(0, value.find(';')).starts_with(type);
}

// What an error's body says, as far as it is made for this: a google.rpc.Status, or plain text.
std::string reason_in(const ReceivedAnswer& answer, Encoding encoding) {
    if (has_media_type(answer.headers, "text/plain")) return answer.body;
    const auto status = answer.body.empty() ? std::nullopt : read_rpc_status(answer.body, encoding);
    return status ? status->message : "";
}

Verdict with_status(Verdict verdict, std::string status) {
    if (verdict.error.empty()) verdict.error = status;
    verdict.status = std::move(status);
    return verdict;
}

Verdict judge(const ReceivedAnswer& answer, Encoding encoding, WallTime now) {
    if (answer.status / 100 == 2)
        return taken(answer.broke_off ? std::nullopt : read_export_response(answer.body, encoding));
    const std::string reason = reason_in(answer, encoding);
    Verdict verdict{.problem = fmt::format("HTTP {} {}{}{}", answer.status, net::reason_phrase(answer.status),
                                           reason.empty() ? "" : ": ", reason)};
    if (!is_retryable(answer.status)) return verdict;
    verdict.outcome = Outcome::again;
    if (const auto value = answer.headers.find("retry-after")) verdict.asked = net::parse_retry_after(*value, now);
    return verdict;
}

Verdict judge(const ReceivedAnswer& answer, const GrpcStatus& status) {
    if (status.code == GrpcCode::ok) {
        const auto message = grpc_message(answer.body, answer.headers.find("grpc-encoding").value_or(""), answer.most);
        return taken(message ? read_export_response(*message, Encoding::protobuf) : std::nullopt);
    }
    return {.outcome = is_retryable(status.code, status.retry_delay.has_value()) ? Outcome::again : Outcome::refused,
            .asked = status.retry_delay,
            .problem =
                fmt::format("gRPC {}{}{}", to_string(status.code), status.message.empty() ? "" : ": ", status.message)};
}

}  // namespace

std::string size_text(std::size_t bytes) {
    constexpr std::size_t mebibyte = 1u << 20;
    if (bytes >= mebibyte && bytes % mebibyte == 0) return fmt::format("{} MiB", bytes / mebibyte);
    return fmt::format("{} byte{}", bytes, bytes == 1 ? "" : "s");
}

Verdict judge_http(const ReceivedAnswer& answer, Encoding encoding, WallTime now) {
    return with_status(answer.is_too_large ? too_large(answer.most) : judge(answer, encoding, now),
                       std::to_string(answer.status));
}

Verdict judge_grpc(const ReceivedAnswer& answer) {
    if (answer.is_too_large) return with_status(too_large(answer.most), "");
    const GrpcStatus status = grpc_status(answer.status, answer.headers, answer.trailers, answer.broke_off);
    return with_status(judge(answer, status), std::string(to_string(status.code)));
}

}  // namespace mizzen::telemetry::otlp
