// SPDX-License-Identifier: Apache-2.0
// The whole of it: what a program records arrives at its receiver, and its end keeps to its time.
#include "mizzen/telemetry/telemetry.hpp"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <map>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/client.hpp"
#include "mizzen/net/server.hpp"
#include "mizzen/net/simulated_network.hpp"
#include "mizzen/telemetry/configuration/file.hpp"
#include "mizzen/telemetry/exposition/exposition.hpp"

namespace mizzen::telemetry {
namespace {
using namespace std::chrono_literals;

// Keeps what it is sent, by path.
struct Receiver final : net::Handler {
    Task<net::Response> handle(net::Request request) override {
        if (hangs) co_await delay(1h);
        got[std::string(request.path())] += co_await request.body.read_all();
        co_return net::Response{.status = status, .headers = {{"content-type", "application/json"}}, .body = "{}"};
    }
    bool hangs = false;
    int status = 200;
    std::map<std::string, std::string> got;
};

struct ShopMetrics {
    Counter<> orders = counter("shop_orders_total", "Orders taken.");
};

struct OrderMetrics {
    Histogram<> wait = histogram("shop_wait_seconds", "Time until an order is taken.", "seconds");
};

struct World {
    explicit World(Configuration configuration) { start(std::move(configuration)); }
    explicit World(std::map<std::string, std::string, std::less<>> variables = {}) {
        variables.insert({"OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"});
        variables.insert({"OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"});
        variables.insert({"OTEL_SERVICE_NAME", "shop"});
        Configuration configuration = read_environment(
            [&](std::string_view name) -> std::optional<std::string> {
                const auto at = variables.find(name);
                return at == variables.end() ? std::nullopt : std::optional(at->second);
            },
            Machine{.pid = getpid()});
        EXPECT_EQ(configuration.warnings, std::vector<std::string>());
        start(std::move(configuration));
    }
    void start(Configuration configuration) {
        server = std::make_unique<net::Server>(loop, loop.run(network.listen("collector", 4318)), receiver);
        telemetry = std::make_unique<Telemetry>(
            loop, network, std::move(configuration), Random(7),
            TelemetryOptions{.output = into(output), .errors = into(errors), .ticks = ticks_of(loop)});
    }
    static LineSink into(std::string& text) {
        return [&text](std::string_view lines) { text += lines; };
    }
    std::size_t lines_with(std::string_view words) const {
        std::size_t n = 0;
        for (std::size_t at = 0; (at = errors.find(words, at)) != std::string::npos; ++at) ++n;
        return n;
    }
    std::string page() { return to_text(telemetry->registry().collect(loop.wall())); }
    static std::string to_text(const Snapshot& snapshot) { return expose(snapshot, Exposition{}); }
    void work() {
        const Tracer tracer = telemetry->tracer({.name = "shop"});
        Span span = tracer.start("order");
        telemetry->registry().make<ShopMetrics>().orders.add(3);
        telemetry->logger("shop.orders").with(&span).info("order {} taken", 17);
    }
    bool shut_down() { return loop.run(telemetry->shut_down(5s)); }

    SimulatedLoop loop{3};
    net::SimulatedNetwork network{loop};
    Receiver receiver;
    std::string output, errors;
    std::unique_ptr<net::Server> server;
    std::unique_ptr<Telemetry> telemetry;
};

TEST(Telemetry, AllThreeSignalsArrive) {
    World world;
    world.work();
    EXPECT_TRUE(world.shut_down());
    EXPECT_NE(world.receiver.got["/v1/traces"].find("\"name\":\"order\""), std::string::npos);
    EXPECT_NE(world.receiver.got["/v1/metrics"].find("shop_orders"), std::string::npos);
    EXPECT_NE(world.receiver.got["/v1/logs"].find("order 17 taken"), std::string::npos);
    for (const auto& [path, body] : world.receiver.got) EXPECT_NE(body.find("\"shop\""), std::string::npos) << path;
    EXPECT_EQ(world.telemetry->problem(), "");
}

TEST(Telemetry, LogsAndSpansGoOutByThemselves) {
    World world;
    world.work();
    world.loop.run_for(6s);
    EXPECT_NE(world.receiver.got["/v1/traces"], "");
    EXPECT_NE(world.receiver.got["/v1/logs"], "");
    EXPECT_EQ(world.receiver.got["/v1/metrics"], "");
    world.loop.run_for(60s);
    EXPECT_NE(world.receiver.got["/v1/metrics"], "");
}

TEST(Telemetry, AReceiverThatHangsOrRefusesDoesNotHoldTheEnd) {
    for (const bool refuses : {false, true}) {
        World world;
        world.receiver.hangs = true;
        world.network.refuse("collector", refuses);
        world.work();
        const Time began = world.loop.now();
        EXPECT_FALSE(world.shut_down());
        EXPECT_LE(world.loop.now() - began, 5s);
    }
}

TEST(Telemetry, SendsNothingWhereItIsDisabled) {
    World world({{"OTEL_SDK_DISABLED", "true"}});
    world.work();
    EXPECT_TRUE(world.shut_down());
    EXPECT_EQ(world.network.counters().connected, 0u);
}

TEST(Telemetry, ASignalWithoutExporterStaysHere) {
    World world({{"OTEL_TRACES_EXPORTER", "none"}, {"OTEL_METRICS_EXPORTER", "prometheus"}});
    world.work();
    EXPECT_TRUE(world.shut_down());
    EXPECT_EQ(world.receiver.got.size(), 1u);
    EXPECT_TRUE(world.receiver.got.contains("/v1/logs"));
    EXPECT_NE(world.page().find("shop_orders_total 3"), std::string::npos);
}

TEST(Telemetry, PrometheusReadsItsOwnPort) {
    World world({{"OTEL_METRICS_EXPORTER", "prometheus"},
                 {"OTEL_EXPORTER_PROMETHEUS_HOST", "shop"},
                 {"OTEL_EXPORTER_PROMETHEUS_PORT", "9000"}});
    world.work();
    world.loop.run_for(1ms);
    struct Ask {
        static Task<std::string> page(net::HttpClient& client, std::string path) {
            net::Response response = co_await client.send({.target = path});
            std::string body = co_await response.body.read_all();
            co_return std::to_string(response.status) + " " + body;
        }
    };
    net::HttpClient client(world.loop, world.network, {.host = "shop", .port = 9000});
    EXPECT_NE(world.loop.run(Ask::page(client, "/metrics")).find("shop_orders_total 3"), std::string::npos);
    EXPECT_TRUE(world.loop.run(Ask::page(client, "/")).starts_with("404 "));
    EXPECT_TRUE(world.shut_down());
}

TEST(Telemetry, APortThatIsTakenIsSaidOnceAndTriedAgain) {
    SimulatedLoop loop(1);
    net::SimulatedNetwork network(loop);
    auto listener = loop.run(network.listen("localhost", 9464));
    std::string errors;
    Telemetry telemetry(loop, network,
                        {.traces = {}, .metrics = {Output{.kind = ExporterKind::prometheus}}, .logs = {}}, Random(1),
                        {.errors = World::into(errors), .ticks = ticks_of(loop)});
    loop.run_for(60s);
    EXPECT_EQ(errors.find("metrics are not served"), errors.rfind("metrics are not served")) << errors;
    EXPECT_NE(errors.find("metrics are not served"), std::string::npos);
    listener.reset();
    loop.run_for(6s);
    EXPECT_NE(errors.find("metrics are served on"), std::string::npos) << errors;
}

TEST(Telemetry, ConsoleShowsAllThreeSignals) {
    World world(
        {{"OTEL_TRACES_EXPORTER", "console"}, {"OTEL_METRICS_EXPORTER", "console"}, {"OTEL_LOGS_EXPORTER", "console"}});
    world.work();
    EXPECT_TRUE(world.shut_down());
    EXPECT_NE(world.output.find("order  0s internal"), std::string::npos) << world.output;
    EXPECT_NE(world.output.find("shop_orders_total 3"), std::string::npos) << world.output;
    EXPECT_NE(world.output.find("order 17 taken"), std::string::npos) << world.output;
    EXPECT_EQ(world.network.counters().connected, 0u);
}

TEST(Telemetry, OtlpLinesOnStandardOutput) {
    World world({{"OTEL_TRACES_EXPORTER", "otlp/stdout,console"},
                 {"OTEL_METRICS_EXPORTER", "otlp/stdout"},
                 {"OTEL_LOGS_EXPORTER", "otlp/stdout"}});
    world.work();
    EXPECT_TRUE(world.shut_down());
    for (const char* begin : {"{\"resourceSpans\":", "{\"resourceMetrics\":", "{\"resourceLogs\":"})
        EXPECT_NE(world.output.find(begin), std::string::npos) << begin;
    EXPECT_NE(world.output.find("S 12:"), world.output.find("S 00:")) << "and for people";
}

TEST(Telemetry, SaysOnceWhatIsWrongWithAReceiver) {
    World world;
    world.receiver.status = 503;
    for (int i = 0; i < 20; ++i) {
        world.work();
        world.loop.run_for(15s);
    }
    EXPECT_EQ(world.lines_with("spans do not get to http://collector:4318: HTTP 503"), 1u) << world.errors;
    EXPECT_EQ(world.lines_with("log records do not get to"), 1u) << world.errors;
    world.receiver.status = 200;
    world.work();
    world.loop.run_for(15s);
    EXPECT_EQ(world.lines_with("spans go to http://collector:4318 again"), 1u) << world.errors;
    EXPECT_NE(world.page().find("otel_sdk_exporter_span_exported_total"), std::string::npos);
    EXPECT_NE(world.page().find("error_type=\"503\""), std::string::npos) << world.page();
}

TEST(Telemetry, AQueueThatIsFullIsSaidOnceAndCounted) {
    World world({{"OTEL_BSP_MAX_QUEUE_SIZE", "10"}, {"OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "5"}});
    world.receiver.hangs = true;
    for (int i = 0; i < 100; ++i) world.work();
    world.loop.run_for(500ms);
    EXPECT_EQ(world.lines_with("the queue of spans is full"), 1u) << world.errors;
    EXPECT_NE(world.page().find("error_type=\"queue_full\"} 90"), std::string::npos) << world.page();
    EXPECT_NE(world.page().find("otel_sdk_span_live{otel_span_sampling_result=\"RECORD_AND_SAMPLE\"} 0"),
              std::string::npos);
    world.receiver.hangs = false;
    world.loop.run_for(60s);
    EXPECT_EQ(world.lines_with("the queue of spans has room again; 90 were dropped"), 1u) << world.errors;
}

TEST(Telemetry, OurOwnLogHasItsLevel) {
    World world({{"OTEL_LOG_LEVEL", "none"}});
    world.network.refuse("collector", true);
    world.work();
    world.loop.run_for(60s);
    EXPECT_EQ(world.errors, "");
}

TEST(Telemetry, DeltasAndExponentialHistogramsAsTheVariablesSay) {
    World world({{"OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "delta"},
                 {"OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION", "base2_exponential_bucket_histogram"}});
    const auto metrics = world.telemetry->registry().make<OrderMetrics>();
    metrics.wait.observe(0.5);
    world.loop.run_for(61s);
    std::string& sent = world.receiver.got["/v1/metrics"];
    EXPECT_NE(sent.find("\"shop_wait_seconds\",\"description\":\"Time until an order is taken.\",\"unit\":\"s\","
                        "\"exponentialHistogram\""),
              std::string::npos)
        << sent;
    EXPECT_NE(sent.find("\"aggregationTemporality\":1"), std::string::npos);
    sent.clear();
    world.loop.run_for(60s);
    EXPECT_EQ(sent.find("shop_wait_seconds"), std::string::npos) << "nothing came since";
    EXPECT_TRUE(world.shut_down());
}

TEST(Telemetry, AConfigurationFileSaysItAll) {
    const auto text = [](const char* sampler) {
        const auto exporter = [](const std::string& signal) {
            return "{otlp_http: {encoding: json, endpoint: \"http://collector:4318/in/" + signal + "\"}}";
        };
        return "file_format: \"1.0\"\n"
               "resource: {attributes: [{name: service.name, value: shop-by-file}]}\n"
               "tracer_provider: {processors: [{batch: {exporter: " +
               exporter("traces") + "}}], sampler: " + sampler +
               "}\n"
               "logger_provider: {processors: [{simple: {exporter: " +
               exporter("logs") +
               "}}]}\n"
               "meter_provider:\n"
               "  readers: [{periodic: {interval: 1000, exporter: " +
               exporter("metrics") +
               "}}]\n"
               "  views:\n"
               "    - {selector: {instrument_name: shop_orders}, stream: {name: shop_sales}}\n"
               "    - {selector: {instrument_name: otel_sdk_span_live}, stream: {attribute_keys: {included: "
               "[none.such]}}}\n";
    };
    const auto configured = [&](const char* sampler) {
        return read_configuration(text(sampler), "otel.yaml", [](std::string_view) { return std::nullopt; }, Machine{});
    };
    World world(configured("{always_on: }"));
    world.work();
    world.loop.run_for(2s);
    EXPECT_NE(world.receiver.got["/in/metrics"].find("\"shop_sales\""), std::string::npos);
    EXPECT_NE(world.receiver.got["/in/logs"].find("order 17 taken"), std::string::npos) << "it does not wait";
    EXPECT_EQ(world.lines_with("none_such"), 1u) << "what a view cannot do is said once: " << world.errors;
    EXPECT_TRUE(world.shut_down());
    EXPECT_NE(world.receiver.got["/in/traces"].find("shop-by-file"), std::string::npos);
    World without(configured("{parent_based: {root: {trace_id_ratio_based: {ratio: 0}}}}"));
    without.work();
    EXPECT_TRUE(without.shut_down());
    EXPECT_FALSE(without.receiver.got.contains("/in/traces"));
}

TEST(Telemetry, CountsHowLongItReadsItsMetrics) {
    World world;
    world.loop.run_for(121s);
    EXPECT_NE(
        world.page().find("otel_sdk_metric_reader_collection_duration_seconds_count{otel_component_name=\"periodic_"
                          "metric_reader/0\",otel_component_type=\"periodic_metric_reader\"} 2"),
        std::string::npos)
        << world.page();
    EXPECT_NE(world.receiver.got["/v1/metrics"].find("\"otel.sdk.metric_reader.collection.duration\""),
              std::string::npos);
    const Observation broken = world.telemetry->registry().observe(
        gauge("shop_level", "Broken."), []() -> double { throw Error(ErrorKind::bug, "x"); });
    world.loop.run_for(60s);
    EXPECT_NE(world.page().find("error_type=\"callback_failed\"} 1"), std::string::npos) << world.page();
}

// The child answers by its exit code, for the report of a failed test would be the parent's.
TEST(Telemetry, AChildSendsNothingOfItsParents) {
    World world;
    world.work();
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        const auto instance = [&] {
            return *world.telemetry->resource().attributes.find("service.instance.id")->as<std::string>();
        };
        const std::string parents = instance();
        const Tracer tracer = world.telemetry->tracer({.name = "shop"});
        world.loop.run_for(6s);
        if (!world.receiver.got["/v1/traces"].empty() || !world.receiver.got["/v1/logs"].empty()) _exit(1);
        tracer.start("child's").end();
        world.telemetry->logger("shop").info("child's log");
        if (!world.shut_down()) _exit(2);
        const std::string spans = world.receiver.got["/v1/traces"], logs = world.receiver.got["/v1/logs"];
        if (spans.find("child's") == std::string::npos || logs.find("child's log") == std::string::npos) _exit(3);
        if (spans.find("\"order\"") != std::string::npos || logs.find("order 17") != std::string::npos) _exit(4);
        if (instance() == parents || spans.find(instance()) == std::string::npos) _exit(5);
        if (spans.find("\"process.pid\",\"value\":{\"intValue\":\"" + std::to_string(getpid())) == std::string::npos)
            _exit(6);
        _exit(0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
    EXPECT_TRUE(world.shut_down());
    EXPECT_NE(world.receiver.got["/v1/traces"].find("\"order\""), std::string::npos) << "the parent sends its own";
}

}  // namespace
}  // namespace mizzen::telemetry
