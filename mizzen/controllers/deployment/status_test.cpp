// SPDX-License-Identifier: Apache-2.0
// The status of a Deployment, in the words of kube-controller-manager: kubectl, Helm and kstatus compare them
// literally.
#include <gtest/gtest.h>

#include <limits>

#include "mizzen/controllers/deployment/rollout.hpp"

namespace mizzen::controllers {
namespace {

using kube::Deployment;
using kube::DeploymentCondition;
using kube::DeploymentStatus;
using kube::ReplicaSet;

WallTime at(int second) { return *parse_rfc3339("2026-01-01T00:00:00Z") + std::chrono::seconds(second); }

Deployment a_deployment(int replicas) {
    Deployment d;
    d.metadata.name = "shop";
    d.metadata.generation = 1;
    d.spec.replicas = replicas;
    d.spec.strategy.type = "RollingUpdate";
    d.spec.strategy.rolling_update =
        kube::RollingUpdateDeployment{.max_surge = kube::IntOrString(1), .max_unavailable = kube::IntOrString(1)};
    d.spec.progress_deadline_seconds = 60;
    return d;
}

struct Counts {
    int wanted = 0, pods = 0, ready = 0, available = 0;
};

std::shared_ptr<const ReplicaSet> a_set(std::string name, Counts counts) {
    ReplicaSet set;
    set.metadata.name = std::move(name);
    set.spec.replicas = counts.wanted;
    set.status.replicas = counts.pods;
    set.status.ready_replicas = counts.ready;
    set.status.available_replicas = counts.available;
    return std::make_shared<const ReplicaSet>(std::move(set));
}

// "True MinimumReplicasAvailable: Deployment has minimum availability."
std::string say(const DeploymentStatus& status, std::string_view type) {
    for (const DeploymentCondition& c : status.conditions) {
        if (c.type == type) return c.status + " " + c.reason + ": " + c.message;
    }
    return "";
}

const DeploymentCondition& condition(const DeploymentStatus& status, std::string_view type) {
    for (const DeploymentCondition& c : status.conditions) {
        if (c.type == type) return c;
    }
    throw std::out_of_range(std::string(type));
}

// Goes on from the status that was written before.
class Story {
  public:
    explicit Story(int replicas) : d(a_deployment(replicas)) {}

    const DeploymentStatus& see(int second, Counts current, Counts old = {}, std::string current_name = "shop-new") {
        auto now = a_set(std::move(current_name), current);
        return see(second, now, {now, a_set("shop-old", old)});
    }
    const DeploymentStatus& see(int second, const std::shared_ptr<const ReplicaSet>& current, const ReplicaSets& all) {
        d.status = status(d, current.get(), all, at(second));
        return d.status;
    }
    std::string progress() const { return say(d.status, "Progressing"); }

    Deployment d;
};

constexpr const char* created = "True NewReplicaSetCreated: Created new replica set \"shop-new\"";
constexpr const char* updated = "True ReplicaSetUpdated: ReplicaSet \"shop-new\" is progressing.";
constexpr const char* succeeded = "True NewReplicaSetAvailable: ReplicaSet \"shop-new\" has successfully progressed.";
constexpr const char* timed_out = "False ProgressDeadlineExceeded: ReplicaSet \"shop-new\" has timed out progressing.";

TEST(DeploymentStatus, CountsThePodsOfAllSets) {
    Story story(5);
    story.d.metadata.generation = 7;
    const DeploymentStatus& s = story.see(0, {.wanted = 3, .pods = 2, .ready = 2, .available = 1},
                                          {.wanted = 3, .pods = 4, .ready = 3, .available = 3});
    EXPECT_EQ(s.observed_generation, 7);
    EXPECT_EQ(s.replicas, 6);
    EXPECT_EQ(s.updated_replicas, 2);
    EXPECT_EQ(s.ready_replicas, 5);
    EXPECT_EQ(s.available_replicas, 4);
    EXPECT_EQ(s.unavailable_replicas, 2) << "of the pods wanted of the sets";
}

TEST(DeploymentStatus, HasNoNegativeCount) {
    EXPECT_EQ(Story(1).see(0, {.wanted = 1, .pods = 3, .ready = 3, .available = 3}).unavailable_replicas, 0);
}

TEST(DeploymentStatus, CountsTerminatingPodsApart) {
    ReplicaSet ending = *a_set("shop-old", {});
    ending.status.terminating_replicas = 2;
    auto current = a_set("shop-new", {1, 1, 1, 1});
    Story story(1);
    EXPECT_EQ(story.see(0, current, {current, std::make_shared<const ReplicaSet>(ending)}).terminating_replicas, 2);
}

TEST(Available, AsksForAllButTheAllowedMissing) {
    Story story(3);
    EXPECT_EQ(say(story.see(0, {3, 3, 1, 1}), "Available"),
              "False MinimumReplicasUnavailable: Deployment does not have minimum availability.");
    EXPECT_EQ(say(story.see(1, {3, 3, 2, 2}), "Available"),
              "True MinimumReplicasAvailable: Deployment has minimum availability.");
    EXPECT_EQ(condition(story.d.status, "Available").last_transition_time, "2026-01-01T00:00:01Z");
    story.see(9, {3, 3, 3, 3});
    EXPECT_EQ(condition(story.d.status, "Available").last_transition_time, "2026-01-01T00:00:01Z");
    EXPECT_EQ(condition(story.d.status, "Available").last_update_time, "2026-01-01T00:00:01Z");
}

TEST(Progressing, TellsARolloutFromItsFirstSetToItsEnd) {
    Story story(2);
    story.see(0, {2, 0, 0, 0});
    EXPECT_EQ(story.progress(), created);
    story.see(1, {2, 2, 0, 0});
    EXPECT_EQ(story.progress(), updated);
    story.see(2, {2, 2, 1, 1});
    EXPECT_EQ(story.progress(), updated);
    EXPECT_EQ(condition(story.d.status, "Progressing").last_update_time, "2026-01-01T00:00:02Z")
        << "each progress starts the clock anew";
    EXPECT_EQ(condition(story.d.status, "Progressing").last_transition_time, "2026-01-01T00:00:00Z");
    story.see(3, {2, 2, 2, 2});
    EXPECT_EQ(story.progress(), succeeded);
    EXPECT_TRUE(is_complete(story.d, story.d.status));
}

TEST(Progressing, OfAFinishedRolloutStaysWhilePodsComeAndGo) {
    Story story(2);
    story.see(0, {2, 2, 2, 2});
    const DeploymentStatus finished = story.d.status;
    story.see(10, {2, 1, 1, 1});
    EXPECT_EQ(story.progress(), succeeded);
    story.see(20, {2, 2, 2, 2});
    EXPECT_EQ(story.progress(), succeeded);
    story.d.spec.replicas = 5;
    story.see(30, {5, 3, 2, 2});
    EXPECT_EQ(story.progress(), succeeded) << "scaling is no rollout";
    story.d.spec.replicas = 2;
    EXPECT_EQ(story.see(40, {2, 2, 2, 2}).conditions.size(), finished.conditions.size());
    EXPECT_EQ(condition(story.d.status, "Progressing").last_update_time, "2026-01-01T00:00:00Z");
}

TEST(Progressing, StartsAnewWithTheNextTemplate) {
    Story story(2);
    story.see(0, {}, {2, 2, 2, 2}, "shop-first");
    story.see(1, {2, 2, 2, 2}, {}, "shop-first");
    story.see(100, {1, 0, 0, 0}, {2, 2, 2, 2});
    EXPECT_EQ(story.progress(), created);
    EXPECT_EQ(progress_deadline(story.d, story.d.status), at(160));
}

TEST(Progressing, FindsTheSetOfARollback) {
    Story story(2);
    story.see(0, {2, 2, 2, 2}, {}, "shop-first");
    ReplicaSet again = *a_set("shop-new", {1, 0, 0, 0});
    again.metadata.annotations[revision_history_annotation] = "1";
    auto current = std::make_shared<const ReplicaSet>(again);
    story.see(5, current, {current, a_set("shop-first", {2, 2, 2, 2})});
    EXPECT_EQ(story.progress(), "True FoundNewReplicaSet: Found new replica set \"shop-new\"");
}

TEST(Progressing, TimesOutAfterTheDeadlineAndRecovers) {
    Story story(2);
    story.see(0, {2, 0, 0, 0});
    story.see(5, {2, 2, 0, 0});
    EXPECT_EQ(progress_deadline(story.d, story.d.status), at(65));
    story.see(64, {2, 2, 0, 0});
    EXPECT_EQ(story.progress(), updated);
    story.see(65, {2, 2, 0, 0});
    EXPECT_EQ(story.progress(), timed_out);
    EXPECT_EQ(condition(story.d.status, "Progressing").last_transition_time, "2026-01-01T00:01:05Z");
    EXPECT_EQ(progress_deadline(story.d, story.d.status), std::nullopt);
    story.see(300, {2, 2, 0, 0});
    EXPECT_EQ(condition(story.d.status, "Progressing").last_update_time, "2026-01-01T00:01:05Z") << "said once";
    story.see(301, {2, 2, 1, 1});
    EXPECT_EQ(story.progress(), updated);
    story.see(302, {2, 2, 2, 2});
    EXPECT_EQ(story.progress(), succeeded);
}

TEST(Progressing, IsTenMinutesWithoutADeadlineInTheSpec) {
    Story story(1);
    story.d.spec.progress_deadline_seconds = std::nullopt;
    story.see(0, {1, 0, 0, 0});
    EXPECT_EQ(progress_deadline(story.d, story.d.status), at(600));
}

TEST(Progressing, IsLeftOutWhereTheDeadlineIsTurnedOff) {
    Story story(1);
    story.see(0, {1, 0, 0, 0});
    EXPECT_NE(story.progress(), "");
    story.d.spec.progress_deadline_seconds = std::numeric_limits<int>::max();
    story.see(1, {1, 0, 0, 0});
    EXPECT_EQ(story.progress(), "");
    EXPECT_EQ(progress_deadline(story.d, story.d.status), std::nullopt);
}

TEST(Progressing, StopsItsClockDuringAPause) {
    Story story(2);
    story.see(0, {1, 0, 0, 0}, {2, 2, 2, 2});
    story.d.spec.paused = true;
    story.see(1, {1, 1, 0, 0}, {2, 2, 2, 2});
    EXPECT_EQ(story.progress(), "Unknown DeploymentPaused: Deployment is paused");
    EXPECT_EQ(progress_deadline(story.d, story.d.status), std::nullopt);
    story.d.spec.paused = false;
    story.see(1000, {1, 1, 0, 0}, {2, 2, 2, 2});
    EXPECT_EQ(story.progress(), "Unknown DeploymentResumed: Deployment is resumed");
    EXPECT_EQ(progress_deadline(story.d, story.d.status), at(1060));
    story.see(1001, {1, 1, 1, 1}, {2, 2, 2, 2});
    EXPECT_EQ(story.progress(), updated);
}

TEST(Progressing, OfARolloutThatIsCompleteWhenItIsResumedSaysSo) {
    Story story(2);
    story.see(0, {2, 2, 2, 2});
    story.d.spec.paused = true;
    story.see(1, {2, 2, 2, 2});
    story.d.spec.paused = false;
    story.see(2, {2, 2, 2, 2});
    EXPECT_EQ(story.progress(), succeeded);
}

TEST(Progressing, APauseDoesNotHideATimeout) {
    Story story(2);
    story.see(0, {2, 0, 0, 0});
    story.see(100, {2, 0, 0, 0});
    ASSERT_EQ(story.progress(), timed_out);
    story.d.spec.paused = true;
    story.see(101, {2, 0, 0, 0});
    EXPECT_EQ(story.progress(), timed_out);
}

TEST(Progressing, KeepsWhatItSaidWhileThereIsNoCurrentSet) {
    Story story(1);
    story.see(0, {1, 1, 1, 1});
    auto old = a_set("shop-old", {0, 0, 0, 0});
    story.see(1, nullptr, {old});  // Recreate: the old pod is gone, the new set not yet made
    EXPECT_EQ(story.progress(), succeeded) << "no news";
    EXPECT_EQ(story.d.status.updated_replicas, 0);
}

TEST(ReplicaFailure, IsThatOfTheCurrentSetOrElseOfAnother) {
    auto failing = [](std::string name, std::string message) {
        ReplicaSet set = *a_set(std::move(name), {2, 0, 0, 0});
        set.status.conditions.push_back({.last_transition_time = "2026-01-01T00:00:03Z",
                                         .message = std::move(message),
                                         .reason = "FailedCreate",
                                         .status = "True",
                                         .type = "ReplicaFailure"});
        return std::make_shared<const ReplicaSet>(std::move(set));
    };
    Story story(2);
    auto current = failing("shop-new", "quota of new"), old = failing("shop-old", "quota of old");
    story.see(5, current, {old, current});
    EXPECT_EQ(say(story.d.status, "ReplicaFailure"), "True FailedCreate: quota of new");
    EXPECT_EQ(condition(story.d.status, "ReplicaFailure").last_transition_time, "2026-01-01T00:00:03Z");

    Story other(2);
    auto healthy = a_set("shop-new", {2, 0, 0, 0});
    other.see(5, healthy, {old, healthy});
    EXPECT_EQ(say(other.d.status, "ReplicaFailure"), "True FailedCreate: quota of old");
    other.see(6, healthy, {healthy});
    EXPECT_EQ(say(other.d.status, "ReplicaFailure"), "");
}

TEST(IsComplete, OnlyForTheSpecThatWasSeen) {
    Deployment d = a_deployment(2);
    auto current = a_set("shop-new", {2, 2, 2, 2});
    const DeploymentStatus s = status(d, current.get(), {current}, at(0));
    EXPECT_TRUE(is_complete(d, s));
    d.metadata.generation = 2;
    EXPECT_FALSE(is_complete(d, s));
    d.metadata.generation = 1;
    EXPECT_FALSE(is_complete(d, status(d, current.get(), {current, a_set("shop-old", {0, 1, 0, 0})}, at(0))))
        << "an old pod still ends";
}

}  // namespace
}  // namespace mizzen::controllers
