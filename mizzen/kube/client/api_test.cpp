// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/client/api.hpp"

#include <gtest/gtest.h>

#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/kube/client/testing/script.hpp"
#include "mizzen/kube/schema/kinds/config.hpp"

namespace mizzen::kube {
namespace {

using testing::Script;

constexpr const char* maps = "/api/v1/namespaces/shop/configmaps";

std::string config_map(std::string name, std::string version, std::string data = "{}") {
    return R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":")" + name +
           R"(","namespace":"shop","uid":"u-)" + name + R"(","resourceVersion":")" + version + R"("},"data":)" + data +
           "}";
}
const std::string not_found =
    R"({"kind":"Status","code":404,"reason":"NotFound","message":"configmaps \"a\" not found"})";

struct ApiTest : ::testing::Test {
    SimulatedLoop loop{1};
    Script script;
    Client client{loop, script, {.retry = {.tries = 1}}};
    Api<ConfigMap> api{client, "shop"};
};

TEST_F(ApiTest, GetThrowsAndFindGivesNothingForWhatIsNotThere) {
    script.expects("GET", std::string(maps) + "/a").replies(404, not_found).always();
    EXPECT_EQ(loop.run(api.find("a")), std::nullopt);
    try {
        loop.run(api.get("a"));
        FAIL() << "no error";
    } catch (const ApiError& e) {
        EXPECT_TRUE(e.is_not_found());
        EXPECT_STREQ(e.what(), "while reading ConfigMap a: configmaps \"a\" not found");
    }
}

TEST_F(ApiTest, ListFollowsThePages) {
    script.expects("GET", std::string(maps) + "?limit=2")
        .replies(200, R"({"metadata":{"resourceVersion":"9","continue":"c1","remainingItemCount":1},"items":[)" +
                          config_map("a", "1") + "," + config_map("b", "2") + "]}");
    script.expects("GET", std::string(maps) + "?limit=2&continue=c1")
        .replies(200,
                 R"({"items":[)" + config_map("c", "3", R"({"k":"v"})") + R"(],"metadata":{"resourceVersion":"9"}})");
    auto list = loop.run(api.list({.limit = 2}));
    ASSERT_EQ(list.items.size(), 3u);
    EXPECT_EQ(list.items[2].data.at("k"), "v");
    EXPECT_EQ(list.resource_version, "9");
    EXPECT_EQ(script.problems(), "");
}

TEST_F(ApiTest, AListWhosePagesExpireIsAskedForWhole) {
    script.expects("GET", std::string(maps) + "?limit=1")
        .replies(200, R"({"metadata":{"continue":"c1"},"items":[)" + config_map("a", "1") + "]}");
    script.expects("GET", std::string(maps) + "?limit=1&continue=c1")
        .replies(410, R"({"code":410,"reason":"Expired","message":"too old"})");
    script.expects("GET", maps)
        .replies(200, R"({"metadata":{"resourceVersion":"9"},"items":[)" + config_map("b", "2") + "]}");
    auto list = loop.run(api.list({.limit = 1}));
    ASSERT_EQ(list.items.size(), 1u);
    EXPECT_EQ(list.items[0].metadata.name, "b");
    EXPECT_EQ(script.requests()[2].target, maps);
}

TEST_F(ApiTest, AListMayBeEmptyOrNull) {
    script.expects("GET", maps).replies(200, R"({"metadata":{"resourceVersion":"9"},"items":null})");
    script.expects("GET", maps).replies(200, R"({"metadata":{"resourceVersion":"9"},"items":[ ]})");
    EXPECT_TRUE(loop.run(api.list()).items.empty());
    EXPECT_TRUE(loop.run(api.list()).items.empty());
}

TEST_F(ApiTest, WritesSendTheWholeObjectWithItsKind) {
    script.expects("POST", std::string(maps) + "?fieldManager=mizzen").replies(201, config_map("a", "1"));
    script.expects("PATCH", std::string(maps) + "/a?fieldManager=other&force=true").replies(200, config_map("a", "2"));
    EXPECT_EQ(loop.run(api.create({.data = {{"k", "v"}}, .metadata = {.name = "a"}})).metadata.resource_version, "1");
    EXPECT_EQ(script.requests()[0].body,
              R"({"apiVersion":"v1","data":{"k":"v"},"kind":"ConfigMap","metadata":{"name":"a"}})");
    EXPECT_EQ(loop.run(api.apply(ConfigMap{.metadata = {.name = "a"}}, {.field_manager = "other", .force = true}))
                  .metadata.resource_version,
              "2");
    EXPECT_EQ(script.problems(), "");
}

struct Log : WriteObserver {
    std::string text;
    void wrote(Written w) override {
        text += w.kind.kind + " " + to_string(w.key) + " " + w.uid + "@" + w.resource_version + ";";
    }
};

TEST_F(ApiTest, TheObserverHearsOfEachWriteButNotOfDryRuns) {
    script.expects("POST", maps).replies(201, config_map("a-x7f", "1")).always();
    script.expects("DELETE", std::string(maps) + "/a").replies(200, R"({"kind":"Status","status":"Success"})");
    script.expects("DELETE", std::string(maps) + "/b").replies(200, config_map("b", "7"));
    Log log;
    auto watched = api.observed_by(log);
    loop.run(watched.create({.metadata = {.generate_name = "a-"}}));
    loop.run(watched.create({.metadata = {.generate_name = "a-"}}, {.dry_run = true}));
    loop.run(watched.remove("a", {.uid = "u-a"}));
    loop.run(watched.remove("b"));
    EXPECT_EQ(log.text, "ConfigMap shop/a-x7f u-a-x7f@1;ConfigMap shop/a u-a@;ConfigMap shop/b u-b@7;");
}

TEST_F(ApiTest, ADynamicObjectKeepsMembersThatNobodyKnows) {
    Api<Dynamic> dynamic(client, DynamicKind("demo.dev", "v1", "Toy", "toys"), "shop");
    script.expects("GET", "/apis/demo.dev/v1/namespaces/shop/toys/a")
        .replies(
            200,
            R"({"apiVersion":"demo.dev/v1","kind":"Toy","metadata":{"name":"a","labels":{"x":"y"}},"spec":{"n":[1]},"extra":true})");
    Dynamic toy = loop.run(dynamic.get("a"));
    EXPECT_EQ(toy.metadata.labels.at("x"), "y");
    EXPECT_EQ(toy.content["spec"]["n"], json::Value(json::Array{1}));
    EXPECT_EQ(toy.to_value().find("extra")->as_bool(), true);
    EXPECT_EQ(toy.to_value().text("kind"), "Toy");
}

TEST_F(ApiTest, ScaleReadsAndWritesReplicas) {
    const std::string scale = R"({"kind":"Scale","spec":{"replicas":3},"status":{"replicas":2,"selector":"app=a"}})";
    script.expects("GET", std::string(maps) + "/a/scale").replies(200, scale);
    script.expects("PATCH", std::string(maps) + "/a/scale?fieldManager=mizzen").replies(200, scale);
    EXPECT_EQ(loop.run(api.scale("a")).wanted, 3);
    EXPECT_EQ(loop.run(api.set_scale("a", 3)).current, 2);
    EXPECT_EQ(script.requests()[1].body, R"({"spec":{"replicas":3}})");
}

TEST_F(ApiTest, AFailureAtAnyRequestOfAListIsReported) {
    for (int step : {1, 2}) {
        Script broken;
        Client flaky(loop, broken, {.retry = {.tries = 1}});
        broken.breaks_at(step);
        broken.expects("GET", std::string(maps) + "?limit=1")
            .replies(200, R"({"metadata":{"continue":"c"},"items":[]})");
        broken.expects("GET", std::string(maps) + "?limit=1&continue=c").replies(200, R"({"metadata":{},"items":[]})");
        EXPECT_THROW(loop.run(Api<ConfigMap>(flaky, "shop").list({.limit = 1})), Error) << step;
    }
}

}  // namespace
}  // namespace mizzen::kube
