// SPDX-License-Identifier: Apache-2.0
// Answers of receivers: taken in whole or in part, later, never, and those that do not know 2.0.
#include "mizzen/telemetry/remote_write/detail/write_answer.hpp"

#include <gtest/gtest.h>

namespace mizzen::telemetry::remote_write {
namespace {
using namespace std::chrono_literals;
using Outcome = WriteVerdict::Outcome;

constexpr WallTime now{1'000'000s};
constexpr Amount sent{.samples = 10, .histograms = 2, .exemplars = 3};

net::Headers written(std::string samples, std::string histograms, std::string exemplars) {
    return {{"X-Prometheus-Remote-Write-Samples-Written", samples},
            {"X-Prometheus-Remote-Write-Histograms-Written", histograms},
            {"X-Prometheus-Remote-Write-Exemplars-Written", exemplars}};
}
WriteVerdict judge(int status, net::Headers headers = {}, Version version = Version::v2) {
    return judge_write({.status = status, .headers = std::move(headers), .body = "why"}, version, sent, now);
}

TEST(WriteAnswer, TakesWhatIsSaidToBeWritten) {
    const WriteVerdict all = judge(204, written("10", "2", "3"));
    EXPECT_EQ(all.outcome, Outcome::taken);
    EXPECT_EQ(all.written, 12u);
    EXPECT_EQ(all.exemplars, 3u);
    EXPECT_EQ(all.error, "");
    const WriteVerdict part = judge(200, written("9", "0", "0"));
    EXPECT_EQ(part.outcome, Outcome::taken);
    EXPECT_EQ(part.written, 9u);
    EXPECT_EQ(part.error, "rejected");
    EXPECT_EQ(part.problem, "the receiver took 9 of 12 points");
}

TEST(WriteAnswer, BelievesNoReceiverThatCountsMoreThanItWasSent) {
    const WriteVerdict v = judge(200, written("99999999999", "7", "7"));
    EXPECT_EQ(v.written, 12u);
    EXPECT_EQ(v.exemplars, 3u);
}

TEST(WriteAnswer, TakesOneHeaderForAnAnswerOf2) {
    const WriteVerdict v = judge(200, {{"x-prometheus-remote-write-samples-written", "10"}});
    EXPECT_EQ(v.outcome, Outcome::taken);
    EXPECT_EQ(v.written, 10u);
}

TEST(WriteAnswer, KnowsWhoKnowsOnly1) {
    EXPECT_EQ(judge(415).outcome, Outcome::older);
    EXPECT_EQ(judge(204).outcome, Outcome::older);
    EXPECT_EQ(judge(204, written("many", "-1", "")).outcome, Outcome::older);
    EXPECT_EQ(judge(204, {}, Version::v1).outcome, Outcome::taken);
    EXPECT_EQ(judge(204, {}, Version::v1).written, 12u);
    EXPECT_EQ(judge(415, {}, Version::v1).outcome, Outcome::refused);
    EXPECT_EQ(judge(200, written("1", "0", "0"), Version::v1).written, 1u) << "who counts is believed";
}

TEST(WriteAnswer, Repeats5xxAnd429Only) {
    for (const int status : {500, 502, 503, 504, 507, 599, 429}) EXPECT_EQ(judge(status).outcome, Outcome::again);
    for (const int status : {301, 307, 400, 401, 403, 404, 408, 409, 413, 422, 499})
        EXPECT_EQ(judge(status).outcome, Outcome::refused) << status;
    EXPECT_EQ(judge(503).problem, "the receiver answered 503 Service Unavailable: why");
    EXPECT_EQ(judge(503).asked, std::nullopt);
    EXPECT_EQ(judge(503, {{"Retry-After", "7"}}).asked, Duration(7s));
    EXPECT_EQ(judge(503, {{"Retry-After", "soon"}}).asked, std::nullopt);
    EXPECT_EQ(judge(400, {{"Retry-After", "7"}}).asked, std::nullopt);
}

TEST(WriteAnswer, CountsWhatARefusalHasWritten) {
    const WriteVerdict v = judge(400, written("4", "1", "2"));
    EXPECT_EQ(v.outcome, Outcome::refused);
    EXPECT_EQ(v.written, 5u);
    EXPECT_EQ(v.exemplars, 2u);
    EXPECT_EQ(judge(400).written, 0u);
    EXPECT_EQ(judge(503, written("4", "1", "2")).written, 0u) << "all of it is sent again";
}

TEST(WriteAnswer, RepeatsWhatWasNotAnswered) {
    EXPECT_EQ(judge_write_failure(Error(ErrorKind::retry, "refused")).outcome, Outcome::again);
    const WriteVerdict v = judge_write_failure(Error(ErrorKind::denied, "the certificate has expired"));
    EXPECT_EQ(v.outcome, Outcome::again) << "it may be renewed";
    EXPECT_EQ(v.error, "denied");
}

}  // namespace
}  // namespace mizzen::telemetry::remote_write
