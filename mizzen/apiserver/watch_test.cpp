// SPDX-License-Identifier: Apache-2.0
// Watching: which events come, in which form, and when a watch ends.
#include <gtest/gtest.h>

#include "mizzen/apiserver/testing/test_server.hpp"

namespace mizzen::apiserver {
namespace {

using Lines = std::vector<std::string>;
using std::chrono::seconds;

std::string since(const TestServer&, std::string_view revision) {
    return config_maps + "?watch=1&resourceVersion=" + std::string(revision);
}

TEST(Watch, WithoutRevisionShowsWhatIsThereThenWhatHappens) {
    TestServer s;
    s.post(config_maps, config_map("a"));
    OpenWatch w = s.watch(config_maps + "?watch=true");
    EXPECT_EQ(w.all(), Lines{"ADDED a"});
    s.post(config_maps, config_map("b"));
    s.merge(config_maps + "/a", R"({"data":{"k":"2"}})");
    s.remove(config_maps + "/a");
    EXPECT_EQ(w.all(), (Lines{"ADDED b", "MODIFIED a", "DELETED a"}));
    EXPECT_FALSE(w.ended());
}

TEST(Watch, FromARevisionShowsWhatCameAfterIt) {
    TestServer s;
    std::string then = s.post(config_maps, config_map("a")).at({"metadata", "resourceVersion"});
    s.post(config_maps, config_map("b"));
    s.remove(config_maps + "/a");
    OpenWatch w = s.watch(since(s, then));
    EXPECT_EQ(w.all(), (Lines{"ADDED b", "DELETED a"}));
}

TEST(Watch, ADeletionCarriesTheLastStateWithItsOwnRevision) {
    TestServer s;
    std::string then = s.post(config_maps, config_map("a", "last")).at({"metadata", "resourceVersion"});
    s.remove(config_maps + "/a");
    OpenWatch w = s.watch(since(s, then));
    json::Value event = w.next();
    EXPECT_EQ(event.text({"object", "data", "k"}), "last");
    EXPECT_EQ(event.text({"object", "metadata", "resourceVersion"}), std::to_string(s.server().revision()));
}

TEST(Watch, WithSelectorTellsOfEnteringAndLeaving) {
    TestServer s;
    OpenWatch w = s.watch(config_maps + "?watch=1&labelSelector=app%3Dweb");
    s.post(config_maps, config_map("a", "1", R"({"app":"db"})"));
    EXPECT_EQ(w.all(), Lines{});
    s.merge(config_maps + "/a", R"({"metadata":{"labels":{"app":"web"}},"data":{"k":"2"}})");
    s.merge(config_maps + "/a", R"({"data":{"k":"3"}})");
    EXPECT_EQ(w.all(), (Lines{"ADDED a", "MODIFIED a"}));
    s.merge(config_maps + "/a", R"({"metadata":{"labels":{"app":"db"}},"data":{"k":"4"}})");
    json::Value left = w.next();
    EXPECT_EQ(left.text("type"), "DELETED");
    EXPECT_EQ(left.text({"object", "data", "k"}), "3") << "it is shown as it was last seen";
    EXPECT_EQ(left.text({"object", "metadata", "resourceVersion"}), std::to_string(s.server().revision()));
    s.remove(config_maps + "/a");
    EXPECT_EQ(w.all(), Lines{});
}

TEST(Watch, OfOneNameHearsOfNoOther) {
    TestServer s;
    OpenWatch by_field = s.watch(config_maps + "?watch=1&fieldSelector=metadata.name%3Db");
    OpenWatch by_path = s.watch("/api/v1/watch/namespaces/default/configmaps/b");
    for (std::string_view name : {"a", "b", "c"}) s.post(config_maps, config_map(name));
    EXPECT_EQ(by_field.all(), Lines{"ADDED b"});
    EXPECT_EQ(by_path.all(), Lines{"ADDED b"});
}

TEST(Watch, ListsAsAStreamAndMarksTheEndOfIt) {
    TestServer s;
    s.post(config_maps, config_map("a"));
    std::string target =
        config_maps +
        "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&resourceVersion=&allowWatchBookmarks=true";
    OpenWatch w = s.watch(target);
    EXPECT_EQ(w.next().text("type"), "ADDED");
    json::Value end = w.next();
    EXPECT_EQ(end.text("type"), "BOOKMARK");
    EXPECT_EQ(end.text({"object", "kind"}), "ConfigMap");
    EXPECT_EQ(end.text({"object", "metadata", "annotations", "k8s.io/initial-events-end"}), "true");
    EXPECT_EQ(end.text({"object", "metadata", "resourceVersion"}), std::to_string(s.server().revision()));
    s.post(config_maps, config_map("b"));
    EXPECT_EQ(w.all(), Lines{"ADDED b"});
    EXPECT_EQ(s.get(target, {{"accept", "application/json;as=Table;v=v1;g=meta.k8s.io"}}).status, 406);
}

TEST(Watch, SendsBookmarksToThoseWhoAllowThem) {
    TestServer s;
    OpenWatch with = s.watch(config_maps + "?watch=1&allowWatchBookmarks=true");
    OpenWatch without = s.watch(config_maps + "?watch=1");
    s.post("/api/v1/namespaces", R"({"metadata":{"name":"far"}})");
    json::Value bookmark = with.next(seconds(61));
    EXPECT_EQ(bookmark.text("type"), "BOOKMARK");
    EXPECT_EQ(bookmark.text({"object", "metadata", "resourceVersion"}), std::to_string(s.server().revision()));
    EXPECT_EQ(without.all(seconds(120)), Lines{});
}

TEST(Watch, EndsWhenItsTimeIsOver) {
    TestServer s;
    OpenWatch w = s.watch(config_maps + "?watch=1&timeoutSeconds=5");
    EXPECT_EQ(w.all(seconds(4)), Lines{});
    EXPECT_FALSE(w.ended());
    EXPECT_EQ(w.all(seconds(2)), Lines{});
    EXPECT_TRUE(w.ended());
}

TEST(Watch, FromAForgottenRevisionIsToldSoAndEnds) {
    TestServer s({.history_events = 3});
    std::string then = s.post(config_maps, config_map("a")).at({"metadata", "resourceVersion"});
    OpenWatch slow = s.watch(since(s, then));
    for (int i = 0; i < 6; ++i) s.merge(config_maps + "/a", R"({"data":{"k":")" + std::to_string(10 + i) + R"("}})");
    EXPECT_EQ(s.watch(since(s, then)).all(), Lines{"ERROR 410"});
    EXPECT_EQ(slow.all(), Lines{"ERROR 410"});
    EXPECT_TRUE(slow.ended());
}

TEST(Watch, CanBeTablesWhoseColumnsComeOnce) {
    TestServer s;
    OpenWatch w = s.watch(config_maps + "?watch=1",
                          {{"accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"}});
    s.post(config_maps, config_map("a"));
    s.post(config_maps, config_map("b"));
    json::Value first = w.next(), second = w.next();
    EXPECT_EQ(first.text({"object", "kind"}), "Table");
    EXPECT_FALSE(first.find_path({"object", "columnDefinitions"})->as_array().empty());
    const json::Value* columns = second.find_path({"object", "columnDefinitions"});
    EXPECT_TRUE(!columns || columns->is_null() || columns->as_array().empty());
    EXPECT_EQ(second.find_path({"object", "rows"})->as_array()[0].find("cells")->as_array()[0], json::Value("b"));
}

TEST(Watch, AllWatchersSeeTheSameOrder) {
    TestServer s;
    std::vector<OpenWatch> watches;
    for (int i = 0; i < 5; ++i) watches.push_back(s.watch(config_maps + "?watch=1"));
    for (int i = 0; i < 50; ++i) s.post(config_maps, config_map("m" + std::to_string(i % 7 + i * 10)));
    Lines first = watches[0].all();
    EXPECT_EQ(first.size(), 50u);
    for (OpenWatch& w : watches)
        if (&w != &watches[0]) EXPECT_EQ(w.all(), first);
}

}  // namespace
}  // namespace mizzen::apiserver
