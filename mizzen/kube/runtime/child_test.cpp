// SPDX-License-Identifier: Apache-2.0
// Children of other sorts: kinds known at run time, kinds that come later, objects that are not ours, triggers of all
// kinds.
#include <gtest/gtest.h>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/kube/runtime/manager.hpp"
#include "mizzen/kube/runtime/testing/tiny_server.hpp"
#include "mizzen/kube/schema/kinds/config.hpp"

namespace mizzen::kube {
namespace {

using namespace std::chrono_literals;
using testing::TinyServer;

const DynamicKind box("demo.dev", "v1", "Box", "boxes");
const DynamicKind monitor("monitoring.dev", "v1", "Monitor", "monitors");
constexpr const char* box_path = "/apis/demo.dev/v1/namespaces/shop/boxes/a";
constexpr const char* monitor_path = "/apis/monitoring.dev/v1/namespaces/shop/monitors/a";
constexpr const char* map_path = "/api/v1/namespaces/shop/configmaps/a";

struct ChildTest : ::testing::Test {
    SimulatedLoop loop{1};
    TinyServer server;
    Client client{loop, server, {.retry = {.tries = 1}}};
    Manager manager{client, {.name = "boxer"}};
    Scope scope{loop};

    void SetUp() override {
        server.put(box_path, json::parse(R"({"apiVersion":"demo.dev/v1","kind":"Box","spec":{"size":1}})"));
    }
    void start() {
        scope.spawn(manager.run());
        loop.run_for(1s);
        if (scope.error()) std::rethrow_exception(scope.error());
    }
    std::string writes() {
        loop.run_for(5s);
        return server.take_writes();
    }
};

// With a member that no struct of ours knows.
Task<Outcome> with_monitor(Reconcile<Dynamic>& r) {
    if (r.serves(monitor))
        r.apply(json::parse(
            R"({"apiVersion":"monitoring.dev/v1","kind":"Monitor","metadata":{"name":"a"},"spec":{"every":"30s"}})"));
    r.apply(json::parse(
        R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"k":"v"},"newerThanUs":true})"));
    co_return Outcome::ready();
}

TEST_F(ChildTest, AKindThatIsInstalledLaterIsUsedFromThenOn) {
    server.missing.push_back("/apis/monitoring.dev/v1/monitors");
    manager.add(Controller<Dynamic>(box, with_monitor).owns<ConfigMap>().owns(monitor));
    start();
    EXPECT_NE(server.find(map_path), nullptr);
    EXPECT_EQ(server.find(monitor_path), nullptr);
    server.missing.clear();
    loop.run_for(1min);
    manager.controllers()[0]->poke({"shop", "a"});
    loop.run_for(1s);
    ASSERT_NE(server.find(monitor_path), nullptr);
    EXPECT_EQ(server.find(monitor_path)->text({"metadata", "namespace"}), "shop");
    server.patch(monitor_path, json::parse(R"({"spec":{"every":"1h"}})"));
    loop.run_for(1s);
    EXPECT_EQ(server.find(monitor_path)->text({"spec", "every"}), "30s");
}

TEST_F(ChildTest, AMemberThatTheCacheDoesNotKeepIsNoDrift) {
    manager.add(Controller<Dynamic>(box, with_monitor).owns<ConfigMap>().owns(monitor));
    start();
    EXPECT_TRUE(server.find(map_path)->find("newerThanUs")->as_bool());
    server.take_writes();
    for (int i = 0; i < 3; ++i) {
        manager.controllers()[0]->poke({"shop", "a"});
        EXPECT_EQ(writes(), "");
    }
}

TEST_F(ChildTest, WhatSomeoneElseMadeIsNotTakenUnlessHandedOver) {
    server.put(map_path, json::parse(R"({"data":{"k":"theirs"}})"));
    manager.add(Controller<Dynamic>(box, with_monitor).owns<ConfigMap>().owns(monitor));
    start();
    EXPECT_EQ(server.find(map_path)->text({"data", "k"}), "theirs");
    EXPECT_EQ(manager.controllers()[0]->numbers().failures > 0, true);
    server.patch(map_path, json::parse(R"({"metadata":{"labels":{"app.kubernetes.io/managed-by":"boxer"}}})"));
    loop.run_for(10min);
    EXPECT_EQ(server.find(map_path)->text({"data", "k"}), "v");
}

TEST_F(ChildTest, WatchedObjectsCallTheReconcilersTheyConcern) {
    std::vector<std::string> visits;
    auto note = [](Reconcile<Dynamic>& r, std::vector<std::string>& visits) -> Task<Outcome> {
        visits.push_back(r.key().name);
        co_return Outcome::done();
    };
    std::vector<std::string> gone;
    manager.add(Controller<Dynamic>(box, note, visits)
                    .watches<ConfigMap>([](const ConfigMap& map) {
                        auto of = map.data.find("box");
                        return of == map.data.end() ? std::vector<ObjectKey>()
                                                    : std::vector<ObjectKey>{{map.metadata.namespace_, of->second}};
                    })
                    .on_gone([&gone](const ObjectKey& key) { gone.push_back(to_string(key)); })
                    .when([](const Dynamic* before, const Dynamic& after) {
                        return before == nullptr || before->metadata.generation != after.metadata.generation;
                    }));
    start();
    EXPECT_EQ(visits, (std::vector<std::string>{"a"}));
    server.put(map_path, json::parse(R"({"data":{"box":"a"}})"));
    loop.run_for(1s);
    server.patch(map_path, json::parse(R"({"data":{"box":null}})"));
    loop.run_for(1s);
    EXPECT_EQ(visits.size(), 3u) << "also the object that is let go";
    server.patch(box_path, json::parse(R"({"metadata":{"labels":{"x":"y"}}})"));
    loop.run_for(1s);
    EXPECT_EQ(visits.size(), 3u) << "not interesting";
    server.remove(box_path);
    loop.run_for(1s);
    EXPECT_EQ(gone, (std::vector<std::string>{"shop/a"}));
}

TEST_F(ChildTest, AConflictIsRepeatedWithoutAWordUnlessItGoesOn) {
    int visits = 0;
    auto conflict = [](Reconcile<Dynamic>&, int& visits) -> Task<Outcome> {
        ++visits;
        throw Error(ErrorKind::conflict, "changed meanwhile");
        co_return Outcome::done();
    };
    manager.add(Controller<Dynamic>(box, conflict, visits)
                    .backoff({.first = 1s, .factor = 1, .jitter = Backoff::Jitter::none}));
    start();
    loop.run_for(2500ms);
    EXPECT_GE(visits, 3);
    EXPECT_EQ(manager.events().sent(), 0u);
    loop.run_for(10s);
    EXPECT_GE(manager.events().sent(), 1u);
}

TEST_F(ChildTest, ObjectsAreVisitedSideBySideUpToTheLimit) {
    for (auto* name : {"b", "c", "d", "e"})
        server.put("/apis/demo.dev/v1/namespaces/shop/boxes/" + std::string(name), json::parse("{}"));
    struct Count {
        int now = 0, most = 0;
    } count;
    auto slow = [](Reconcile<Dynamic>&, Count& count) -> Task<Outcome> {
        count.most = std::max(count.most, ++count.now);
        co_await delay(10s);
        --count.now;
        co_return Outcome::done();
    };
    manager.add(Controller<Dynamic>(box, slow, count).limit(2));
    start();
    loop.run_for(1min);
    EXPECT_EQ(count.most, 2);
    EXPECT_EQ(manager.controllers()[0]->numbers().visits, 5u);
}

TEST_F(ChildTest, AStopWaitsForVisitsThatRun) {
    bool ended = false;
    auto slow = [](Reconcile<Dynamic>&, bool& ended) -> Task<Outcome> {
        co_await delay(5s);
        ended = true;
        co_return Outcome::done();
    };
    manager.add(Controller<Dynamic>(box, slow, ended));
    start();
    manager.stop();
    loop.run_for(2s);
    EXPECT_EQ(scope.running(), 1u);
    loop.run_for(10s);
    EXPECT_TRUE(ended);
    EXPECT_EQ(scope.running(), 0u);
}

TEST_F(ChildTest, CachesThatDoNotFillEndTheManagerWithTheReason) {
    testing::Script script;
    script.expects("GET", "/apis/demo.dev/v1/boxes")
        .replies(403, R"({"code":403,"reason":"Forbidden","message":"may not list boxes"})")
        .always();
    Client denied(loop, script);
    Manager other(denied);
    other.add(Controller<Dynamic>(box, with_monitor));
    try {
        loop.run(other.run());
        FAIL() << "no error";
    } catch (const Error& e) {
        EXPECT_NE(std::string(e.what()).find("the cache of boxes.demo.dev did not fill within 2m0s"), std::string::npos)
            << e.what();
        EXPECT_NE(std::string(e.what()).find("may not list boxes"), std::string::npos) << e.what();
    }
}

}  // namespace
}  // namespace mizzen::kube
