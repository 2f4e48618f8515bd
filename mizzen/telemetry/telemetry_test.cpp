// SPDX-License-Identifier: Apache-2.0
// The whole of it: what a program records arrives at its receiver, and its end keeps to its time.
#include "mizzen/telemetry/telemetry.hpp"

#include <gtest/gtest.h>

#include <map>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/net/server.hpp"
#include "mizzen/net/simulated_network.hpp"

namespace mizzen::telemetry {
namespace {
using namespace std::chrono_literals;

// Keeps what it is sent, by path.
struct Receiver final : net::Handler {
    Task<net::Response> handle(net::Request request) override {
        if (hangs) co_await delay(1h);
        got[std::string(request.path())] += co_await request.body.read_all();
        co_return net::Response{.headers = {{"content-type", "application/json"}}, .body = "{}"};
    }
    bool hangs = false;
    std::map<std::string, std::string> got;
};

struct ShopMetrics {
    Counter<> orders = counter("shop_orders_total", "Orders taken.");
};

struct World {
    explicit World(std::map<std::string, std::string, std::less<>> variables = {}) {
        variables.insert({"OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"});
        variables.insert({"OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"});
        variables.insert({"OTEL_SERVICE_NAME", "shop"});
        Configuration configuration = read_environment([&](std::string_view name) -> std::optional<std::string> {
            const auto at = variables.find(name);
            return at == variables.end() ? std::nullopt : std::optional(at->second);
        });
        EXPECT_EQ(configuration.warnings, std::vector<std::string>());
        server = std::make_unique<net::Server>(loop, loop.run(network.listen("collector", 4318)), receiver);
        telemetry = std::make_unique<Telemetry>(loop, network, std::move(configuration), Random(7));
    }
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
    EXPECT_EQ(world.telemetry->registry().collect(world.loop.wall()).families.size(), 1u);
}

}  // namespace
}  // namespace mizzen::telemetry
