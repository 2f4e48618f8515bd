// SPDX-License-Identifier: Apache-2.0
// Listing objects: selectors, pages, revisions, forms.
#include <gtest/gtest.h>

#include "mizzen/apiserver/testing/test_server.hpp"

namespace mizzen::apiserver {
namespace {

// "a b c": the names of a list's items.
std::string names(const Answer& list) {
    std::string out;
    json::Value value = list.json();
    const json::Value* items = value.find("items");
    if (!items) return "no list: " + list.text.substr(0, 200);
    for (const json::Value& item : items->as_array())
        out += (out.empty() ? "" : " ") + std::string(item.text({"metadata", "name"}));
    return out;
}

void make_maps(TestServer& s, std::string_view letters) {
    for (char c : letters) s.post(config_maps, config_map(std::string(1, c)));
}

TEST(List, IsSortedByKeyAndHasTheStoredBytes) {
    TestServer s;
    for (std::string_view name : {"b", "a", "c"}) s.post(config_maps, config_map(name));
    Answer list = s.get(config_maps);
    EXPECT_EQ(names(list), "a b c");
    EXPECT_EQ(list.at({"kind"}), "ConfigMapList");
    EXPECT_EQ(list.at({"apiVersion"}), "v1");
    EXPECT_EQ(list.at({"metadata", "resourceVersion"}), std::to_string(s.server().revision()));
    EXPECT_NE(list.text.find(s.get(config_maps + "/b").text), std::string::npos);
}

TEST(List, FiltersByLabelsAndFieldsAndNamespace) {
    TestServer s;
    s.post("/api/v1/namespaces", R"({"metadata":{"name":"other"}})");
    s.post(config_maps, config_map("a", "1", R"({"app":"web","tier":"x"})"));
    s.post(config_maps, config_map("b", "1", R"({"app":"db"})"));
    s.post("/api/v1/namespaces/other/configmaps", config_map("c", "1", R"({"app":"web"})"));
    struct Case {
        std::string target, names;
    };
    for (const Case& c : std::vector<Case>{
             {"/api/v1/configmaps?labelSelector=app%3Dweb", "a c"},
             {config_maps + "?labelSelector=app%3Dweb", "a"},
             {config_maps + "?labelSelector=app+in+(web,db),!tier", "b"},
             {config_maps + "?fieldSelector=metadata.name%3Db", "b"},
             {"/api/v1/configmaps?fieldSelector=metadata.name%3Dc", "c"},
             {"/api/v1/configmaps?fieldSelector=metadata.namespace%3Dother", "c"},
             {"/api/v1/configmaps?fieldSelector=metadata.namespace!%3Dother", "a b"},
             {"/api/v1/namespaces?fieldSelector=status.phase%3DActive&labelSelector=kubernetes.io/"
              "metadata.name%3Dother",
              "other"},
         })
        EXPECT_EQ(names(s.get(c.target)), c.names) << c.target;
    EXPECT_EQ(s.get(config_maps + "?fieldSelector=spec.x%3Db").status, 400);
    EXPECT_EQ(s.get(config_maps + "?labelSelector=a%3Db%3Dc").status, 400);
}

TEST(List, ComesInPagesOfOneRevision) {
    TestServer s;
    make_maps(s, "abcde");
    Answer first = s.get(config_maps + "?limit=2");
    EXPECT_EQ(names(first), "a b");
    EXPECT_EQ(first.json().integer({"metadata", "remainingItemCount"}), 3);
    std::string token = first.at({"metadata", "continue"});
    s.post(config_maps, config_map("bb"));
    s.remove(config_maps + "/d");
    s.merge(config_maps + "/c", R"({"data":{"k":"new"}})");
    Answer second = s.get(config_maps + "?limit=2&continue=" + token);
    EXPECT_EQ(names(second), "c d");
    EXPECT_EQ(second.json().find("items")->as_array()[0].text({"data", "k"}), "1");
    EXPECT_EQ(second.at({"metadata", "resourceVersion"}), first.at({"metadata", "resourceVersion"}));
    Answer third = s.get(config_maps + "?limit=2&continue=" + second.at({"metadata", "continue"}));
    EXPECT_EQ(names(third), "e");
    EXPECT_EQ(third.at({"metadata", "continue"}), "");
    EXPECT_EQ(third.json().find_path({"metadata", "remainingItemCount"}), nullptr);
}

TEST(List, OfAnExactRevisionShowsThePast) {
    TestServer s;
    make_maps(s, "ab");
    std::string then = std::to_string(s.server().revision());
    s.remove(config_maps + "/a");
    s.post(config_maps, config_map("c"));
    EXPECT_EQ(names(s.get(config_maps + "?resourceVersionMatch=Exact&resourceVersion=" + then)), "a b");
    EXPECT_EQ(names(s.get(config_maps + "?resourceVersionMatch=NotOlderThan&resourceVersion=" + then)), "b c");
    EXPECT_EQ(names(s.get(config_maps + "?limit=5&resourceVersion=" + then)), "a b");
    EXPECT_EQ(names(s.get(config_maps + "?resourceVersion=0&limit=1")), "b c");
}

TEST(List, WhoseRevisionIsForgottenIsExpiredButCanGoOn) {
    TestServer s({.history_events = 4});
    for (std::string_view name : {"a", "b", "c"}) s.post(config_maps, config_map(name));
    std::string revision = std::to_string(s.server().revision());
    std::string token = s.get(config_maps + "?limit=1").at({"metadata", "continue"});
    for (int i = 0; i < 6; ++i) s.merge(config_maps + "/a", R"({"data":{"k":")" + std::to_string(10 + i) + R"("}})");
    EXPECT_EQ(s.get(config_maps + "?resourceVersionMatch=Exact&resourceVersion=" + revision).reason(), "Expired");
    Answer expired = s.get(config_maps + "?limit=1&continue=" + token);
    EXPECT_EQ(expired.status, 410);
    EXPECT_EQ(expired.reason(), "Expired");
    std::string fresh = expired.at({"metadata", "continue"});
    ASSERT_FALSE(fresh.empty());
    EXPECT_EQ(names(s.get(config_maps + "?continue=" + fresh)), "b c");
}

TEST(List, WaitsForARevisionThatIsToComeAndGivesUp) {
    TestServer s;
    make_maps(s, "a");
    Time before = s.loop().now();
    Answer late = s.get(config_maps + "?resourceVersion=99999");
    EXPECT_EQ(late.status, 504);
    EXPECT_EQ(late.reason(), "Timeout");
    EXPECT_EQ(late.json().find_path({"details", "causes"})->as_array()[0].text("reason"), "ResourceVersionTooLarge");
    EXPECT_EQ(s.loop().now() - before, std::chrono::seconds(3));
}

TEST(List, RefusesOptionsThatContradictThemselves) {
    struct Case {
        std::string query;
        int status;
        std::string part;
    };
    TestServer s;
    for (const Case& c : std::vector<Case>{
             {"resourceVersion=x", 400, "parsing \"x\": invalid syntax"},
             {"limit=x", 400, "parsing \"x\": invalid syntax"},
             {"continue=foo", 400, "continue key is not valid"},
             {"resourceVersionMatch=Exact", 422, "forbidden unless resourceVersion is provided"},
             {"resourceVersion=0&resourceVersionMatch=Exact", 422, "forbidden for resourceVersion \"0\""},
             {"resourceVersion=1&resourceVersionMatch=Foo", 422, "Unsupported value: \"Foo\""},
             {"sendInitialEvents=true", 422, "sendInitialEvents is forbidden for list"},
             {"watch=1&sendInitialEvents=true", 422, "requires setting resourceVersionMatch to NotOlderThan"},
             {"watch=1&resourceVersion=1&resourceVersionMatch=NotOlderThan", 422,
              "forbidden for watch unless sendInitialEvents"},
         }) {
        Answer refused = s.get(config_maps + "?" + c.query);
        EXPECT_EQ(refused.status, c.status) << c.query;
        EXPECT_NE(refused.message().find(c.part), std::string::npos) << c.query << ": " << refused.message();
    }
}

TEST(List, CanBeATableOrMetadataOrYaml) {
    TestServer s;
    make_maps(s, "ab");
    json::Value table =
        s.get(config_maps, {{"accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"}}).json();
    EXPECT_EQ(table.text("kind"), "Table");
    EXPECT_EQ(table.text("apiVersion"), "meta.k8s.io/v1");
    ASSERT_EQ(table.find("rows")->as_array().size(), 2u);
    EXPECT_EQ(table.find("rows")->as_array()[0].find("cells")->as_array()[0], json::Value("a"));
    EXPECT_EQ(table.text({"metadata", "resourceVersion"}), std::to_string(s.server().revision()));
    json::Value metadata =
        s.get(config_maps, {{"accept", "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"}}).json();
    EXPECT_EQ(metadata.text("kind"), "PartialObjectMetadataList");
    EXPECT_EQ(metadata.find("items")->as_array()[1].text("kind"), "PartialObjectMetadata");
    EXPECT_EQ(metadata.find("items")->as_array()[1].find("data"), nullptr);
    Answer yaml = s.get(config_maps + "/a", {{"accept", "application/yaml"}});
    EXPECT_NE(yaml.text.find("kind: ConfigMap"), std::string::npos);
    EXPECT_EQ(s.get(config_maps, {{"accept", "text/html"}}).status, 406);
}

}  // namespace
}  // namespace mizzen::apiserver
