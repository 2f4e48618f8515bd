// SPDX-License-Identifier: Apache-2.0
// Judging what receivers of remote write answer.
#include "mizzen/telemetry/remote_write/detail/write_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "mizzen/net/retry_after.hpp"

namespace mizzen::telemetry::remote_write {
namespace {

using Outcome = WriteVerdict::Outcome;

// Nothing if there is no such header, or it holds no number.
std::optional<std::uint64_t> number(const net::Headers& headers, std::string_view name) {
    const auto value = headers.find(name);
    std::uint64_t n = 0;
    if (!value) return std::nullopt;
    const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), n);
    if (error != std::errc{} || end != value->data() + value->size()) return std::nullopt;
    return n;
}

// What the receiver says that it has, never more than was sent.
std::optional<Amount> written(const net::Headers& headers, const Amount& sent) {
    const auto samples = number(headers, "x-prometheus-remote-write-samples-written");
    const auto histograms = number(headers, "x-prometheus-remote-write-histograms-written");
    const auto exemplars = number(headers, "x-prometheus-remote-write-exemplars-written");
    if (!samples && !histograms && !exemplars) return std::nullopt;
    return Amount{.samples = std::min(samples.value_or(0), sent.samples),
                  .histograms = std::min(histograms.value_or(0), sent.histograms),
                  .exemplars = std::min(exemplars.value_or(0), sent.exemplars)};
}

std::string what_it_said(const WriteAnswer& answer) {
    return fmt::format("the receiver answered {} {}{}{}", answer.status, net::reason_phrase(answer.status),
                       answer.body.empty() ? "" : ": ", answer.body);
}

WriteVerdict taken(const WriteAnswer& answer, const Amount& sent, const Amount& has) {
    WriteVerdict verdict{.outcome = Outcome::taken,
                         .written = has.points(),
                         .exemplars = has.exemplars,
                         .status = std::to_string(answer.status)};
    if (has.points() < sent.points()) {
        verdict.problem = fmt::format("the receiver took {} of {} points", has.points(), sent.points());
        verdict.error = "rejected";
    }
    return verdict;
}

}  // namespace

WriteVerdict judge_write(const WriteAnswer& answer, Version version, const Amount& sent, WallTime now) {
    const auto has = written(answer.headers, sent);
    const bool is_success = answer.status / 100 == 2;
    const bool is_unknown = answer.status == 415 || (is_success && !has);
    if (version == Version::v2 && is_unknown) {
        return {.outcome = Outcome::older,
                .problem = is_success ? "the receiver does not say what it has written, so it knows 1.0 only"
                                      : what_it_said(answer),
                .status = std::to_string(answer.status)};
    }
    if (is_success) return taken(answer, sent, has.value_or(sent));
    WriteVerdict verdict{.problem = what_it_said(answer),
                         .status = std::to_string(answer.status),
                         .error = std::to_string(answer.status)};
    if (answer.status == 429 || answer.status / 100 == 5) {
        verdict.outcome = Outcome::again;
        if (const auto after = answer.headers.find("retry-after")) verdict.asked = net::parse_retry_after(*after, now);
    } else if (has) {
        verdict.written = has->points();
        verdict.exemplars = has->exemplars;
    }
    return verdict;
}

WriteVerdict judge_write_failure(const Error& error) {
    return {.outcome = Outcome::again,
            .asked = error.retry_after(),
            .problem = error.what(),
            .error = error.kind() == ErrorKind::denied ? "denied" : "unreachable"};
}

}  // namespace mizzen::telemetry::remote_write
