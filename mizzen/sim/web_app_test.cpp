// SPDX-License-Identifier: Apache-2.0
// The operator under every fault: whatever breaks, and wherever, the cluster ends the same.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <thread>

#include "mizzen/base/files.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/json/yaml.hpp"
#include "mizzen/kube/schema/kinds/apps.hpp"
#include "mizzen/kube/schema/kinds/core.hpp"
#include "mizzen/operator/operator.hpp"
#include "mizzen/sim/world.hpp"

namespace mizzen::sim {
namespace {

std::string shop_yaml() { return read_file(MIZZEN_SOURCE_DIR "/examples/shop.yaml"); }

json::Value changed_shop() {
    json::Value shop = json::parse_yaml(shop_yaml()).front().value;
    shop["spec"]["image"] = "ghcr.io/example/shop:1.5.0";
    shop["spec"]["replicas"] = 4;
    shop["spec"]["config"]["files"]["shop.toml"] = "[catalog]\npage_size = 48\n";
    return shop;
}

bool is_ready(World& world, std::int64_t generation) {
    auto app = world.cache<WebApp>().find({"default", "shop"});
    return app && app->status.phase == Phase::Ready && app->status.observed_generation == generation &&
           app->metadata.generation == generation;
}

// What the operator is answerable for, and what follows from it.
std::string everything(World& world) {
    json::Array all;
    for (const kube::DynamicKind& kind :
         {kube::DynamicKind(WebApp::kind), kube::DynamicKind(kube::Deployment::kind),
          kube::DynamicKind(kube::Service::kind), kube::DynamicKind(kube::ConfigMap::kind),
          kube::DynamicKind(kube::ServiceAccount::kind), kube::DynamicKind(kube::ReplicaSet::kind)}) {
        for (json::Value& object : world.snapshot(kind)) all.push_back(std::move(object));
    }
    all.emplace_back(static_cast<std::int64_t>(world.snapshot(kube::DynamicKind(kube::Pod::kind)).size()));
    return json::to_pretty_json(all);
}

struct Ended {
    std::string objects;  // "" if it did not come to an end
    Traffic traffic;      // of the operator's first life
};

// The shop comes up, changes its image, size and files, and settles.
Ended run_shop(std::uint64_t seed, Faults faults) {
    World world(seed);
    world.run(install_crd(world.cluster().client()));
    world.cache<WebApp>();
    world.start(faults, [](kube::Manager& manager) { manager.add(web_app_controller()); });
    world.apply(shop_yaml());
    if (!world.runs_until([&] { return is_ready(world, 1); })) return {};
    world.apply_object(changed_shop());
    if (!world.runs_until([&] { return is_ready(world, 2); })) return {};
    world.run_for(std::chrono::seconds(5));
    Ended ended{.objects = {}, .traffic = world.traffic()};
    world.crash();
    ended.objects = everything(world);
    return ended;
}

// How thorough to be; more in the release build, where a run takes milliseconds.
std::uint64_t seeds() {
    const char* wanted = std::getenv("MIZZEN_SEEDS");
    return wanted ? std::strtoull(wanted, nullptr, 10) : 5;
}

// The places 1 to `count` at which a fault is tried: all of them, or as many as there are seeds, spread out.
std::vector<std::size_t> places(std::size_t count) {
    const std::size_t step = std::max<std::size_t>(1, count / std::max<std::size_t>(1, seeds()));
    std::vector<std::size_t> out;
    for (std::size_t n = 1; n <= count; n += step) out.push_back(n);
    return out;
}

TEST(WebAppUnderFaults, ComesUpAndChangesWithoutFaults) {
    Ended ended = run_shop(1, {});
    EXPECT_NE(ended.objects.find("ghcr.io/example/shop:1.5.0"), std::string::npos);
    EXPECT_GT(ended.traffic.requests, 5u);
    EXPECT_GT(ended.traffic.events, 5u);
}

TEST(WebAppUnderFaults, TheSameSeedGivesTheSameRun) {
    auto trace = [](std::uint64_t seed) {
        World world(seed);
        world.run(install_crd(world.cluster().client()));
        world.start({}, [](kube::Manager& manager) { manager.add(web_app_controller()); });
        world.apply(shop_yaml());
        world.cache<WebApp>();
        EXPECT_TRUE(world.runs_until([&] { return is_ready(world, 1); }));
        return json::to_json(world.find(kube::DynamicKind(WebApp::kind), {"default", "shop"})) +
               std::to_string(world.cluster().server().revision()) + "/" + std::to_string(world.traffic().requests) +
               "/" + std::to_string(world.traffic().events);
    };
    EXPECT_EQ(trace(7), trace(7));
    EXPECT_NE(trace(7), trace(8));
}

TEST(WebAppUnderFaults, ACrashAfterAnyApiCallEndsTheSame) {
    const Ended whole = run_shop(1, {});
    ASSERT_NE(whole.objects, "");
    for (std::size_t n : places(whole.traffic.requests)) {
        EXPECT_EQ(run_shop(1, {.dead_after_request = n}).objects, whole.objects) << "crashed after API call " << n;
    }
}

TEST(WebAppUnderFaults, AWatchCutAtAnyEventEndsTheSame) {
    const Ended whole = run_shop(1, {});
    ASSERT_NE(whole.objects, "");
    for (std::size_t n : places(whole.traffic.events)) {
        EXPECT_EQ(run_shop(1, {.cut_at_event = n}).objects, whole.objects) << "cut at watch event " << n;
    }
}

TEST(WebAppUnderFaults, ALostRequestOrAnswerEndsTheSame) {
    const Ended whole = run_shop(1, {});
    ASSERT_NE(whole.objects, "");
    for (std::size_t n : places(whole.traffic.requests)) {
        EXPECT_EQ(run_shop(1, {.lost_request = n}).objects, whole.objects) << "lost request " << n;
        EXPECT_EQ(run_shop(1, {.lost_answer = n}).objects, whole.objects) << "lost answer to request " << n;
    }
}

Faults one_fault(std::uint64_t seed, const Traffic& traffic) {
    Random random(seed);
    switch (random.below(4)) {
        case 0:
            return {.dead_after_request = 1 + random.below(traffic.requests)};
        case 1:
            return {.cut_at_event = 1 + random.below(traffic.events)};
        case 2:
            return {.lost_request = 1 + random.below(traffic.requests)};
        default:
            return {.lost_answer = 1 + random.below(traffic.requests)};
    }
}

// A world is one thread's; worlds share nothing, so each core has its own.
TEST(WebAppUnderFaults, ManySeedsWithAFaultEachEndTheSame) {
    const Ended whole = run_shop(1, {});
    ASSERT_NE(whole.objects, "");
    std::atomic<std::uint64_t> last = 0;
    auto work = [&] {
        for (std::uint64_t seed; (seed = ++last) <= seeds();)
            EXPECT_EQ(run_shop(seed, one_fault(seed, whole.traffic)).objects, whole.objects) << "seed " << seed;
    };
    std::vector<std::jthread> cores;
    for (unsigned n = std::max(1u, std::thread::hardware_concurrency()); n > 0; --n) cores.emplace_back(work);
}

TEST(WebAppInSteadyState, MakesNoApiCallInTenMinutes) {
    World world(3);
    world.run(install_crd(world.cluster().client()));
    world.start({}, [](kube::Manager& manager) { manager.add(web_app_controller()); });
    world.apply(shop_yaml());
    world.cache<WebApp>();
    ASSERT_TRUE(world.runs_until([&] { return is_ready(world, 1); }));
    world.run_for(std::chrono::seconds(30));
    const Traffic before = world.traffic();
    world.run_for(std::chrono::minutes(10));
    EXPECT_EQ(world.traffic().requests, before.requests);
    EXPECT_EQ(world.traffic().watches, before.watches);
}

TEST(WebAppDeleted, TakesItsObjectsAlong) {
    World world(4);
    world.run(install_crd(world.cluster().client()));
    world.start({}, [](kube::Manager& manager) { manager.add(web_app_controller()); });
    world.apply(shop_yaml());
    world.cache<WebApp>();
    world.cache<kube::Pod>();
    ASSERT_TRUE(world.runs_until([&] { return is_ready(world, 1); }));
    world.run(kube::Api<WebApp>(world.cluster().client()).remove("shop"));
    EXPECT_TRUE(
        world.runs_until([&] { return world.cache<WebApp>().size() == 0 && world.cache<kube::Pod>().size() == 0; }));
    world.run_for(std::chrono::seconds(10));
    EXPECT_EQ(world.snapshot(kube::DynamicKind(kube::Deployment::kind)).size(), 0u);
    EXPECT_EQ(world.snapshot(kube::DynamicKind(kube::ReplicaSet::kind)).size(), 0u);
}

}  // namespace
}  // namespace mizzen::sim
