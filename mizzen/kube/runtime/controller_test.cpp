// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/runtime/controller.hpp"

#include <gtest/gtest.h>

#include "mizzen/async/scope.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/json/reflect.hpp"
#include "mizzen/kube/runtime/manager.hpp"
#include "mizzen/kube/runtime/testing/tiny_server.hpp"
#include "mizzen/kube/schema/kinds/config.hpp"

namespace mizzen::kube {
namespace {

using namespace std::chrono_literals;
using json::field;
using json::maybe;
using testing::TinyServer;

struct ToySpec {
    std::string text = field("What the ConfigMap shall say.");
    int copies = field("How many ConfigMaps.", 1);
};
struct ToyCondition {
    std::string type = field("Type.");
    std::string status = field("Status.");
    std::string reason = field("Reason.");
    std::string message = field("Message.");
    std::string last_transition_time = field("Time.");
};
struct ToyStatus {
    std::string phase = field("Phase.");
    std::string last_updated = field("When this changed.");
    std::optional<std::int64_t> observed_generation = maybe("Generation.");
    std::vector<ToyCondition> conditions = field("Conditions.");
};
struct Toy {
    ObjectMeta metadata = field("Metadata.");
    ToySpec spec = field("Spec.");
    ToyStatus status = field("Status.");
    static constexpr Kind kind{"demo.dev", "v1", "Toy", "toys", true};
};

constexpr const char* toy_path = "/apis/demo.dev/v1/namespaces/shop/toys/a";
std::string map_path(std::string name) { return "/api/v1/namespaces/shop/configmaps/" + name; }

// Writes its text into as many ConfigMaps as wanted.
Task<Outcome> reconcile_toy(Reconcile<Toy>& r) {
    for (int i = 0; i < r.object().spec.copies; ++i) {
        r.apply(
            ConfigMap{.data = {{"text", r.object().spec.text}}, .metadata = r.child(i == 0 ? "" : std::to_string(i))});
    }
    r.status().phase = "Made";
    co_return Outcome::ready("made " + std::to_string(r.object().spec.copies));
}

struct ControllerTest : ::testing::Test {
    SimulatedLoop loop{1};
    TinyServer server;
    Client client{loop, server, {.retry = {.tries = 1}}};
    Manager manager{client, {.name = "toymaker"}};
    std::unique_ptr<Scope> scope;

    void SetUp() override {
        server.put(toy_path,
                   json::parse(R"({"apiVersion":"demo.dev/v1","kind":"Toy","spec":{"text":"hi","copies":1}})"));
    }
    void start() {
        scope = std::make_unique<Scope>(loop);
        scope->spawn(manager.run());
        loop.run_for(5s);
        if (scope->error()) std::rethrow_exception(scope->error());
    }
    Controller<Toy> controller() { return Controller<Toy>(reconcile_toy).owns<ConfigMap>(); }
    std::string text(const std::string& path, std::initializer_list<std::string_view> keys) const {
        const json::Value* found = server.find(path);
        return found == nullptr ? "(none)" : std::string(found->text(keys));
    }
    std::string condition(std::string_view type, std::string_view member = "status") const {
        for (auto& c : server.find(toy_path)->find_path({"status", "conditions"})->as_array())
            if (c.text("type") == type) return std::string(c.text(member));
        return "(none)";
    }
};

TEST_F(ControllerTest, MakesChildrenAndSaysSo) {
    manager.add(controller());
    start();
    EXPECT_EQ(text(map_path("a"), {"data", "text"}), "hi");
    const json::Value* map = server.find(map_path("a"));
    EXPECT_EQ(map->text({"metadata", "labels", "app.kubernetes.io/managed-by"}), "toymaker");
    const json::Value& owner = map->find_path({"metadata", "ownerReferences"})->as_array()[0];
    EXPECT_EQ(owner.text("uid"), text(toy_path, {"metadata", "uid"}));
    EXPECT_EQ(owner.text("apiVersion"), "demo.dev/v1");
    EXPECT_EQ(text(toy_path, {"status", "phase"}), "Made");
    EXPECT_EQ(condition("Ready"), "True");
    EXPECT_EQ(condition("Ready", "message"), "made 1");
    EXPECT_EQ(condition("Stalled"), "False");
    EXPECT_EQ(server.find(toy_path)->integer({"status", "observedGeneration"}), 1);
    EXPECT_EQ(server.take_writes(), "PATCH " + map_path("a") + "\nPATCH " + std::string(toy_path) + "/status\n");
}

TEST_F(ControllerTest, InSteadyStateNoCallIsMade) {
    manager.add(controller());
    start();
    const int calls = server.calls();
    for (int i = 0; i < 20; ++i) {
        manager.controllers()[0]->poke({"shop", "a"});
        loop.run_for(1s);
    }
    EXPECT_EQ(server.calls(), calls);
    EXPECT_GE(manager.controllers()[0]->numbers().visits, 20u);
}

TEST_F(ControllerTest, ARestartInSteadyStateWritesNothing) {
    manager.add(controller());
    start();
    scope.reset();
    server.take_writes();
    Manager second(client, {.name = "toymaker"});
    second.add(controller());
    Scope again(loop);
    again.spawn(second.run());
    loop.run_for(5s);
    EXPECT_EQ(second.controllers()[0]->numbers().visits, 1u);
    EXPECT_EQ(server.take_writes(), "");
}

TEST_F(ControllerTest, AFieldDroppedWhileNobodyWatchedIsNoticedByItsMark) {
    manager.add(controller());
    start();
    scope.reset();
    server.take_writes();
    // The next release does not set the label any more: the live object still shows all that is wanted.
    auto without_label = [](Reconcile<Toy>& r) -> Task<Outcome> {
        ConfigMap map{.data = {{"text", r.object().spec.text}}, .metadata = r.child()};
        map.metadata.labels.clear();
        r.apply(map);
        r.status().phase = "Made";
        co_return Outcome::ready("made 1");
    };
    Manager second(client, {.name = "toymaker"});
    second.add(Controller<Toy>(without_label).owns<ConfigMap>());
    Scope again(loop);
    again.spawn(second.run());
    loop.run_for(5s);
    EXPECT_EQ(server.take_writes(), "PATCH " + map_path("a") + "\n");
}

TEST_F(ControllerTest, DriftIsMendedAndForeignMembersAreLeftAlone) {
    manager.add(controller());
    start();
    server.take_writes();
    server.patch(map_path("a"), json::parse(R"({"data":{"theirs":"x"}})"));
    loop.run_for(5s);
    EXPECT_EQ(server.take_writes(), "") << "a member that we do not speak of is no drift";
    server.patch(map_path("a"), json::parse(R"({"data":{"text":"changed by hand"}})"));
    loop.run_for(5s);
    EXPECT_EQ(text(map_path("a"), {"data", "text"}), "hi");
    EXPECT_EQ(text(map_path("a"), {"data", "theirs"}), "x");
    server.remove(map_path("a"));
    loop.run_for(5s);
    EXPECT_EQ(text(map_path("a"), {"data", "text"}), "hi");
}

TEST_F(ControllerTest, WhatIsNoLongerWantedIsPrunedAndNothingElse) {
    server.patch(toy_path, json::parse(R"({"spec":{"copies":3}})"));
    manager.add(controller());
    start();
    EXPECT_NE(server.find(map_path("a-2")), nullptr);
    // Owned, even labelled, but never applied by us.
    json::Value theirs = *server.find(map_path("a-2"));
    theirs["metadata"].erase("annotations");
    server.put(map_path("theirs"), theirs);
    loop.run_for(1s);
    server.take_writes();
    server.patch(toy_path, json::parse(R"({"spec":{"copies":1}})"));
    loop.run_for(5s);
    EXPECT_EQ(server.find(map_path("a-1")), nullptr);
    EXPECT_EQ(server.find(map_path("a-2")), nullptr);
    EXPECT_NE(server.find(map_path("theirs")), nullptr);
    EXPECT_EQ(server.take_writes(), "DELETE " + map_path("a-1") + "\nDELETE " + map_path("a-2") + "\nPATCH " +
                                        std::string(toy_path) + "/status\n");
}

TEST_F(ControllerTest, AVisitThatIsNotCompletePrunesNothing) {
    auto half = [](Reconcile<Toy>& r, bool& blocked) -> Task<Outcome> {
        if (blocked) co_return Outcome::waiting("NoSecret", "the secret is not there yet");
        co_return co_await reconcile_toy(r);
    };
    bool blocked = false;
    manager.add(Controller<Toy>(half, blocked).owns<ConfigMap>());
    start();
    blocked = true;
    manager.controllers()[0]->poke({"shop", "a"});
    loop.run_for(5s);
    EXPECT_NE(server.find(map_path("a")), nullptr);
    EXPECT_EQ(condition("Ready"), "False");
    EXPECT_EQ(condition("Reconciling", "reason"), "NoSecret");
}

TEST_F(ControllerTest, AnUnchangedStatusIsNotWrittenAndItsStampStays) {
    manager.add(controller().stamps("lastUpdated"));
    start();
    const std::string stamp = text(toy_path, {"status", "lastUpdated"});
    EXPECT_EQ(stamp, "2026-01-01T00:00:00Z");
    loop.run_for(1h);
    server.take_writes();
    manager.controllers()[0]->poke({"shop", "a"});
    loop.run_for(1s);
    EXPECT_EQ(server.take_writes(), "");
    EXPECT_EQ(text(toy_path, {"status", "lastUpdated"}), stamp);
    server.patch(toy_path, json::parse(R"({"spec":{"copies":2}})"));
    loop.run_for(1s);
    EXPECT_NE(text(toy_path, {"status", "lastUpdated"}), stamp);
    EXPECT_EQ(condition("Ready", "lastTransitionTime"), "2026-01-01T00:00:00Z") << "it was ready all the time";
}

TEST_F(ControllerTest, AThrownErrorBecomesAConditionAnEventAndGrowingWaits) {
    std::vector<long> at;
    auto broken = [](Reconcile<Toy>& r, std::vector<long>& at) -> Task<Outcome> {
        at.push_back(std::chrono::duration_cast<std::chrono::seconds>(r.loop().now().time_since_epoch()).count());
        if (at.size() < 5) throw Error(ErrorKind::denied, "no entry");
        co_return Outcome::ready();
    };
    manager.add(Controller<Toy>(broken, at).backoff({.first = 1s, .most = 1min, .jitter = Backoff::Jitter::none}));
    start();
    EXPECT_EQ(condition("Ready"), "False");
    EXPECT_EQ(condition("Ready", "reason"), "Denied");
    EXPECT_EQ(condition("Ready", "message"), "no entry");
    loop.run_for(1min);
    EXPECT_EQ(at, (std::vector<long>{0, 1, 3, 7, 15}));
    EXPECT_EQ(condition("Ready"), "True");
    EXPECT_EQ(manager.events().sent(), 2u) << "one Event, and its count once more";
}

TEST_F(ControllerTest, AReconcilerThatHangsIsCutOff) {
    auto hangs = [](Reconcile<Toy>&) -> Task<Outcome> {
        Latch never;
        co_await never.wait();
        co_return Outcome::ready();
    };
    manager.add(Controller<Toy>(hangs).timeout(10s));
    start();
    loop.run_for(10s);
    EXPECT_EQ(condition("Ready", "message"), "the reconciler took longer than 10s");
}

TEST_F(ControllerTest, AMistakeInAReconcilerHurtsOneObjectOnly) {
    server.put("/apis/demo.dev/v1/namespaces/shop/toys/b", json::parse(R"({"spec":{"text":"fine"}})"));
    auto bad = [](Reconcile<Toy>& r) -> Task<Outcome> {
        if (r.object().metadata.name == "a") throw std::out_of_range("vector");
        co_return co_await reconcile_toy(r);
    };
    manager.add(Controller<Toy>(bad).owns<ConfigMap>());
    start();
    EXPECT_EQ(text(map_path("b"), {"data", "text"}), "fine");
    EXPECT_EQ(condition("Ready", "message"), "vector");
}

TEST_F(ControllerTest, CleanupRunsBehindAFinalizerUntilItIsDone) {
    int cleaned = 0;
    auto cleanup = [](Reconcile<Toy>&, int& cleaned) -> Task<Outcome> {
        if (++cleaned == 1) co_return Outcome::waiting("Closing", "the account is closing").again_in(10s);
        co_return Outcome::done();
    };
    manager.add(controller().on_delete(cleanup, cleaned));
    start();
    EXPECT_EQ(server.find(toy_path)->find_path({"metadata", "finalizers"})->as_array()[0].as_string(),
              "mizzen.dev/toymaker-cleanup");
    EXPECT_EQ(text(map_path("a"), {"data", "text"}), "hi");
    server.remove(toy_path);
    loop.run_for(5s);
    EXPECT_EQ(cleaned, 1);
    EXPECT_EQ(condition("Reconciling", "reason"), "Closing");
    loop.run_for(20s);
    EXPECT_EQ(cleaned, 2);
    EXPECT_EQ(server.find(toy_path), nullptr);
}

TEST_F(ControllerTest, TheNextVisitSeesWhatTheLastOneWrote) {
    struct Seen {
        std::vector<std::size_t> children;
    } seen;
    // Creates one child if there is none: a cache that is behind would make it create a second.
    auto create = [](Reconcile<Toy>& r, Seen& seen) -> Task<Outcome> {
        auto children = r.children<ConfigMap>();
        seen.children.push_back(children.size());
        if (children.empty())
            co_await r.api<ConfigMap>().create({.metadata = r.child("n" + std::to_string(seen.children.size()))});
        co_return Outcome::done();
    };
    manager.add(Controller<Toy>(create, seen).owns<ConfigMap>());
    server.hold_events();
    scope = std::make_unique<Scope>(loop);
    scope->spawn(manager.run());
    loop.run_for(1s);
    manager.controllers()[0]->poke({"shop", "a"});
    loop.run_for(1s);
    EXPECT_EQ(seen.children.size(), 1u) << "the next visit waits";
    server.release_events();
    manager.controllers()[0]->poke({"shop", "a"});
    loop.run_for(5s);
    ASSERT_GE(seen.children.size(), 2u);
    EXPECT_EQ(seen.children[0], 0u);
    for (std::size_t i = 1; i < seen.children.size(); ++i) EXPECT_EQ(seen.children[i], 1u) << i;
    EXPECT_EQ(server.take_writes(), "POST /api/v1/namespaces/shop/configmaps\n");
}

TEST_F(ControllerTest, AFailureAtAnyWriteIsMadeGoodLater) {
    server.patch(toy_path, json::parse(R"({"spec":{"copies":3}})"));
    for (int n = 1; n <= 4; ++n) {
        for (bool late : {false, true}) {
            SimulatedLoop time(static_cast<std::uint64_t>(n));
            TinyServer flaky;
            flaky.put(toy_path, json::parse(R"({"spec":{"text":"hi","copies":3}})"));
            flaky.fail_write(n, late);
            Client caller(time, flaky, {.retry = {.tries = 1}});
            Manager manager(caller, {.name = "toymaker"});
            manager.add(controller());
            Scope scope(time);
            scope.spawn(manager.run());
            time.run_for(1min);
            for (auto* name : {"a", "a-1", "a-2"}) EXPECT_NE(flaky.find(map_path(name)), nullptr) << n << late << name;
            EXPECT_EQ(flaky.find(toy_path)->text({"status", "phase"}), "Made") << n << late;
            const int calls = flaky.calls();
            time.run_for(10min);
            EXPECT_LE(flaky.calls() - calls, 2 * 3) << "only watches that end and begin again";
        }
    }
}

TEST_F(ControllerTest, AChildOfAKindThatIsNotOwnedIsAMistakeThatIsNamed) {
    auto foreign = [](Reconcile<Toy>& r) -> Task<Outcome> {
        r.apply(json::parse(R"({"apiVersion":"v1","kind":"Secret","metadata":{"name":"x"}})"));
        co_return Outcome::ready();
    };
    manager.add(Controller<Toy>(foreign));
    start();
    EXPECT_EQ(condition("Ready", "message"),
              "a Secret (v1) is applied, but the controller does not own that kind; add it with owns()");
}

TEST_F(ControllerTest, StopsInOrder) {
    manager.add(controller());
    start();
    EXPECT_TRUE(manager.is_idle());
    manager.stop();
    loop.run_for(1s);
    EXPECT_EQ(scope->running(), 0u);
    EXPECT_FALSE(scope->error());
}

TEST(ChildName, IsCutWithAHashWhereItIsTooLong) {
    SimulatedLoop loop(1);
    TinyServer server;
    Client client(loop, server);
    Caches caches(client, "", {});
    EventRecorder events(client, "x");
    Surroundings around{client, caches, events, "x"};
    ObjectMeta owner{.name = std::string(60, 'a'), .namespace_ = "shop", .uid = "u"};
    Visit visit(around, DynamicKind(Toy::kind), owner);
    EXPECT_EQ(visit.child().name, owner.name);
    EXPECT_EQ(visit.child("config").name.size(), 63u);
    EXPECT_NE(visit.child("config").name, visit.child("secret").name);
    EXPECT_EQ(visit.child("config").name, visit.child("config").name);
}

}  // namespace
}  // namespace mizzen::kube
