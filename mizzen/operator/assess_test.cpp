// SPDX-License-Identifier: Apache-2.0
// How an app stands: every phase and every reason, from what the Deployment says of itself.
#include <gtest/gtest.h>

#include "mizzen/operator/operator.hpp"
#include "mizzen/operator/parts/parts.hpp"

namespace mizzen {
namespace {

using State = kube::Outcome::State;

WebApp an_app(int replicas = 3) {
    WebApp app;
    app.metadata.name = "shop";
    app.metadata.generation = 4;
    app.spec.image = "shop:1";
    app.spec.replicas = replicas;
    return app;
}

// The Deployment of that app when all is well.
kube::Deployment settled(const WebApp& app) {
    kube::Deployment d = parts::deployment(app);
    d.metadata.generation = 7;
    d.status.observed_generation = 7;
    d.status.replicas = d.status.updated_replicas = d.status.available_replicas = app.spec.replicas;
    d.status.conditions.push_back({.reason = "NewReplicaSetAvailable", .status = "True", .type = "Progressing"});
    return d;
}

struct Seen {
    State state;
    std::string reason, message;
    Phase phase;
    int available;
};

Seen see(const WebApp& app, const kube::Deployment* d) {
    WebAppStatus status;
    const kube::Outcome outcome = assess(app, {.deployment = d}, status);
    return {outcome.state(), outcome.reason(), outcome.message(), status.phase.value(),
            status.available_replicas.value()};
}

TEST(Assess, IsPendingBeforeThereIsADeployment) {
    const Seen s = see(an_app(), nullptr);
    EXPECT_EQ(s.phase, Phase::Pending);
    EXPECT_EQ(s.state, State::waiting);
    EXPECT_EQ(s.reason, "Deploying");
    EXPECT_EQ(s.available, 0);
}

TEST(Assess, IsReadyWhenAllPodsServe) {
    const kube::Deployment d = settled(an_app());
    const Seen s = see(an_app(), &d);
    EXPECT_EQ(s.phase, Phase::Ready);
    EXPECT_EQ(s.state, State::ready);
    EXPECT_EQ(s.message, "All 3 pods can serve.");
    EXPECT_EQ(s.available, 3);
    const kube::Deployment one = settled(an_app(1));
    EXPECT_EQ(see(an_app(1), &one).message, "All 1 pod can serve.");
}

TEST(Assess, IsStoppedWhenNoPodsAreWanted) {
    const kube::Deployment d = settled(an_app(0));
    const Seen s = see(an_app(0), &d);
    EXPECT_EQ(s.phase, Phase::Stopped);
    EXPECT_EQ(s.state, State::ready);
}

// A Deployment that was written for another spec says nothing about this one, however well it looks.
TEST(Assess, TakesNoOldNewsForNews) {
    struct Case {
        const char* what;
        void (*change)(kube::Deployment&);
    };
    for (const Case& c : std::initializer_list<Case>{
             {"written for an older spec",
              [](kube::Deployment& d) { d.metadata.annotations[parts::generation_annotation] = "3"; }},
             {"written by somebody else", [](kube::Deployment& d) { d.metadata.annotations.clear(); }},
             {"not yet seen by its controller", [](kube::Deployment& d) { d.status.observed_generation = 6; }},
         }) {
        kube::Deployment d = settled(an_app());
        c.change(d);
        const Seen s = see(an_app(), &d);
        EXPECT_EQ(s.phase, Phase::Progressing) << c.what;
        EXPECT_EQ(s.state, State::waiting) << c.what;
        EXPECT_EQ(s.reason, "Deploying") << c.what;
        d.status.available_replicas = 0;
        EXPECT_EQ(see(an_app(), &d).phase, Phase::Pending) << c.what;
    }
}

TEST(Assess, IsProgressingUntilTheLastOldPodIsGone) {
    struct Case {
        const char* what;
        int replicas, updated, available;
        const char* message;
    };
    for (const Case& c : std::initializer_list<Case>{
             {"coming up", 3, 3, 1, "1 of 3 pods can serve."},
             {"not all are new", 3, 2, 3, "3 of 3 pods can serve."},
             {"an old pod remains", 4, 3, 3, "3 of 3 pods can serve."},
             {"none yet", 0, 0, 0, "0 of 3 pods can serve."},
         }) {
        kube::Deployment d = settled(an_app());
        d.status.replicas = c.replicas;
        d.status.updated_replicas = c.updated;
        d.status.available_replicas = c.available;
        const Seen s = see(an_app(), &d);
        EXPECT_EQ(s.phase, Phase::Progressing) << c.what;
        EXPECT_EQ(s.state, State::waiting) << c.what;
        EXPECT_EQ(s.reason, "RollingOut") << c.what;
        EXPECT_EQ(s.message, c.message) << c.what;
        EXPECT_EQ(s.available, c.available) << c.what;
    }
}

TEST(Assess, IsDegradedWhenTheRolloutTimedOut) {
    kube::Deployment d = settled(an_app());
    d.status.available_replicas = 2;
    d.status.conditions[0] = {.message = "ReplicaSet \"shop-1\" has timed out progressing.",
                              .reason = "ProgressDeadlineExceeded",
                              .status = "False",
                              .type = "Progressing"};
    const Seen s = see(an_app(), &d);
    EXPECT_EQ(s.phase, Phase::Degraded);
    EXPECT_EQ(s.state, State::stalled);
    EXPECT_EQ(s.reason, "ProgressDeadlineExceeded");
    EXPECT_EQ(
        s.message,
        "ReplicaSet \"shop-1\" has timed out progressing. See `kubectl describe pods -l app.kubernetes.io/name=shop`.");
    EXPECT_EQ(s.available, 2);
}

TEST(Assess, IsDegradedWhenPodsCannotBeCreated) {
    kube::Deployment d = settled(an_app());
    d.status.available_replicas = d.status.replicas = 0;
    d.status.conditions.push_back(
        {.message = "exceeded quota", .reason = "FailedCreate", .status = "True", .type = "ReplicaFailure"});
    const Seen s = see(an_app(), &d);
    EXPECT_EQ(s.phase, Phase::Degraded);
    EXPECT_EQ(s.state, State::stalled);
    EXPECT_EQ(s.reason, "FailedCreate");
    EXPECT_EQ(s.message, "exceeded quota");
}

}  // namespace
}  // namespace mizzen
