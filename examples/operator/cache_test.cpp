// SPDX-License-Identifier: Apache-2.0
// The operator in a cluster of its own, in simulated time: what it makes, and that no fault changes what it comes to.
#include <gtest/gtest.h>

#include "examples/operator/controller.hpp"
#include "mizzen/base/files.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/sim/world.hpp"

namespace example {
namespace {

using namespace mizzen;

std::string cache_yaml() { return read_file(MIZZEN_SOURCE_DIR "/examples/operator/cache.yaml"); }

void add(kube::Manager& manager) { manager.add(cache_controller()); }

// Ready for its newest spec, which is the one of that generation.
bool is_ready(sim::World& world, std::int64_t generation) {
    auto cache = world.cache<Cache>().find({"default", "sessions"});
    if (!cache || cache->metadata.generation != generation) return false;
    for (const CacheCondition& c : cache->status.conditions)
        if (c.type == "Ready") return c.status == "True" && c.observed_generation == generation;
    return false;
}

json::Value sized(int pods) {
    return json::Object{{"apiVersion", "demo.mizzen.dev/v1"},
                        {"kind", "Cache"},
                        {"metadata", json::Object{{"name", "sessions"}}},
                        {"spec", json::Object{{"pods", pods}, {"megabytes", 256}}}};
}

struct Ended {
    std::string objects;   // what is there at the end; "" if it did not come to an end
    sim::Traffic traffic;  // of the operator's first life
};

// A cache comes up, gets another size, and settles.
Ended run_cache(std::uint64_t seed, sim::Faults faults) {
    sim::World world(seed);
    world.run(install_cache_crd(world.cluster().client()));
    world.cache<Cache>();
    world.start(faults, add);
    world.apply(cache_yaml());
    if (!world.runs_until([&] { return is_ready(world, 1); })) return {};
    world.apply_object(sized(3));
    if (!world.runs_until([&] { return is_ready(world, 2); })) return {};
    world.run_for(std::chrono::seconds(5));
    Ended ended{.traffic = world.traffic()};
    world.crash();
    json::Array all;
    for (const kube::DynamicKind& kind : {kube::DynamicKind(Cache::kind), kube::DynamicKind(kube::Deployment::kind),
                                          kube::DynamicKind(kube::Service::kind)}) {
        for (json::Value& object : world.snapshot(kind)) all.push_back(std::move(object));
    }
    ended.objects = json::to_pretty_json(all);
    return ended;
}

TEST(Cache, BecomesReadyAndSaysWhereItIs) {
    sim::World world(1);
    world.run(install_cache_crd(world.cluster().client()));
    world.start({}, add);
    world.apply(cache_yaml());
    world.cache<Cache>();
    ASSERT_TRUE(world.runs_until([&] { return is_ready(world, 1); }));
    auto cache = world.cache<Cache>().find({"default", "sessions"});
    EXPECT_EQ(cache->status.ready_pods, 2);
    EXPECT_EQ(cache->status.address, "sessions.default.svc:11211");
}

TEST(Cache, IsNotReadyOnOldNews) {
    Cache cache{.metadata = {.generation = 2, .name = "sessions", .namespace_ = "default"}, .spec = {.pods = 1}};
    kube::Deployment seen = deployment(cache, cache.metadata);
    seen.metadata.generation = seen.status.observed_generation = 7;
    seen.status.replicas = seen.status.ready_replicas = seen.status.updated_replicas = 1;
    CacheStatus status;
    EXPECT_EQ(assess(cache, &seen, status).state(), kube::Outcome::State::ready);
    cache.metadata.generation = 3;  // the spec changed, the Deployment not yet
    EXPECT_EQ(assess(cache, &seen, status).state(), kube::Outcome::State::waiting);
}

TEST(Cache, DeletedTakesItsObjectsAlong) {
    sim::World world(2);
    world.run(install_cache_crd(world.cluster().client()));
    world.start({}, add);
    world.apply(cache_yaml());
    world.cache<Cache>();
    world.cache<kube::Pod>();
    ASSERT_TRUE(world.runs_until([&] { return is_ready(world, 1); }));
    world.run_for(std::chrono::seconds(1));  // the garbage collector gets to know the new kind
    world.run(kube::Api<Cache>(world.cluster().client()).remove("sessions"));
    EXPECT_TRUE(world.runs_until([&] { return world.cache<kube::Pod>().size() == 0; }));
}

TEST(Cache, InSteadyStateMakesNoRequest) {
    sim::World world(3);
    world.run(install_cache_crd(world.cluster().client()));
    world.start({}, add);
    world.apply(cache_yaml());
    world.cache<Cache>();
    ASSERT_TRUE(world.runs_until([&] { return is_ready(world, 1); }));
    world.run_for(std::chrono::seconds(30));
    const auto before = world.traffic().requests;
    world.run_for(std::chrono::minutes(10));
    EXPECT_EQ(world.traffic().requests, before);
}

TEST(CacheUnderFaults, ACrashAfterAnyRequestEndsTheSame) {
    const Ended whole = run_cache(1, {});
    ASSERT_NE(whole.objects, "");
    for (std::size_t n = 1; n <= whole.traffic.requests; ++n) {
        EXPECT_EQ(run_cache(1, {.dead_after_request = n}).objects, whole.objects) << "crashed after request " << n;
    }
}

TEST(CacheUnderFaults, AWatchCutAtAnyEventEndsTheSame) {
    const Ended whole = run_cache(1, {});
    ASSERT_NE(whole.objects, "");
    for (std::size_t n = 1; n <= whole.traffic.events; n += 5) {
        EXPECT_EQ(run_cache(1, {.cut_at_event = n}).objects, whole.objects) << "cut at watch event " << n;
    }
}

TEST(CacheUnderFaults, ALostAnswerUnderAnySeedEndsTheSame) {
    const Ended whole = run_cache(1, {});
    ASSERT_NE(whole.objects, "");
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const std::size_t n = 1 + seed % whole.traffic.requests;
        EXPECT_EQ(run_cache(seed, {.lost_answer = n}).objects, whole.objects) << "seed " << seed << ", answer " << n;
    }
}

TEST(CacheUnderFaults, TheSameSeedGivesTheSameRun) {
    auto trace = [](std::uint64_t seed) {
        sim::World world(seed);
        world.run(install_cache_crd(world.cluster().client()));
        world.start({}, add);
        world.apply(cache_yaml());
        world.run_for(std::chrono::seconds(20));
        return json::to_json(world.find(kube::DynamicKind(Cache::kind), {"default", "sessions"}));
    };
    EXPECT_EQ(trace(7), trace(7));
    EXPECT_NE(trace(7), trace(8));  // another uid, at the least
}

}  // namespace
}  // namespace example
