// SPDX-License-Identifier: Apache-2.0
#include "mizzen/controllers/garbage/owner_graph.hpp"

#include <gtest/gtest.h>

namespace mizzen::controllers {
namespace {

using Uids = std::vector<std::string>;

const kube::DynamicKind pod_kind("", "v1", "Pod", "pods");
const kube::DynamicKind set_kind("apps", "v1", "ReplicaSet", "replicasets");

kube::OwnerReference owner(std::string uid, bool blocks = true) {
    return {.block_owner_deletion = blocks, .name = uid, .uid = uid};
}

// Named after its uid.
OwnedObject object(std::string uid, std::vector<kube::OwnerReference> owners = {}) {
    return {.kind = &pod_kind, .key = {"default", uid}, .uid = uid, .owners = std::move(owners)};
}

OwnedObject deleting(OwnedObject o, bool foreground = false, bool orphaning = false) {
    o.deleting = true;
    o.foreground = foreground;
    o.orphaning = orphaning;
    return o;
}

std::string names(const std::vector<const OwnedObject*>& objects) {
    std::string out;
    for (const OwnedObject* o : objects) out += (out.empty() ? "" : " ") + o->uid;
    return out;
}

TEST(OwnerGraph, FindsDependentsInOrderOfTheirNames) {
    OwnerGraph graph;
    graph.put(object("set"));
    for (const char* name : {"c", "a", "b"}) graph.put(object(name, {owner("set")}));
    EXPECT_EQ(names(graph.dependents("set")), "a b c");
    EXPECT_EQ(names(graph.dependents("a")), "");
    EXPECT_EQ(graph.find("b")->owners.at(0).uid, "set");
    EXPECT_EQ(graph.find("x"), nullptr);
    EXPECT_EQ(graph.size(), 4u);
}

TEST(OwnerGraph, LooksAtNothingWhileOwnersLive) {
    OwnerGraph graph;
    EXPECT_EQ(graph.put(object("set")), Uids{});
    EXPECT_EQ(graph.put(object("pod", {owner("set")})), Uids{});
    EXPECT_EQ(graph.put(object("pod", {owner("set")})), Uids{}) << "an update";
}

TEST(OwnerGraph, LooksAtAnObjectWhoseOwnerIsNotKnown) {
    OwnerGraph graph;
    EXPECT_EQ(graph.put(object("pod", {owner("absent")})), Uids{"pod"});
    EXPECT_EQ(names(graph.dependents("absent")), "pod") << "the owner may come later";
}

TEST(OwnerGraph, LooksAtTheDependentsOfWhatIsRemoved) {
    OwnerGraph graph;
    graph.put(object("set"));
    graph.put(object("b", {owner("set")}));
    graph.put(object("a", {owner("set")}));
    EXPECT_EQ(graph.remove("set"), (Uids{"a", "b"}));
    EXPECT_EQ(graph.find("set"), nullptr);
    EXPECT_EQ(graph.remove("never known"), Uids{});
}

TEST(OwnerGraph, LooksAtAnOwnerThatWaitsWhenADependentGoes) {
    OwnerGraph graph;
    EXPECT_EQ(graph.put(deleting(object("set"), true)), Uids{"set"});
    EXPECT_EQ(graph.put(object("pod", {owner("set")})), Uids{"pod"}) << "it came too late";
    EXPECT_EQ(graph.remove("pod"), Uids{"set"});
}

TEST(OwnerGraph, LooksAtAnOwnerThatWaitsWhenADependentLeavesIt) {
    OwnerGraph graph;
    graph.put(deleting(object("set"), true));
    graph.put(object("pod", {owner("set")}));
    EXPECT_EQ(graph.put(object("pod")), Uids{"set"});
    EXPECT_EQ(names(graph.dependents("set")), "");
}

TEST(OwnerGraph, LooksAtDeletionsThatConcernDependentsAndNoOthers) {
    OwnerGraph graph;
    EXPECT_EQ(graph.put(deleting(object("background"))), Uids{});
    EXPECT_EQ(graph.put(deleting(object("foreground"), true)), Uids{"foreground"});
    EXPECT_EQ(graph.put(deleting(object("orphan"), false, true)), Uids{"orphan"});
    EXPECT_TRUE(graph.find("foreground")->waits_for_dependents());
    EXPECT_FALSE(graph.find("orphan")->waits_for_dependents());
}

TEST(OwnerGraph, OnlyReferencesThatSayBlockHoldUpADeletion) {
    OwnerGraph graph;
    graph.put(deleting(object("set"), true));
    graph.put(object("blocking", {owner("set", true)}));
    graph.put(object("other", {owner("set", false)}));
    EXPECT_EQ(names(graph.blocking("set")), "blocking");
    EXPECT_EQ(names(graph.dependents("set")), "blocking other");
}

TEST(OwnerGraph, AnObjectMayHaveSeveralOwners) {
    OwnerGraph graph;
    graph.put(object("a"));
    graph.put(object("b"));
    graph.put(object("pod", {owner("a"), owner("b")}));
    EXPECT_EQ(graph.remove("a"), Uids{"pod"});
    EXPECT_EQ(names(graph.dependents("b")), "pod");
    graph.remove("pod");
    EXPECT_EQ(names(graph.dependents("b")), "");
}

TEST(OwnerGraph, KnowsTheObjectsOfAKind) {
    OwnerGraph graph;
    OwnedObject set = object("set");
    set.kind = &set_kind;
    graph.put(set);
    graph.put(object("b"));
    graph.put(object("a"));
    EXPECT_EQ(graph.uids_of(&pod_kind), (Uids{"a", "b"}));
    EXPECT_EQ(graph.uids_of(&set_kind), Uids{"set"});
}

}  // namespace
}  // namespace mizzen::controllers
