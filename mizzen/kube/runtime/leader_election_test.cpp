// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/runtime/leader_election.hpp"

#include <gtest/gtest.h>

#include "mizzen/async/scope.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/kube/runtime/manager.hpp"
#include "mizzen/kube/runtime/testing/tiny_server.hpp"

namespace mizzen::kube {
namespace {

using namespace std::chrono_literals;
using testing::TinyServer;

constexpr const char* lease_path = "/apis/coordination.k8s.io/v1/namespaces/shop/leases/op";

LeaderElectionOptions as(std::string identity) { return {.name = "op", .ns = "shop", .identity = std::move(identity)}; }

struct LeaderElectionTest : ::testing::Test {
    SimulatedLoop loop{1};
    TinyServer server;
    Client client{loop, server, {.retry = {.tries = 1}, .timeout = 5s}};

    static Task<> lead(LeaderElection& election, std::string& log, std::string name) {
        co_await election.acquire();
        log += "+" + name;
        try {
            co_await election.hold();
        } catch (const Cancelled&) {
            throw;
        } catch (const Error& e) {
            log += "-" + name;
        }
    }
    std::string holder() const { return std::string(server.find(lease_path)->text({"spec", "holderIdentity"})); }
};

TEST_F(LeaderElectionTest, OneLeadsAndTheOtherTakesOverWhenItDies) {
    LeaderElection a(client, as("a")), b(client, as("b"));
    std::string log;
    auto first = std::make_unique<Scope>(loop);
    first->spawn(lead(a, log, "a"));
    loop.run_for(1s);
    Scope second(loop);
    second.spawn(lead(b, log, "b"));
    loop.run_for(10min);
    EXPECT_EQ(log, "+a");
    EXPECT_EQ(b.leader(), "a");
    first.reset();  // a crash
    const Time died = loop.now();
    EXPECT_TRUE(loop.run_until([&] { return log == "+a+b"; }, 1min));
    EXPECT_GE(loop.now() - died, 13s);
    EXPECT_LE(loop.now() - died, 15s + 2 * (2s * 2.2));
    EXPECT_EQ(holder(), "b");
    EXPECT_EQ(server.find(lease_path)->integer({"spec", "leaseTransitions"}), 1);
}

TEST_F(LeaderElectionTest, ALeaderThatCannotRenewStopsBeforeAnotherMayStart) {
    LeaderElection a(client, as("a"));
    std::string log;
    Scope scope(loop);
    scope.spawn(lead(a, log, "a"));
    loop.run_for(5s);
    const Time cut = loop.now();
    server.missing.push_back("/apis/coordination.k8s.io/v1/leases");
    EXPECT_TRUE(loop.run_until([&] { return log == "+a-a"; }, 1min));
    EXPECT_LE(loop.now() - cut, 12s);
    EXPECT_FALSE(a.leads());
}

TEST_F(LeaderElectionTest, ALeaseTakenByAnotherIsLostAtOnce) {
    LeaderElection a(client, as("a"));
    std::string log;
    Scope scope(loop);
    scope.spawn(lead(a, log, "a"));
    loop.run_for(5s);
    server.patch(lease_path, json::Object{{"spec", json::Object{{"holderIdentity", "thief"}}}});
    loop.run_for(3s);
    EXPECT_EQ(log, "+a-a");
}

TEST_F(LeaderElectionTest, AManagerGivesTheLeaseBackWhenItIsStoppedAndWhenItIsCancelled) {
    for (bool cancelled : {false, true}) {
        Manager manager(client, {.leader_election = as("a")});
        Scope scope(loop);
        scope.spawn(manager.run());
        loop.run_for(5s);
        EXPECT_TRUE(manager.leads());
        EXPECT_EQ(holder(), "a");
        cancelled ? scope.cancel("the end") : manager.stop();
        loop.run_for(5s);
        EXPECT_EQ(holder(), "") << cancelled;
        EXPECT_EQ(scope.running(), 0u);
    }
}

TEST_F(LeaderElectionTest, AStandbyTakesOverAtOnceWhenTheLeaderStops) {
    Manager first(client, {.leader_election = as("a")}), second(client, {.leader_election = as("b")});
    Scope scope(loop);
    scope.spawn(first.run());
    loop.run_for(1s);
    scope.spawn(second.run());
    loop.run_for(1min);
    EXPECT_TRUE(first.leads());
    EXPECT_FALSE(second.leads());
    EXPECT_TRUE(second.is_ready());
    first.stop();
    loop.run_for(5s);
    EXPECT_TRUE(second.leads());
}

TEST_F(LeaderElectionTest, TimesThatCannotWorkAreRefused) {
    EXPECT_THROW(LeaderElection(client, {.name = "op", .identity = "a", .lease = 10s, .renew = 10s}), Error);
    EXPECT_THROW(LeaderElection(client, {.name = "op", .identity = "a", .renew = 2s, .retry = 2s}), Error);
    EXPECT_THROW(LeaderElection(client, {.name = "op"}), Error);
}

}  // namespace
}  // namespace mizzen::kube
