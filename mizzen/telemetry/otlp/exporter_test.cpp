// SPDX-License-Identifier: Apache-2.0
// The exporter against receivers of every kind, in simulated time: what is sent, when it is sent again, what is
// counted.
#include "mizzen/telemetry/otlp/exporter.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <sstream>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/gzip.hpp"
#include "mizzen/net/zstd.hpp"
#include "mizzen/telemetry/otlp/detail/exporter_request.hpp"
#include "mizzen/telemetry/otlp/detail/retry.hpp"

namespace mizzen::telemetry::otlp {
namespace {
using namespace std::chrono_literals;
using namespace std::string_literals;
using net::Request;
using net::Response;

// Answers the n-th request with what the n-th step does; the last step stands for all that follow.
struct Receiver final : net::Transport {
    using Step = std::function<Response()>;
    Receiver(Loop& loop, std::vector<Step> steps) : loop(loop), steps(std::move(steps)) {}

    Loop& loop;
    std::vector<Step> steps;
    bool hangs = false;
    Duration takes{};
    int at_once = 0;
    std::vector<Time> times;
    std::vector<net::Headers> heads;
    std::string target, body;

    Task<Response> send(Request request) override {
        ++at_once;
        struct Leave {
            int& n;
            ~Leave() { --n; }
        } leave{at_once};
        times.push_back(loop.now());
        heads.push_back(request.headers);
        target = request.method + " " + request.target;
        body = request.body.bytes().str();
        co_await delay(hangs ? 1000h : takes);
        co_return steps.at(std::min(times.size(), steps.size()) - 1)();
    }
};

Receiver::Step answers(int status, net::Headers headers = {}, std::string body = "") {
    return [response = std::tuple(status, headers, body)] {
        const auto& [s, h, b] = response;
        return Response{.status = s, .headers = h, .body = b};
    };
}
Receiver::Step fails(ErrorKind kind, std::string why) {
    return [kind, why]() -> Response { throw Error(kind, why); };
}

struct World {
    explicit World(std::vector<Receiver::Step> steps, ExporterOptions options = {}, Signal signal = Signal::traces)
        : receiver(loop, std::move(steps)), exporter(loop, receiver, signal, std::move(options), Random(7)) {}
    bool send(std::string body = "batch", std::uint64_t items = 10) {
        return loop.run(exporter.send(std::move(body), items));
    }
    void expect(std::uint64_t requests, std::uint64_t delivered, std::uint64_t rejected, std::uint64_t given_up) {
        const ExporterCounts& c = exporter.counts();
        EXPECT_EQ(c.requests, requests) << exporter.problem();
        EXPECT_EQ(c.delivered, delivered) << exporter.problem();
        EXPECT_EQ(c.rejected, rejected) << exporter.problem();
        EXPECT_EQ(c.given_up, given_up) << exporter.problem();
        EXPECT_EQ(receiver.at_once, 0) << "nothing is left open";
    }
    // When attempts are due if each fails at once and nothing is asked for.
    static std::vector<Time> own_times(Duration limit) {
        std::vector<Time> times = {Time{}};
        Random random(7);
        for (int failures = 1;; ++failures) {
            const Time next = times.back() + RetrySchedule::backoff.delay(failures, random);
            if (next >= Time(limit)) return times;
            times.push_back(next);
        }
    }
    SimulatedLoop loop{1};
    Receiver receiver;
    Exporter exporter;
};

TEST(Exporter, SendsWhatTheProtocolAsksFor) {
    struct Case {
        Protocol protocol;
        Signal signal;
        std::string target, type;
    };
    using enum Protocol;
    const std::string collector = "POST /opentelemetry.proto.collector.";
    const Case cases[] = {
        {http_protobuf, Signal::traces, "POST /v1/traces", "application/x-protobuf"},
        {http_protobuf, Signal::metrics, "POST /v1/metrics", "application/x-protobuf"},
        {http_json, Signal::logs, "POST /v1/logs", "application/json"},
        {grpc, Signal::traces, collector + "trace.v1.TraceService/Export", "application/grpc"},
        {grpc, Signal::metrics, collector + "metrics.v1.MetricsService/Export", "application/grpc"},
        {grpc, Signal::logs, collector + "logs.v1.LogsService/Export", "application/grpc"},
    };
    for (const Case& c : cases) {
        World w({answers(200, {{"grpc-status", "0"}}, c.protocol == grpc ? "\0\0\0\0\0"s : "")},
                {.protocol = c.protocol, .headers = {{"X-Key", "k"}, {"Content-Type", "text/html"}}}, c.signal);
        EXPECT_TRUE(w.send("batch"));
        w.expect(1, 10, 0, 0);
        EXPECT_EQ(w.exporter.problem(), "");
        EXPECT_EQ(w.receiver.target, c.target);
        const net::Headers& head = w.receiver.heads[0];
        EXPECT_EQ(head.all("content-type"), std::vector<std::string_view>{c.type});
        EXPECT_EQ(head.find("x-key"), "k");
        EXPECT_EQ(head.find("user-agent"), user_agent);
        EXPECT_EQ(head.find("content-encoding"), std::nullopt);
        EXPECT_EQ(head.find("te"), c.protocol == grpc ? std::optional<std::string_view>("trailers") : std::nullopt);
        EXPECT_EQ(head.find("grpc-timeout"),
                  c.protocol == grpc ? std::optional<std::string_view>("10000m") : std::nullopt);
        EXPECT_EQ(w.receiver.body, c.protocol == grpc ? "\0\0\0\0\5batch"s : "batch");
        EXPECT_EQ(w.exporter.encoding(), c.protocol == http_json ? Encoding::json : Encoding::protobuf);
    }
}

TEST(Exporter, NamesItsVersion) {
    std::ifstream file(MIZZEN_SOURCE_DIR "/CMakeLists.txt");
    std::stringstream text;
    text << file.rdbuf();
    const std::string version(user_agent.substr(user_agent.find('/') + 1));
    EXPECT_NE(text.str().find("project(mizzen VERSION " + version + " "), std::string::npos) << version;
    World w({answers(200)}, {.headers = {{"user-agent", "shop/2"}}});
    w.send();
    EXPECT_EQ(w.receiver.heads[0].all("user-agent"),
              (std::vector<std::string_view>{"shop/2 OTel-OTLP-Exporter-Mizzen/" + version}));
}

TEST(Exporter, CompressesOnce) {
    for (const Protocol protocol : {Protocol::http_protobuf, Protocol::grpc}) {
        World w({answers(503), answers(200, {{"grpc-status", "0"}}, "\0\0\0\0\0"s)},
                {.protocol = protocol, .compression = Compression::gzip});
        const std::string batch(100'000, 'x');
        EXPECT_TRUE(w.send(batch));
        const bool is_grpc = protocol == Protocol::grpc;
        EXPECT_EQ(w.receiver.heads[1].find(is_grpc ? "grpc-encoding" : "content-encoding"), "gzip");
        EXPECT_EQ(w.receiver.heads[1].find(is_grpc ? "content-encoding" : "grpc-encoding"), std::nullopt);
        EXPECT_LT(w.receiver.body.size(), 1000u);
        if (is_grpc) EXPECT_EQ(w.receiver.body[0], '\1');
        EXPECT_EQ(net::Gunzip().unpack(w.receiver.body.substr(is_grpc ? 5 : 0)), batch);
    }
}

TEST(Exporter, SizesAreChosen) {
    World w({answers(200), answers(200), answers(200, {}, std::string(11, 'x'))},
            {.most_request = 5, .most_answer = 10});
    EXPECT_TRUE(w.send("12345"));
    EXPECT_FALSE(w.send("123456"));
    EXPECT_NE(w.exporter.problem().find("over 5 bytes"), std::string::npos) << w.exporter.problem();
    EXPECT_TRUE(w.send("1"));
    EXPECT_FALSE(w.send("1"));
    EXPECT_NE(w.exporter.problem().find("the answer is over 10 bytes"), std::string::npos) << w.exporter.problem();
    World without({answers(200)}, {.most_request = 0});
    EXPECT_TRUE(without.send(std::string(most_request + 1, 'x')));
}

TEST(Exporter, CompressesWithZstd) {
    for (const Protocol protocol : {Protocol::http_protobuf, Protocol::grpc}) {
        World w({answers(200, {{"grpc-status", "0"}}, "\0\0\0\0\0"s)},
                {.protocol = protocol, .compression = Compression::zstd});
        const std::string batch(100'000, 'x');
        EXPECT_TRUE(w.send(batch));
        const bool is_grpc = protocol == Protocol::grpc;
        EXPECT_EQ(w.receiver.heads[0].find(is_grpc ? "grpc-encoding" : "content-encoding"), "zstd");
        if (is_grpc) EXPECT_EQ(w.receiver.body[0], '\1');
        EXPECT_EQ(net::unzstd(w.receiver.body.substr(is_grpc ? 5 : 0)), batch);
    }
}

TEST(Exporter, SendsNothingEmptyAndNothingTooLarge) {
    World w({answers(200)}, {.path = "/in/otlp"});
    EXPECT_TRUE(w.send("", 0));
    w.expect(0, 0, 0, 0);
    EXPECT_FALSE(w.send(std::string(most_request + 1, 'x')));
    w.expect(0, 0, 0, 10);
    EXPECT_EQ(w.exporter.problem(),
              "a request of 67108865 bytes is over 64 MiB and was not sent; make batches smaller");
    EXPECT_TRUE(w.send(std::string(most_request, 'x')));
    w.expect(1, 10, 0, 10);
    EXPECT_EQ(w.receiver.target, "POST /in/otlp");
}

TEST(Exporter, TriesAgainWhileThereIsTime) {
    const Receiver::Step steps[] = {fails(ErrorKind::retry, "connection refused by 10.0.0.1:4318"),
                                    fails(ErrorKind::not_found, "collector does not resolve"),
                                    answers(502),
                                    answers(503),
                                    answers(504),
                                    answers(429)};
    for (const auto& step : steps) {
        for (const Duration limit : {10s, 60s}) {
            World w({step}, {.timeout = limit});
            EXPECT_FALSE(w.send());
            const auto times = World::own_times(limit);
            EXPECT_EQ(w.receiver.times, times);
            w.expect(times.size(), 0, 0, 10);
            EXPECT_EQ(w.exporter.counts().retries, times.size() - 1);
            EXPECT_TRUE(w.exporter.problem().starts_with("given up after " + std::to_string(times.size())))
                << w.exporter.problem();
            EXPECT_LT(w.loop.now(), Time(limit));
        }
    }
    EXPECT_GE(World::own_times(10s).size(), 3u);
    EXPECT_LE(World::own_times(10s).size(), 6u);
}

TEST(Exporter, DeliversInTheEnd) {
    World w({fails(ErrorKind::retry, "refused"), answers(503), answers(200)});
    EXPECT_TRUE(w.send());
    w.expect(3, 10, 0, 0);
    EXPECT_EQ(w.exporter.counts().retries, 2u);
    EXPECT_EQ(w.exporter.problem(), "");
    auto times = World::own_times(10s);
    times.resize(3);
    EXPECT_EQ(w.receiver.times, times);
}

TEST(Exporter, WaitsAsLongAsItIsAsked) {
    // The simulated calendar begins on Thursday, 2026-01-01.
    World w({answers(503, {{"Retry-After", "3"}}), answers(429, {{"Retry-After", "Thu, 01 Jan 2026 00:00:05 GMT"}}),
             answers(200)});
    EXPECT_TRUE(w.send());
    EXPECT_EQ(w.receiver.times, (std::vector<Time>{Time(0s), Time(3s), Time(5s)}));

    World late({answers(503, {{"Retry-After", "3600"}})});
    EXPECT_FALSE(late.send());
    late.expect(1, 0, 0, 10);
    EXPECT_EQ(late.loop.now(), Time(0s)) << "an hour is more than there is: nothing to wait for";
    EXPECT_EQ(late.exporter.problem(), "given up after 1 attempt: HTTP 503 Service Unavailable");

    World zero({answers(503, {{"Retry-After", "0"}})});
    EXPECT_FALSE(zero.send());
    EXPECT_EQ(zero.receiver.times, World::own_times(10s)) << "no receiver makes it spin";
}

TEST(Exporter, RefusalsAreForGood) {
    const Receiver::Step steps[] = {
        answers(400),
        answers(401),
        answers(413, {{"retry-after", "1"}}),
        answers(500, {{"retry-after", "1"}}),
        answers(301, {{"location", "/"}}),
        fails(ErrorKind::denied, "the certificate of collector is not trusted"),
        fails(ErrorKind::invalid, "collector does not speak HTTP"),
    };
    for (const auto& step : steps) {
        World w({step, answers(200)});
        EXPECT_FALSE(w.send());
        w.expect(1, 0, 0, 10);
        EXPECT_NE(w.exporter.problem(), "");
        EXPECT_TRUE(w.send()) << "the next batch is tried all the same";
        w.expect(2, 10, 0, 10);
        EXPECT_EQ(w.exporter.problem(), "");
    }
}

TEST(Exporter, APartialSuccessIsNotSentAgain) {
    const auto json = [](std::string n) { return R"({"partialSuccess":{"rejectedSpans":")" + n + "\"}}"; };
    World w({answers(200, {}, json("3"))}, {.protocol = Protocol::http_json});
    EXPECT_TRUE(w.send());
    w.expect(1, 7, 3, 0);
    EXPECT_EQ(w.exporter.problem(), "the receiver rejected 3 of a request");
    w.receiver.steps = {answers(200, {}, json("10"))};
    EXPECT_FALSE(w.send());
    w.expect(2, 7, 13, 0);
    w.receiver.steps = {answers(200, {}, json("4000000000"))};
    EXPECT_FALSE(w.send());
    w.expect(3, 7, 23, 0);
    w.receiver.steps = {answers(200, {}, "<html>hello</html>")};
    EXPECT_TRUE(w.send());
    w.expect(4, 17, 23, 0);
    EXPECT_NE(w.exporter.problem(), "");
}

TEST(Exporter, AReceiverThatHangsCostsItsTimeOnly) {
    World w({answers(200)});
    w.receiver.hangs = true;
    EXPECT_FALSE(w.send());
    w.expect(1, 0, 0, 10);
    EXPECT_EQ(w.loop.now(), Time(10s));
    EXPECT_EQ(w.exporter.problem(), "no answer within 10s");

    World slow({answers(503)}, {.protocol = Protocol::grpc});
    slow.receiver.takes = 6s;
    EXPECT_FALSE(slow.send());
    EXPECT_EQ(slow.loop.now(), Time(10s));
    EXPECT_EQ(slow.exporter.counts().given_up, 10u);
    ASSERT_EQ(slow.receiver.times.size(), 2u);
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(Time(10s) - slow.receiver.times[1]).count();
    EXPECT_EQ(slow.receiver.heads[1].find("grpc-timeout"), std::to_string(left) + "m") << "what is left, not all of it";
}

struct Flood final : net::Body::Source {
    Flood(std::size_t& given, std::string end) : given(given), end(std::move(end)) {}
    Task<std::optional<Bytes>> next() override {
        if (given >= 100u << 20) co_return std::nullopt;
        if (!end.empty() && given > 0) throw Error(ErrorKind::retry, end);
        given += 64u << 10;
        co_return Bytes(std::string(64u << 10, 'x'));
    }
    std::size_t& given;
    std::string end;
};

TEST(Exporter, ReadsNoMoreOfAnAnswerThanItMay) {
    std::size_t given = 0;
    World w({[&given] { return Response{.body = std::make_unique<Flood>(given, "")}; }});
    EXPECT_FALSE(w.send());
    w.expect(1, 0, 0, 10);
    EXPECT_LE(given, (4u << 20) + (64u << 10));
    EXPECT_EQ(w.exporter.problem(), "the answer is over 4 MiB; is this an OTLP receiver?");
}

TEST(Exporter, AnAnswerThatBreaksOffCountsByWhatWasSaid) {
    std::size_t given = 0;
    const auto breaks = [&given](int status) {
        return [&given, status] {
            given = 0;
            return Response{.status = status, .body = std::make_unique<Flood>(given, "reset")};
        };
    };
    World taken({breaks(200)});
    EXPECT_TRUE(taken.send()) << "it has the batch; sent again it would have it twice";
    taken.expect(1, 10, 0, 0);
    World refused({breaks(400)});
    EXPECT_FALSE(refused.send());
    refused.expect(1, 0, 0, 10);
    World again({breaks(503), answers(200)});
    EXPECT_TRUE(again.send());
    again.expect(2, 10, 0, 0);
    World grpc({breaks(200), answers(200, {{"grpc-status", "0"}}, "\0\0\0\0\0"s)}, {.protocol = Protocol::grpc});
    EXPECT_TRUE(grpc.send());
    grpc.expect(2, 10, 0, 0);
}

TEST(Exporter, GrpcCodesDecide) {
    for (int code = 0; code <= 16; ++code) {
        World w({answers(200, {{"grpc-status", std::to_string(code)}}, code ? "" : "\0\0\0\0\0"s)},
                {.protocol = Protocol::grpc});
        EXPECT_EQ(w.send(), code == 0);
        const bool again = is_retryable(static_cast<GrpcCode>(code), false);
        w.expect(again ? World::own_times(10s).size() : 1, code == 0 ? 10 : 0, 0, code == 0 ? 0 : 10);
    }
}

TEST(Exporter, CanBeCancelledAnywhere) {
    for (const Duration after : {0ms, 100ms, 700ms, 3000ms}) {
        for (const bool hangs : {false, true}) {
            World w({answers(503)});
            w.receiver.hangs = hangs;
            {
                Scope scope(w.loop);
                struct Run {
                    static Task<> send(Exporter& exporter, bool& threw) {
                        try {
                            co_await exporter.send("batch", 10);
                        } catch (const Cancelled& cancelled) {
                            threw = cancelled.message() == "enough";
                            throw;
                        }
                    }
                };
                bool threw = false;
                scope.spawn(Run::send(w.exporter, threw));
                w.loop.run_for(after);
                scope.cancel("enough");
                w.loop.run_until_idle();
                EXPECT_TRUE(threw);
                EXPECT_EQ(scope.running(), 0u);
            }
            EXPECT_EQ(w.exporter.counts().given_up, 10u);
            EXPECT_EQ(w.receiver.at_once, 0);
            EXPECT_EQ(w.exporter.problem(), "enough");
        }
    }
}

TEST(Exporter, ShowsNoKey) {
    const std::string key = "Bearer s3cret-0123456789";
    World w({answers(401, {{"content-type", "text/plain"}}, "bad \"" + key + "\"\nand s3cret-0123456789")},
            {.headers = {{"authorization", key}}});
    w.send();
    EXPECT_EQ(w.exporter.problem(), "HTTP 401 Unauthorized: bad \"***\" and ***");
    w.receiver.steps = {answers(401, {{"content-type", "text/plain"}}, std::string(475, 'x') + key)};
    w.send();
    EXPECT_EQ(w.exporter.problem().find("s3c"), std::string::npos) << "not the head of it either";
}

TEST(Exporter, ManyBatchesAtOnceAddUp) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        SimulatedLoop loop(seed);
        Random random(seed);
        Receiver receiver(loop, {[&random]() -> Response {
                              static constexpr int statuses[] = {200, 200, 400, 503};
                              if (random.below(5) == 0) throw Error(ErrorKind::retry, "reset");
                              const int status = statuses[random.below(4)];
                              const std::string body = status == 200 && random.below(2) ? "\x0a\x02\x08\x02" : "";
                              return Response{.status = status, .body = body};
                          }});
        receiver.takes = 300ms;
        Exporter exporter(loop, receiver, Signal::logs, {}, Random(seed));
        Scope scope(loop);
        struct Run {
            static Task<> send(Exporter& exporter) { co_await exporter.send("batch", 5); }
        };
        for (int i = 0; i < 50; ++i) scope.spawn(Run::send(exporter));
        loop.run(scope.join());
        const ExporterCounts& c = exporter.counts();
        EXPECT_EQ(c.delivered + c.rejected + c.given_up, 250u);
        EXPECT_EQ(c.requests, 50 + c.retries);
        EXPECT_GT(c.rejected, 0u);
        EXPECT_GT(c.given_up, 0u);
        EXPECT_LE(loop.now(), Time(10s));
    }
}

}  // namespace
}  // namespace mizzen::telemetry::otlp
