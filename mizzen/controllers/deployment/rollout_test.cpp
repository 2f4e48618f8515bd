// SPDX-License-Identifier: Apache-2.0
// One decision at a time: bounds, sizes, revisions, history. rollout_convergence_test.cpp plays whole rollouts.
#include "mizzen/controllers/deployment/rollout.hpp"

#include <gtest/gtest.h>

namespace mizzen::controllers {
namespace {

using kube::Deployment;
using kube::IntOrString;
using kube::ReplicaSet;
using Set = std::shared_ptr<const ReplicaSet>;

Deployment a_deployment(int replicas, IntOrString surge, IntOrString unavailable, std::string image = "shop:1") {
    Deployment d;
    d.metadata.name = "shop";
    d.metadata.namespace_ = "default";
    d.metadata.uid = "deployment-uid";
    d.spec.replicas = replicas;
    d.spec.strategy.type = "RollingUpdate";
    d.spec.strategy.rolling_update = kube::RollingUpdateDeployment{.max_surge = surge, .max_unavailable = unavailable};
    d.spec.selector.match_labels = {{"app", "shop"}};
    d.spec.template_.metadata.labels = {{"app", "shop"}};
    d.spec.template_.spec.containers.push_back({.image = std::move(image), .name = "app"});
    return d;
}

Deployment a_recreate(int replicas) {
    Deployment d = a_deployment(replicas, 0, 0);
    d.spec.strategy = {.type = "Recreate"};
    return d;
}

struct Sized {
    int size = 0;
    int available = 0;
    const char* created = "2026-01-01T00:00:00Z";
};

// A set of that Deployment as it would be after having been resized by it.
Set a_set(const Deployment& d, std::string name, Sized sized) {
    ReplicaSet set = new_replica_set(d, {}, 0);
    set.metadata.name = std::move(name);
    set.metadata.uid = set.metadata.name + "-uid";
    set.metadata.creation_timestamp = sized.created;
    set.spec.replicas = sized.size;
    set.status.replicas = sized.size;
    set.status.available_replicas = sized.available;
    return std::make_shared<const ReplicaSet>(std::move(set));
}

std::string text(const std::vector<Resize>& resizes) {
    std::string out;
    for (const Resize& r : resizes) {
        out += (out.empty() ? "" : ", ") + r.set->metadata.name + " " + std::to_string(r.from) + "->" +
               std::to_string(r.to);
    }
    return out;
}

TEST(Bounds, FollowThePercentagesAndNeverForbidEveryMove) {
    struct Case {
        int replicas;
        IntOrString surge, unavailable;
        int expected_surge, expected_unavailable;
    };
    for (const Case& c : std::initializer_list<Case>{
             {10, "25%", "25%", 3, 2},  // up, down
             {10, 3, 2, 3, 2},          //
             {1, "25%", "25%", 1, 0},   //
             {4, "100%", "0%", 4, 0},   //
             {5, 0, 0, 0, 1},           // both zero: one must be able to move
             {3, "0%", "10%", 0, 1},    // both round to zero
             {2, 0, 5, 0, 2},           // no more than there are
             {0, "25%", "25%", 0, 0},   //
             {7, "101%", "50%", 8, 3},  //
         }) {
        const Bounds b = bounds(a_deployment(c.replicas, c.surge, c.unavailable).spec);
        EXPECT_EQ(b.surge, c.expected_surge) << c.replicas << " " << c.surge.text() << " " << c.unavailable.text();
        EXPECT_EQ(b.unavailable, c.expected_unavailable)
            << c.replicas << " " << c.surge.text() << " " << c.unavailable.text();
    }
}

TEST(Bounds, AreAQuarterWhereTheStrategyLeavesThemOut) {
    Deployment d = a_deployment(8, 0, 0);
    d.spec.strategy.rolling_update.reset();
    EXPECT_EQ(bounds(d.spec).surge, 2);
    EXPECT_EQ(bounds(d.spec).unavailable, 2);
}

TEST(Bounds, AreZeroForRecreate) {
    EXPECT_EQ(bounds(a_recreate(10).spec).surge, 0);
    EXPECT_EQ(bounds(a_recreate(10).spec).unavailable, 0);
}

TEST(NextResizes, GrowTheNewSetFirstThenShrinkTheOldByWhatIsAvailable) {
    struct Case {
        const char* what;
        Sized current, old;
        const char* expected;
    };
    const Deployment d = a_deployment(10, 3, 2);
    for (const Case& c : std::initializer_list<Case>{
             {"a first rollout", {0, 0}, {0, 0}, "new 0->10"},
             {"surge lets the new set begin", {0, 0}, {10, 10}, "new 0->3"},
             {"the bound of unavailability lets the old one shrink", {3, 0}, {10, 10}, "old 10->8"},
             {"what was freed goes to the new set", {3, 0}, {8, 8}, "new 3->5"},
             {"nothing moves until new pods are available", {5, 0}, {8, 8}, ""},
             {"each available new pod frees an old one", {5, 2}, {8, 8}, "old 8->6"},
             {"unavailable old pods serve nobody and go first", {3, 3}, {10, 4}, "old 10->5"},
             {"the old set's last pods go when the new one suffices", {10, 9}, {2, 2}, "old 2->0"},
             {"nothing is left to do", {10, 10}, {0, 0}, ""},
             {"too many of the new", {12, 12}, {0, 0}, "new 12->10"},
         }) {
        EXPECT_EQ(text(next_resizes(d, a_set(d, "new", c.current), {a_set(d, "old", c.old)}, true)), c.expected)
            << c.what;
    }
}

TEST(NextResizes, ShrinkTheOldestSetFirst) {
    const Deployment d = a_deployment(6, 2, 0);
    EXPECT_EQ(
        text(next_resizes(d, a_set(d, "new", {4, 4}), {a_set(d, "oldest", {1, 1}), a_set(d, "older", {3, 3})}, true)),
        "oldest 1->0, older 3->2");
}

TEST(NextResizes, DoNotCountPodsThatAShrinkingSetIsAboutToLose) {
    const Deployment d = a_deployment(10, 3, 2);
    ReplicaSet behind = *a_set(d, "old", {8, 8});
    behind.status.replicas = behind.status.available_replicas = 10;
    // 8 of the old and 3 of the new will be there: 3 may go, although the statuses count 13.
    EXPECT_EQ(text(next_resizes(d, a_set(d, "new", {5, 3}), {std::make_shared<const ReplicaSet>(behind)}, true)),
              "old 8->5");
}

TEST(NextResizes, RecreateEndsAllOldPodsBeforeTheFirstNewOne) {
    const Deployment d = a_recreate(3);
    EXPECT_EQ(text(next_resizes(d, nullptr, {a_set(d, "old", {3, 3})}, true)), "old 3->0");
    EXPECT_EQ(text(next_resizes(d, a_set(d, "new", {0, 0}), {a_set(d, "old", {0, 0})}, true)), "")
        << "old pods are still ending";
    EXPECT_EQ(text(next_resizes(d, a_set(d, "new", {0, 0}), {a_set(d, "old", {0, 0})}, false)), "new 0->3");
}

// The example of Kubernetes' documentation: 8 old and 5 new pods of 10, scaled to 15 in the middle of the rollout.
TEST(NextResizes, ShareANewTotalInProportion) {
    Deployment d = a_deployment(10, 3, 2);
    Set current = a_set(d, "new", {5, 0}), old = a_set(d, "old", {8, 8});
    d.spec.replicas = 15;
    EXPECT_EQ(text(next_resizes(d, current, {old}, true)), "old 8->11, new 5->7");
    d.spec.replicas = 5;  // 13 pods become 5 + 3
    EXPECT_EQ(text(next_resizes(d, current, {old}, true)), "old 8->5, new 5->3");
    d.spec.replicas = 0;
    EXPECT_EQ(text(next_resizes(d, current, {old}, true)), "old 8->0, new 5->0");
}

TEST(NextResizes, TellASetOfTheNewTotalEvenIfItsShareStaysTheSame) {
    Deployment d = a_deployment(4, 0, 1);
    Set current = a_set(d, "new", {2, 0, "2026-01-02T00:00:00Z"}), old = a_set(d, "old", {2, 2});
    d.spec.replicas = 5;
    EXPECT_EQ(text(next_resizes(d, current, {old}, true)), "new 2->3, old 2->2");
}

TEST(NextResizes, ScaleTheOnlySetThatHasPods) {
    Deployment d = a_deployment(3, 1, 0);
    Set current = a_set(d, "new", {3, 3});
    d.spec.replicas = 7;
    EXPECT_EQ(text(next_resizes(d, current, {}, false)), "new 3->7");
    d.spec.replicas = 0;
    EXPECT_EQ(text(next_resizes(d, current, {}, false)), "new 3->0");
}

TEST(NextResizes, APausedDeploymentIsScaledButNotRolledOut) {
    Deployment d = a_deployment(3, 1, 0);
    d.spec.paused = true;
    const Set old = a_set(d, "old", {3, 3});
    EXPECT_EQ(text(next_resizes(d, a_set(d, "new", {0, 0}), {old}, true)), "");
    EXPECT_EQ(text(next_resizes(d, nullptr, {old}, true)), "") << "before its new set exists";
    d.spec.replicas = 5;
    EXPECT_EQ(text(next_resizes(d, a_set(d, "new", {0, 0}), {old}, true)), "old 3->5");
    EXPECT_EQ(text(next_resizes(d, nullptr, {old}, true)), "old 3->5");
    EXPECT_EQ(text(next_resizes(d, nullptr, {}, false)), "");
}

TEST(NewReplicaSet, IsNamedLabelledAndOwnedSoThatItsPodsAreItsOwn) {
    const Deployment d = a_deployment(3, 1, 0);
    const ReplicaSet set = new_replica_set(d, {}, 0);
    const std::string hash = set.metadata.labels.at(pod_template_hash_label);
    EXPECT_EQ(set.metadata.name, "shop-" + hash);
    EXPECT_EQ(set.metadata.namespace_, "default");
    EXPECT_EQ(set.spec.selector.match_labels,
              (std::map<std::string, std::string>{{"app", "shop"}, {pod_template_hash_label, hash}}));
    EXPECT_EQ(set.spec.template_.metadata.labels, set.spec.selector.match_labels);
    EXPECT_EQ(set.spec.replicas, 0);
    ASSERT_EQ(set.metadata.owner_references.size(), 1u);
    EXPECT_EQ(set.metadata.owner_references[0].uid, "deployment-uid");
    EXPECT_EQ(set.metadata.owner_references[0].controller, true);
    EXPECT_EQ(set.metadata.owner_references[0].block_owner_deletion, true);
    EXPECT_EQ(set.metadata.annotations.at(desired_replicas_annotation), "3");
    EXPECT_EQ(set.metadata.annotations.at(max_replicas_annotation), "4");
}

TEST(NewReplicaSet, HasANameThatFollowsItsTemplateAndItsCollisions) {
    const Deployment one = a_deployment(3, 1, 0, "shop:1"), two = a_deployment(3, 1, 0, "shop:2");
    EXPECT_EQ(new_replica_set(one, {}, 0).metadata.name, new_replica_set(one, {}, 0).metadata.name);
    EXPECT_NE(new_replica_set(one, {}, 0).metadata.name, new_replica_set(two, {}, 0).metadata.name);
    EXPECT_NE(new_replica_set(one, {}, 0).metadata.name, new_replica_set(one, {}, 1).metadata.name);
}

TEST(FindCurrent, FindsTheSetOfTheTemplateWhateverItsHash) {
    const Deployment one = a_deployment(3, 1, 0, "shop:1"), two = a_deployment(3, 1, 0, "shop:2");
    const ReplicaSets all = {a_set(one, "one", {3, 3}), a_set(two, "two", {0, 0})};
    EXPECT_EQ(find_current(one, all), all[0]);
    EXPECT_EQ(find_current(two, all), all[1]);
    EXPECT_EQ(find_current(a_deployment(3, 1, 0, "shop:3"), all), nullptr);
}

TEST(FindCurrent, TakesTheOldestOfSeveral) {
    const Deployment d = a_deployment(3, 1, 0);
    const ReplicaSets all = {a_set(d, "young", {0, 0, "2026-01-02T00:00:00Z"}),
                             a_set(d, "old", {3, 3, "2026-01-01T00:00:00Z"})};
    EXPECT_EQ(find_current(d, all), all[1]);
    ASSERT_EQ(others(all, all[1].get()).size(), 1u);
    EXPECT_EQ(others(all, nullptr).front()->metadata.name, "old");
}

TEST(Revision, CountsOnAndKeepsTheHistoryOfASetThatIsCurrentAgain) {
    const Deployment d = a_deployment(3, 1, 0);
    auto at = [&](std::string number, std::string history) {
        ReplicaSet set = *a_set(d, "set-" + number, {});
        set.metadata.annotations[revision_annotation] = number;
        if (!history.empty()) set.metadata.annotations[revision_history_annotation] = history;
        return set;
    };
    const ReplicaSet first = at("1", ""), second = at("2", "");
    EXPECT_EQ(next_revision({std::make_shared<const ReplicaSet>(first), std::make_shared<const ReplicaSet>(second)}),
              3);
    EXPECT_EQ(next_revision({}), 1);

    auto rolled_back = set_annotations(d, &first, 3);
    EXPECT_EQ(rolled_back.at(revision_annotation), "3");
    EXPECT_EQ(rolled_back.at(revision_history_annotation), "1");
    const ReplicaSet fifth = at("3", "1");
    EXPECT_EQ(set_annotations(d, &fifth, 5).at(revision_history_annotation), "1,3");
    // The newest set of all keeps its number, also when older ones were removed.
    EXPECT_EQ(set_annotations(d, &second, 2), second.metadata.annotations);
    EXPECT_EQ(set_annotations(d, &second, 1), second.metadata.annotations);
}

TEST(SetAnnotations, PassOnTheDeploymentsOwnButNotKubectlsMemory) {
    Deployment d = a_deployment(3, 1, 0);
    d.metadata.annotations = {{"kubernetes.io/change-cause", "new logo"},
                              {"kubectl.kubernetes.io/last-applied-configuration", "{}"},
                              {revision_annotation, "9"}};
    auto notes = set_annotations(d, nullptr, 4);
    EXPECT_EQ(notes, (std::map<std::string, std::string>{{"kubernetes.io/change-cause", "new logo"},
                                                         {revision_annotation, "4"},
                                                         {desired_replicas_annotation, "3"},
                                                         {max_replicas_annotation, "4"}}));
}

TEST(SetAnnotations, KeepTheSizesOfAnExistingSetForProportionalScaling) {
    Deployment d = a_deployment(3, 1, 0);
    const Set set = a_set(d, "set", {3, 3});
    d.spec.replicas = 30;
    EXPECT_EQ(set_annotations(d, set.get(), 1).at(desired_replicas_annotation), "3");
    EXPECT_EQ(set_annotations(d, set.get(), 1).at(max_replicas_annotation), "4");
}

TEST(BeyondHistory, AreTheOldestEmptySets) {
    Deployment d = a_deployment(3, 1, 0);
    auto at = [&](int number, int size) {
        ReplicaSet set = *a_set(d, "r" + std::to_string(number), {size, size});
        set.metadata.annotations[revision_annotation] = std::to_string(number);
        return set;
    };
    auto names = [&](int limit, std::vector<ReplicaSet> sets) {
        d.spec.revision_history_limit = limit;
        ReplicaSets old;
        for (ReplicaSet& set : sets) old.push_back(std::make_shared<const ReplicaSet>(std::move(set)));
        std::string out;
        for (auto& set : beyond_history(d, old)) out += set->metadata.name + " ";
        return out;
    };
    EXPECT_EQ(names(10, {at(1, 0), at(2, 0), at(3, 0)}), "");
    EXPECT_EQ(names(2, {at(3, 0), at(1, 0), at(2, 0)}), "r1 ");
    EXPECT_EQ(names(0, {at(10, 0), at(9, 0)}), "r9 r10 ") << "as numbers, not as text";
    EXPECT_EQ(names(1, {at(1, 2), at(2, 0), at(3, 0)}), "r2 r3 ") << "sets with pods stay";
    ReplicaSet going = at(1, 0);
    going.metadata.deletion_timestamp = "2026-01-01T00:00:00Z";
    EXPECT_EQ(names(1, {going, at(2, 0)}), "") << "what is going already does not count";
    ReplicaSet unseen = at(1, 0);
    unseen.metadata.generation = 2;
    unseen.status.observed_generation = 1;
    EXPECT_EQ(names(0, {unseen}), "") << "its status may be of before";
}

}  // namespace
}  // namespace mizzen::controllers
