// SPDX-License-Identifier: Apache-2.0
// Answers over HTTP and gRPC: bodies good, partial, broken and hostile, and what follows from them.
#include "mizzen/telemetry/otlp/detail/answer.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/base64.hpp"
#include "mizzen/base/random.hpp"
#include "mizzen/telemetry/otlp/detail/answer_message.hpp"

namespace mizzen::telemetry::otlp {
namespace {
using namespace std::chrono_literals;
using namespace std::string_literals;
using Outcome = Verdict::Outcome;

// A length-delimited field.
std::string field(int number, const std::string& bytes) {
    return std::string(1, static_cast<char>(number << 3 | 2)) + static_cast<char>(bytes.size()) + bytes;
}
const std::string three_rejected = field(1, "\x08\x03"s + field(2, "too old"));

TEST(Answer, ReadsPartialSuccess) {
    struct Case {
        std::string body;
        Encoding encoding;
        std::optional<PartialSuccess> wanted;
    };
    const auto json = Encoding::json, protobuf = Encoding::protobuf;
    const PartialSuccess three{3, "too old"};
    const Case cases[] = {
        {"", protobuf, PartialSuccess{}},
        {"", json, PartialSuccess{}},
        {three_rejected, protobuf, three},
        {field(1, ""), protobuf, PartialSuccess{}},
        {field(1, field(2, "slow down")), protobuf, PartialSuccess{0, "slow down"}},
        {field(7, "unknown") + "\x48\x01"s + three_rejected, protobuf, three},
        {"\x51"s + "12345678" + "\x5d" + "1234" + three_rejected, protobuf, three},
        {field(1, "\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"s), protobuf, PartialSuccess{}},  // -1
        {field(1, "\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f"s), protobuf, std::nullopt},
        {"\x0a\x05\x08", protobuf, std::nullopt},
        {"\x0b", protobuf, std::nullopt},
        {"<html>", protobuf, std::nullopt},
        {"{}", json, PartialSuccess{}},
        {R"({"partialSuccess":{}})", json, PartialSuccess{}},
        {R"({"partialSuccess":null,"new":[1]})", json, PartialSuccess{}},
        {R"({"partialSuccess":{"rejectedSpans":"3","errorMessage":"too old"}})", json, three},
        {R"({"partialSuccess":{"rejectedDataPoints":3,"errorMessage":"too old","x":{}}})", json, three},
        {R"({"partialSuccess":{"rejectedLogRecords":3.0,"errorMessage":"too old"}})", json, std::nullopt},
        {R"({"partialSuccess":{"rejectedSpans":"-3"}})", json, PartialSuccess{}},
        {R"({"partialSuccess":{"rejectedSpans":"three"}})", json, std::nullopt},
        {R"({"partialSuccess":[]})", json, std::nullopt},
        {"[]", json, std::nullopt},
        {"<html>", json, std::nullopt},
    };
    for (const Case& c : cases) EXPECT_EQ(read_export_response(c.body, c.encoding), c.wanted) << c.body;
}

TEST(Answer, ReadsStatusAndRetryInfo) {
    const std::string delay = "\x08\x07\x10\x80\xe1\xeb\x17"s;  // 7 s, 50,000,000 ns
    const auto info = [](const std::string& value) {
        return field(3, field(1, "type.googleapis.com/google.rpc.RetryInfo") + field(2, value));
    };
    const auto read = [](const std::string& body) { return read_rpc_status(body, Encoding::protobuf); };
    const std::string head = "\x08\x08"s + field(2, "full");
    EXPECT_EQ(read(head), (RpcStatus{8, "full"}));
    EXPECT_EQ(read(head + info(field(1, delay))), (RpcStatus{8, "full", Duration(7050ms)}));
    EXPECT_EQ(read(head + field(3, field(1, "x/google.rpc.DebugInfo")) + info("")),
              (RpcStatus{8, "full", Duration(0)}));
    EXPECT_EQ(read(head + field(3, "\xff")), (RpcStatus{8, "full"}));
    EXPECT_EQ(read(head + info(field(1, "\x10\x80\x94\xeb\xdc\x03"s))), (RpcStatus{8, "full"})) << "a second of nanos";
    EXPECT_EQ(read("\x08"), std::nullopt);
    EXPECT_EQ(read_rpc_status(R"({"code":3,"message":"no","details":[]})", Encoding::json), (RpcStatus{3, "no"}));
    EXPECT_EQ(read_rpc_status("oops", Encoding::json), std::nullopt);
}

TEST(Answer, AnyBytesAreReadWithoutHarm) {
    Random random(1);
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes = round % 2 ? three_rejected : "";
        for (std::uint64_t n = random.below(12); n > 0; --n)
            bytes.insert(random.below(bytes.size() + 1), 1, static_cast<char>(random()));
        read_export_response(bytes, Encoding::protobuf);
        read_rpc_status(bytes, Encoding::protobuf);
        read_rpc_status(bytes, Encoding::json);
    }
}

TEST(Answer, OneLineIsShortAndClean) {
    EXPECT_EQ(one_line("plain"), "plain");
    EXPECT_EQ(one_line("a\r\nb\x1b[31m\x7f\xff"), "a  b [31m \uFFFD");
    EXPECT_EQ(one_line(std::string(512, 'x')), std::string(512, 'x'));
    EXPECT_EQ(one_line(std::string(513, 'x')), std::string(512, 'x') + "…");
    EXPECT_EQ(one_line(std::string(511, 'x') + "ä"), std::string(511, 'x') + "…");
    EXPECT_EQ(one_line(std::string(5'000'000, '\xff')).size(), 510u + 3u);
}

TEST(Answer, JudgesHttp) {
    struct Case {
        ReceivedAnswer answer;
        Outcome outcome;
        std::string problem;
        std::uint64_t rejected = 0;
        std::optional<Duration> asked = {};
    };
    constexpr WallTime now = WallTime(784111777s - 10s);
    const Case cases[] = {
        {{.status = 200}, Outcome::taken, ""},
        {{.status = 202}, Outcome::taken, ""},
        {{.status = 200, .body = three_rejected}, Outcome::taken, "the receiver rejected 3 of a request: too old", 3},
        {{.status = 200, .body = field(1, field(2, "old"))}, Outcome::taken, "the receiver warns: old"},
        {{.status = 200, .body = "<html>"},
         Outcome::taken,
         "taken, but what the receiver said about it cannot be read"},
        {{.status = 200, .broke_off = true},
         Outcome::taken,
         "taken, but what the receiver said about it cannot be read"},
        {{.status = 200, .is_too_large = true},
         Outcome::refused,
         "the answer is over 4 MiB; is this an OTLP receiver?"},
        {{.status = 302}, Outcome::refused, "HTTP 302 Found"},
        {{.status = 400, .body = "\x08\x03" + field(2, "no trace id")},
         Outcome::refused,
         "HTTP 400 Bad Request: no trace id"},
        {{.status = 401, .headers = {{"content-type", "text/plain; charset=utf-8"}}, .body = "who?"},
         Outcome::refused,
         "HTTP 401 Unauthorized: who?"},
        {{.status = 413, .headers = {{"content-type", "text/html"}, {"retry-after", "1"}}, .body = "<h1>"},
         Outcome::refused,
         "HTTP 413 Content Too Large"},
        {{.status = 500, .headers = {{"retry-after", "1"}}}, Outcome::refused, "HTTP 500 Internal Server Error"},
        {{.status = 502}, Outcome::again, "HTTP 502 Bad Gateway"},
        {{.status = 503, .headers = {{"Retry-After", "7"}}}, Outcome::again, "HTTP 503 Service Unavailable", 0, 7s},
        {{.status = 429, .headers = {{"retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"}}},
         Outcome::again,
         "HTTP 429 Too Many Requests",
         0,
         10s},
        {{.status = 503, .headers = {{"retry-after", "later"}}}, Outcome::again, "HTTP 503 Service Unavailable"},
        {{.status = 504, .broke_off = true}, Outcome::again, "HTTP 504 Gateway Timeout"},
        {{.status = 503, .is_too_large = true},
         Outcome::refused,
         "the answer is over 4 MiB; is this an OTLP receiver?"},
    };
    for (const Case& c : cases) {
        const Verdict verdict = judge_http(c.answer, Encoding::protobuf, now);
        EXPECT_EQ(verdict.outcome, c.outcome) << c.problem;
        EXPECT_EQ(verdict.problem, c.problem);
        EXPECT_EQ(verdict.rejected, c.rejected) << c.problem;
        EXPECT_EQ(verdict.asked, c.asked) << c.problem;
    }
}

TEST(Answer, JudgesGrpc) {
    const auto framed = [](const std::string& message) {
        return "\0\0\0\0"s + static_cast<char>(message.size()) + message;
    };
    const auto verdict = [](net::Headers trailers, std::string body = "") {
        return judge_grpc({.status = 200, .body = std::move(body), .trailers = std::move(trailers)});
    };
    EXPECT_EQ(verdict({{"grpc-status", "0"}}, framed("")).outcome, Outcome::taken);
    EXPECT_EQ(verdict({{"grpc-status", "0"}}, framed("")).problem, "");
    EXPECT_EQ(verdict({{"grpc-status", "0"}}, framed(three_rejected)).rejected, 3u);
    EXPECT_EQ(verdict({{"grpc-status", "0"}}).outcome, Outcome::taken) << "taken, though the message is missing";
    EXPECT_EQ(verdict({{"grpc-status", "14"}, {"grpc-message", "going%20away"}}).problem,
              "gRPC UNAVAILABLE: going away");
    for (int code = 1; code <= 16; ++code) {
        const bool again = code == 1 || code == 4 || code == 10 || code == 11 || code == 14 || code == 15;
        EXPECT_EQ(verdict({{"grpc-status", std::to_string(code)}}).outcome, again ? Outcome::again : Outcome::refused)
            << code;
    }
    const std::string full = "\x08\x08" + field(3, field(1, "t/google.rpc.RetryInfo") + field(2, field(1, "\x08\x02")));
    std::string details = to_base64(full);
    for (int padding = 0; padding < 2; ++padding) {
        const Verdict busy = verdict({{"grpc-status", "8"}, {"grpc-status-details-bin", details}});
        EXPECT_EQ(busy.outcome, Outcome::again);
        EXPECT_EQ(busy.asked, Duration(2s));
        details.erase(std::min(details.find('='), details.size()));
    }
    const auto headed = [](int status, net::Headers head, bool broke_off = false) {
        return judge_grpc({.status = status, .headers = std::move(head), .broke_off = broke_off});
    };
    EXPECT_EQ(headed(200, {{"grpc-status", "3"}}).problem, "gRPC INVALID_ARGUMENT") << "trailers only";
    EXPECT_EQ(headed(200, {{"grpc-status", "three"}}).problem, "gRPC UNKNOWN");
    EXPECT_EQ(headed(503, {}).outcome, Outcome::again);
    EXPECT_EQ(headed(503, {}).problem, "gRPC UNAVAILABLE: HTTP 503 Service Unavailable");
    EXPECT_EQ(headed(401, {}).problem, "gRPC UNAUTHENTICATED: HTTP 401 Unauthorized");
    EXPECT_EQ(headed(404, {}).outcome, Outcome::refused);
    EXPECT_EQ(headed(200, {}, true).outcome, Outcome::again) << "nobody said that it was taken";
    EXPECT_EQ(headed(200, {}).outcome, Outcome::refused);
}

}  // namespace
}  // namespace mizzen::telemetry::otlp
