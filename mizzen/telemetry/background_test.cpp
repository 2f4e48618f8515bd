// SPDX-License-Identifier: Apache-2.0
// Programs with threads of their own: spans of all of them arrive, the end keeps to its time, a fork hurts nobody.
#include "mizzen/telemetry/background.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "mizzen/async/real_loop.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/net/sockets.hpp"
#include "mizzen/telemetry/exposition/exposition.hpp"

namespace mizzen::telemetry {
namespace {
using namespace std::chrono_literals;

class Background : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = testing::TempDir() + "backgroundXXXXXX";
        ASSERT_TRUE(mkdtemp(name.data()));
        folder = name;
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    Configuration to_file(const char* name, std::size_t queue = 100'000) const {
        Configuration out = read_environment([](std::string_view) { return std::nullopt; });
        out.traces = {{.kind = ExporterKind::file, .file = folder / name, .batches = {.queue = queue}}};
        out.metrics.clear();
        out.logs.clear();
        return out;
    }
    BackgroundOptions quiet() {
        return {.telemetry = {.errors = [](std::string_view) {}}, .shutdown_limit = 5s};
    }
    std::vector<json::Value> spans_in(const char* name) const {
        std::vector<json::Value> spans;
        std::ifstream file(folder / name);
        for (std::string line; std::getline(file, line);) {
            json::Value request = json::parse(line);
            for (json::Value& resource : request["resourceSpans"].as_array())
                for (json::Value& scope : resource["scopeSpans"].as_array())
                    for (json::Value& span : scope["spans"].as_array()) spans.push_back(span);
        }
        return spans;
    }
    std::filesystem::path folder;
};

TEST_F(Background, SpansOfManyThreadsArriveOnce) {
    BackgroundTelemetry telemetry(to_file("spans"), quiet());
    const SharedTracer tracer = telemetry.tracer({.name = "shop"});
    for (int round = 0; round < 2; ++round) {  // the second threads go on with what the first left
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&tracer] {
                for (int i = 0; i < 250; ++i) {
                    const Span order = tracer.start("order");
                    Span payment = tracer.start("payment", {.parent = &order, .kind = SpanKind::client});
                    payment.set("n", i);
                }
            });
        for (std::thread& thread : threads) thread.join();
    }
    EXPECT_TRUE(telemetry.shut_down(30s));
    const std::vector<json::Value> spans = spans_in("spans");
    ASSERT_EQ(spans.size(), 4000u);
    std::map<std::string, std::string> trace_of;
    for (const json::Value& span : spans) trace_of[std::string(span.text("spanId"))] = span.text("traceId");
    EXPECT_EQ(trace_of.size(), 4000u) << "ids are drawn once";
    std::size_t children = 0;
    for (const json::Value& span : spans) {
        const std::string parent(span.text("parentSpanId"));
        if (parent.empty()) continue;
        ++children;
        EXPECT_EQ(trace_of.at(parent), span.text("traceId"));
    }
    EXPECT_EQ(children, 2000u);
    EXPECT_TRUE(telemetry.shut_down(1s)) << "gives what it gave";
}

TEST_F(Background, ASpanMayEndOnAnotherThreadAndOutliveItsOwn) {
    {
        BackgroundTelemetry telemetry(to_file("spans"), quiet());
        const SharedTracer tracer = telemetry.tracer({.name = "shop"});
        Span span;
        std::thread([&] { span = tracer.start("handed over"); }).join();
        std::thread([&span] {
            span.set("by", "another");
            span.end();
        }).join();
    }
    ASSERT_EQ(spans_in("spans").size(), 1u) << "the destructor sends what is left";
    EXPECT_EQ(spans_in("spans")[0].text("name"), "handed over");
}

TEST_F(Background, WhatFindsTheQueueFullIsDroppedAndCounted) {
    BackgroundTelemetry telemetry(to_file("spans", 16), quiet());
    const SharedTracer tracer = telemetry.tracer({.name = "shop"});
    for (int i = 0; i < 5000; ++i) tracer.start("order");
    telemetry.shut_down(10s);
    tracer.start("too late");
    std::uint64_t processed = 0, dropped = 0;
    std::int64_t live = 0;
    const Snapshot snapshot = telemetry.registry().collect(WallTime(1s));
    for (const Family& family : snapshot.families)
        for (std::size_t row = 0; row < family.size(); ++row) {
            const auto* numbers = std::get_if<std::vector<Number>>(&family.points);
            if (!numbers) continue;
            if (family.name == "otel_sdk_span_live") live += std::get<std::int64_t>((*numbers)[row]);
            if (family.name != "otel_sdk_processor_span_processed") continue;
            const std::uint64_t n = std::get<std::uint64_t>((*numbers)[row]);
            (family.labels.at(row, 2).empty() ? processed : dropped) += n;
        }
    EXPECT_EQ(processed, spans_in("spans").size());
    EXPECT_EQ(processed + dropped, 5001u) << "each is sent or told of";
    EXPECT_GE(dropped, 1u);
    EXPECT_EQ(live, 0);
}

TEST_F(Background, EndsInTimeWhateverTheReceiverDoes) {
    // Connections are taken by the system, and nobody answers.
    const int silent = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{.sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    ASSERT_EQ(bind(silent, reinterpret_cast<sockaddr*>(&address), size), 0);
    ASSERT_EQ(listen(silent, 8), 0);
    ASSERT_EQ(getsockname(silent, reinterpret_cast<sockaddr*>(&address), &size), 0);
    Configuration configuration = to_file("spans");
    configuration.traces = {{.otlp = {.host = "127.0.0.1", .port = ntohs(address.sin_port)}}};
    net::SocketPoller poller;
    const RealLoop clock(poller);
    {
        BackgroundTelemetry telemetry(configuration, quiet());
        telemetry.tracer({.name = "shop"}).start("order");
        const Time begin = clock.now();
        EXPECT_FALSE(telemetry.shut_down(200ms));
        EXPECT_LT(clock.now() - begin, 2s);
    }
    close(silent);
}

TEST_F(Background, CountsAndLogsOnAnyThread) {
    std::string lines;
    BackgroundOptions options = quiet();
    options.telemetry.output = [&lines](std::string_view some) { lines += some; };
    Configuration configuration = to_file("spans");
    configuration.logs = {{.kind = ExporterKind::console}};
    BackgroundTelemetry telemetry(configuration, options);
    struct Shop {
        Counter<> orders = counter("shop_orders_total", "Orders.");
    };
    const auto metrics = telemetry.registry().make<Shop>();
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&metrics, t, log = telemetry.logger("shop")] {
            for (int i = 0; i < 1000; ++i) metrics.orders.add();
            log.info("thread {} is through", t);
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_TRUE(telemetry.shut_down(10s));
    for (const char* line : {"thread 0", "thread 1", "thread 2", "thread 3"})
        EXPECT_NE(lines.find(line), std::string::npos) << lines;
    EXPECT_NE(to_prometheus_text(telemetry.registry().collect(WallTime())).find("shop_orders_total 4000\n"),
              std::string::npos);
}

TEST_F(Background, AChildOfAForkSendsNothingAndHangsNowhere) {
    auto telemetry = std::make_unique<BackgroundTelemetry>(to_file("parent"), quiet());
    const SharedTracer tracer = telemetry->tracer({.name = "shop"});
    tracer.start("before");
    const pid_t child = fork();
    if (child == 0) {
        const Span in_child = tracer.start("in the child");
        if (telemetry->shut_down(1s)) _exit(1);
        telemetry.reset();
        BackgroundTelemetry own(to_file("child"), quiet());
        own.tracer({.name = "shop"}).start("its own");
        _exit(own.shut_down(20s) ? 0 : 2);
    }
    const Span in_parent = tracer.start("in the parent");
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    tracer.start("after");
    EXPECT_TRUE(telemetry->shut_down(20s));
    std::multiset<std::string> names;
    for (const json::Value& span : spans_in("parent")) names.emplace(span.text("name"));
    EXPECT_EQ(names, (std::multiset<std::string>{"after", "before"}));
    ASSERT_EQ(spans_in("child").size(), 1u);
    EXPECT_EQ(spans_in("child")[0].text("name"), "its own");
}

TEST_F(Background, DisabledRecordsNothing) {
    Configuration configuration = to_file("spans");
    configuration.disabled = true;
    BackgroundTelemetry telemetry(configuration, quiet());
    EXPECT_FALSE(telemetry.tracer({.name = "shop"}).start("order").is_recording());
    EXPECT_TRUE(telemetry.shut_down(5s));
    EXPECT_FALSE(SharedTracer().start("order").is_recording());
}

TEST(VariablesFrom, AsksForEachName) {
    const Environment variables = variables_from([](const char* name) -> char* {
        static char value[] = "shop";
        return std::string_view(name) == "OTEL_SERVICE_NAME" ? value : nullptr;
    });
    EXPECT_EQ(variables("OTEL_SERVICE_NAME"), "shop");
    EXPECT_EQ(variables("OTEL_SERVICE_NAME_"), std::nullopt);
}

}  // namespace
}  // namespace mizzen::telemetry
