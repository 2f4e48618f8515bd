// SPDX-License-Identifier: Apache-2.0
// From the apply of a WebApp to its Ready status is one trace.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "mizzen/base/files.hpp"
#include "mizzen/operator/operator.hpp"
#include "mizzen/sim/world.hpp"
#include "mizzen/telemetry/trace/tracer.hpp"

namespace mizzen::sim {
namespace {

using telemetry::SpanData;

struct Kept final : telemetry::SpanProcessor {
    void ended(std::unique_ptr<SpanData> span) override { spans.push_back(std::move(span)); }
    const SpanData* last(std::string_view name) const {
        const auto at =
            std::find_if(spans.rbegin(), spans.rend(), [&](const auto& span) { return span->name.view() == name; });
        return at == spans.rend() ? nullptr : at->get();
    }
    std::vector<std::unique_ptr<SpanData>> spans;
};

struct TracedWorld {
    explicit TracedWorld(std::uint64_t seed) : provider(clock, Random(seed), telemetry::always_on(), kept) {
        world.emplace(seed, ClusterOptions{.telemetry = {.tracer = telemetry::Tracer(provider, {.name = "test"}),
                                                         .propagator = propagator.get(),
                                                         .causes = &causes}});
        world->run(install_crd(world->cluster().client()));
        world->cache<WebApp>();
    }
    bool is_ready() {
        const auto app = world->cache<WebApp>().find({"default", "shop"});
        return app && app->status.phase == Phase::Ready && app->status.observed_generation == app->metadata.generation;
    }

    SimulatedLoop clock{1};  // spans tell no times here
    Kept kept;
    telemetry::TracerProvider provider;
    std::unique_ptr<telemetry::Propagator> propagator = telemetry::trace_context_propagator();
    telemetry::Causes causes;
    std::optional<World> world;
};

constexpr std::string_view apply_route = "PATCH /apis/mizzen.dev/v1/namespaces/{namespace}/webapps/{name}";
constexpr std::string_view status_route = "PATCH /apis/mizzen.dev/v1/namespaces/{namespace}/webapps/{name}/status";

// Every span but the first has its parent in the trace.
void expect_whole(const Kept& kept, const telemetry::TraceId& trace) {
    std::set<std::string> ids;
    std::size_t roots = 0;
    for (const auto& span : kept.spans)
        if (span->context.trace == trace) ids.insert(span->context.span.to_hex());
    for (const auto& span : kept.spans) {
        if (span->context.trace != trace) continue;
        if (ids.contains(span->parent.to_hex())) continue;
        ++roots;
        EXPECT_FALSE(span->parent.is_valid()) << span->name.view() << " has a parent that nobody sent";
    }
    EXPECT_EQ(roots, 1U);
}

TEST(WebAppTrace, FromApplyToReadyIsOneTrace) {
    for (const std::uint64_t seed : {1, 2, 3, 4, 5}) {
        TracedWorld traced(seed);
        World& world = *traced.world;
        world.start({}, [](kube::Manager& manager) { manager.add(web_app_controller()); });
        world.run_for(std::chrono::seconds(5));
        traced.kept.spans.clear();
        world.apply(read_file(MIZZEN_SOURCE_DIR "/examples/shop.yaml"));
        const SpanData* applied = traced.kept.last(apply_route);
        ASSERT_TRUE(applied);
        const telemetry::TraceId trace = applied->context.trace;
        ASSERT_TRUE(world.runs_until([&] { return traced.is_ready(); }));
        world.run_for(std::chrono::seconds(1));
        for (const std::string_view name :
             {status_route, std::string_view("reconcile WebApp"), std::string_view("reconcile deployment-controller"),
              std::string_view("reconcile replicaset-controller"), std::string_view("reconcile kubelet"),
              std::string_view("POST /api/v1/namespaces/{namespace}/pods")}) {
            const SpanData* last = traced.kept.last(name);
            ASSERT_TRUE(last) << name;
            EXPECT_EQ(last->context.trace, trace) << name << " with seed " << seed;
        }
        expect_whole(traced.kept, trace);
    }
}

TEST(WebAppTrace, AChangeIsATraceOfItsOwn) {
    TracedWorld traced(1);
    World& world = *traced.world;
    world.start({}, [](kube::Manager& manager) { manager.add(web_app_controller()); });
    std::string shop = read_file(MIZZEN_SOURCE_DIR "/examples/shop.yaml");
    world.apply(shop);
    ASSERT_TRUE(world.runs_until([&] { return traced.is_ready(); }));
    world.run_for(std::chrono::seconds(1));
    const telemetry::TraceId first = traced.kept.last(status_route)->context.trace;
    traced.kept.spans.clear();
    const std::size_t at = shop.find("replicas: 3");
    ASSERT_NE(at, std::string::npos);
    world.apply(shop.replace(at, 11, "replicas: 5"));
    const telemetry::TraceId second = traced.kept.last(apply_route)->context.trace;
    ASSERT_TRUE(world.runs_until([&] {
        const auto app = world.cache<WebApp>().find({"default", "shop"});
        return app && app->status.available_replicas == 5 && traced.is_ready();
    }));
    EXPECT_NE(first, second);
    EXPECT_EQ(traced.kept.last(status_route)->context.trace, second);
}

}  // namespace
}  // namespace mizzen::sim
