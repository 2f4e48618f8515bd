// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/runtime/store.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/error.hpp"
#include "mizzen/kube/schema/kinds/config.hpp"

namespace mizzen::kube {
namespace {

ConfigMap map(std::string ns, std::string name, std::string version = "1", std::vector<std::string> owners = {}) {
    ConfigMap out{
        .metadata = {.name = std::move(name), .namespace_ = std::move(ns), .resource_version = std::move(version)}};
    for (auto& uid : owners) out.metadata.owner_references.push_back({.uid = uid});
    return out;
}

std::string names(const std::vector<Store<ConfigMap>::Item>& items) {
    std::string out;
    for (auto& item : items) out += to_string(key_of(*item)) + "@" + item->metadata.resource_version + " ";
    return out;
}

TEST(Store, ListsInOrderOfNamespaceAndName) {
    Store<ConfigMap> store;
    for (auto [ns, name] : {std::pair("b", "x"), std::pair("a", "z"), std::pair("a", "y"), std::pair("ab", "w")})
        store.put(map(ns, name));
    EXPECT_EQ(names(store.list()), "a/y@1 a/z@1 ab/w@1 b/x@1 ");
    EXPECT_EQ(names(store.list("a")), "a/y@1 a/z@1 ");
    EXPECT_EQ(names(store.list("c")), "");
    EXPECT_EQ(store.find({"a", "x"}), nullptr);
    EXPECT_EQ(store.find({"b", "x"})->metadata.name, "x");
}

TEST(Store, WhatIsHeldStaysAsItWas) {
    Store<ConfigMap> store;
    store.put(map("a", "x", "1"));
    auto held = store.find({"a", "x"});
    auto before = store.put(map("a", "x", "2"));
    EXPECT_EQ(before, held);
    EXPECT_EQ(held->metadata.resource_version, "1");
    EXPECT_EQ(store.find({"a", "x"})->metadata.resource_version, "2");
    EXPECT_EQ(store.remove({"a", "x"})->metadata.resource_version, "2");
    EXPECT_EQ(store.remove({"a", "x"}), nullptr);
    EXPECT_EQ(store.size(), 0u);
}

TEST(Store, OwnersAreFollowedThroughChanges) {
    Store<ConfigMap> store;
    store.put(map("a", "y", "1", {"u1", "u2"}));
    store.put(map("a", "x", "1", {"u1"}));
    EXPECT_EQ(names(store.owned_by("u1")), "a/x@1 a/y@1 ");
    store.put(map("a", "y", "2", {"u2"}));
    EXPECT_EQ(names(store.owned_by("u1")), "a/x@1 ");
    EXPECT_EQ(names(store.owned_by("u2")), "a/y@2 ");
    store.remove({"a", "y"});
    EXPECT_EQ(names(store.owned_by("u2")), "");
}

TEST(Store, AnIndexFindsByTheWordsItsFunctionGives) {
    Store<ConfigMap> store;
    ConfigMap x = map("a", "x");
    x.data = {{"color", "red"}};
    store.put(x);
    store.add_index("color", [](const ConfigMap& m) {
        auto found = m.data.find("color");
        return found == m.data.end() ? std::vector<std::string>() : std::vector<std::string>{found->second};
    });
    EXPECT_EQ(names(store.by("color", "red")), "a/x@1 ");
    x.data = {{"color", "blue"}};
    store.put(x);
    EXPECT_EQ(names(store.by("color", "red")), "");
    EXPECT_EQ(names(store.by("color", "blue")), "a/x@1 ");
    EXPECT_THROW((void)store.by("size", "5"), Error);
}

TEST(Store, SelectsByLabels) {
    Store<ConfigMap> store;
    ConfigMap x = map("a", "x");
    x.metadata.labels = {{"app", "shop"}};
    store.put(x);
    store.put(map("a", "y"));
    EXPECT_EQ(names(store.select(Selector::parse("app=shop"))), "a/x@1 ");
    EXPECT_EQ(names(store.select(Selector::parse("!app"), "a")), "a/y@1 ");
    EXPECT_EQ(names(store.select(Selector::parse("app"), "b")), "");
}

TEST(Store, ARelistSweepsWhatItDidNotName) {
    Store<ConfigMap> store;
    for (auto* name : {"x", "y", "z"}) store.put(map("a", name, "1", {"u"}));
    store.begin_relist();
    store.put(map("a", "y", "2", {"u"}));
    EXPECT_EQ(store.size(), 3u) << "nothing vanishes before the end";
    EXPECT_EQ(names(store.end_relist()), "a/x@1 a/z@1 ");
    EXPECT_EQ(names(store.list()), "a/y@2 ");
    EXPECT_EQ(names(store.owned_by("u")), "a/y@2 ");
}

}  // namespace
}  // namespace mizzen::kube
