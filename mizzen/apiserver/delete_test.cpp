// SPDX-License-Identifier: Apache-2.0
// Deleting: finalizers, grace, propagation, preconditions.
#include <gtest/gtest.h>

#include "mizzen/apiserver/testing/test_server.hpp"

namespace mizzen::apiserver {
namespace {

const std::string a = config_maps + "/a";
const std::string pods = "/api/v1/namespaces/default/pods";

std::string pod(std::string_view node) {
    return R"({"metadata":{"name":"p"},"spec":{"nodeName":")" + std::string(node) +
           R"(","containers":[{"name":"c","image":"x"}]}})";
}

Options without_accounts() { return {.disabled_admission = {"ServiceAccount"}}; }

TEST(Delete, AnswersWithAStatusThatNamesTheObject) {
    TestServer s;
    std::string uid = s.post(config_maps, config_map("a")).at({"metadata", "uid"});
    Answer gone = s.remove(a);
    EXPECT_EQ(gone.status, 200);
    EXPECT_EQ(gone.at({"status"}), "Success");
    EXPECT_EQ(gone.at({"details", "uid"}), uid);
    EXPECT_EQ(gone.at({"details", "kind"}), "configmaps");
    EXPECT_EQ(s.remove(a).reason(), "NotFound");
}

TEST(Delete, WaitsForFinalizersAndGoesWithTheLast) {
    TestServer s;
    s.post(config_maps, R"({"metadata":{"name":"a","finalizers":["x/one","x/two"]}})");
    Answer marked = s.remove(a);
    EXPECT_EQ(marked.status, 200);
    EXPECT_EQ(marked.at({"kind"}), "ConfigMap");
    EXPECT_EQ(marked.at({"metadata", "deletionTimestamp"}), "2026-01-01T00:00:00Z");
    EXPECT_EQ(marked.json().integer({"metadata", "deletionGracePeriodSeconds"}, -1), 0);
    std::uint64_t revision = s.server().revision();
    s.remove(a);
    EXPECT_EQ(s.server().revision(), revision) << "deleting what is being deleted changes nothing";
    EXPECT_EQ(s.merge(a, R"({"metadata":{"finalizers":["x/one","x/three"]}})").status, 422) << "no new finalizers now";
    EXPECT_EQ(s.merge(a, R"({"metadata":{"finalizers":["x/one"]}})").status, 200);
    EXPECT_EQ(s.get(a).status, 200);
    EXPECT_EQ(s.merge(a, R"({"metadata":{"finalizers":null}})").status, 200);
    EXPECT_EQ(s.get(a).status, 404);
}

TEST(Delete, ChecksPreconditions) {
    TestServer s;
    Answer made = s.post(config_maps, config_map("a"));
    EXPECT_EQ(s.remove(a, R"({"preconditions":{"uid":"x"}})").reason(), "Conflict");
    EXPECT_EQ(s.remove(a, R"({"preconditions":{"resourceVersion":"1"}})").reason(), "Conflict");
    EXPECT_EQ(s.remove(a, R"({"propagationPolicy":"Foo"})").status, 422);
    EXPECT_EQ(s.remove(a, R"({"gracePeriodSeconds":"x"})").status, 400);
    EXPECT_EQ(s.remove(a + "?dryRun=All").status, 200);
    EXPECT_EQ(s.get(a).status, 200);
    EXPECT_EQ(s.remove(a, R"({"preconditions":{"uid":")" + made.at({"metadata", "uid"}) + R"("}})").status, 200);
}

TEST(Delete, MarksWhatItsDependentsMustOutliveOrPrecede) {
    struct Case {
        std::string body, finalizers;
    };
    for (const Case& c : std::vector<Case>{{R"({"propagationPolicy":"Foreground"})", R"(["foregroundDeletion"])"},
                                           {R"({"propagationPolicy":"Orphan"})", R"(["orphan"])"},
                                           {R"({"orphanDependents":true})", R"(["orphan"])"}}) {
        TestServer s;
        s.post(config_maps, config_map("a"));
        Answer marked = s.remove(a, c.body);
        ASSERT_NE(marked.json().find_path({"metadata", "finalizers"}), nullptr) << c.body << marked.text;
        EXPECT_EQ(json::to_json(*marked.json().find_path({"metadata", "finalizers"})), c.finalizers);
        EXPECT_EQ(s.merge(a, R"({"metadata":{"finalizers":[]}})").status, 200);
        EXPECT_EQ(s.get(a).status, 404);
    }
    TestServer s;
    s.post(config_maps, config_map("a"));
    s.remove(a, R"({"propagationPolicy":"Background"})");
    EXPECT_EQ(s.get(a).status, 404);
}

TEST(Delete, GivesAPodOnANodeItsGrace) {
    TestServer s(without_accounts());
    ASSERT_EQ(s.post(pods, pod("n1")).status, 201);
    Answer marked = s.remove(pods + "/p");
    EXPECT_EQ(marked.json().integer({"metadata", "deletionGracePeriodSeconds"}), 30);
    EXPECT_EQ(marked.at({"metadata", "deletionTimestamp"}), "2026-01-01T00:00:30Z");
    EXPECT_EQ(s.remove(pods + "/p", R"({"gracePeriodSeconds":60})")
                  .json()
                  .integer({"metadata", "deletionGracePeriodSeconds"}),
              30)
        << "grace only gets shorter";
    EXPECT_EQ(s.remove(pods + "/p", R"({"gracePeriodSeconds":5})").at({"metadata", "deletionTimestamp"}),
              "2026-01-01T00:00:05Z");
    EXPECT_EQ(s.remove(pods + "/p", R"({"gracePeriodSeconds":0})").status, 200);
    EXPECT_EQ(s.get(pods + "/p").status, 404);
}

TEST(Delete, TakesAPodThatRunsNowhereAtOnce) {
    TestServer s(without_accounts());
    ASSERT_EQ(s.post(pods, pod("")).status, 201);
    EXPECT_EQ(s.remove(pods + "/p").at({"kind"}), "Pod");
    EXPECT_EQ(s.get(pods + "/p").status, 404);
}

TEST(DeleteCollection, TakesWhatIsSelected) {
    TestServer s;
    s.post(config_maps, config_map("a", "1", R"({"app":"x"})"));
    s.post(config_maps, config_map("b", "1", R"({"app":"y"})"));
    s.post(config_maps, config_map("c", "1", R"({"app":"x"})"));
    Answer gone = s.remove(config_maps + "?labelSelector=app%3Dx");
    EXPECT_EQ(gone.at({"kind"}), "ConfigMapList");
    EXPECT_EQ(gone.json().find("items")->as_array().size(), 2u);
    EXPECT_EQ(s.get(config_maps).json().find("items")->as_array().size(), 1u);
}

TEST(Bind, PutsAPodOnANodeOnce) {
    TestServer s(without_accounts());
    s.post(pods, pod(""));
    std::string body = R"({"metadata":{"name":"p"},"target":{"kind":"Node","name":"n1"}})";
    EXPECT_EQ(s.post(pods + "/p/binding", body).status, 201);
    EXPECT_EQ(s.get(pods + "/p").at({"spec", "nodeName"}), "n1");
    EXPECT_EQ(s.post(pods + "/p/binding", body).reason(), "Conflict");
    EXPECT_EQ(s.get(pods + "?fieldSelector=spec.nodeName%3Dn1").json().find("items")->as_array().size(), 1u);
}

TEST(Evict, AsksTheDisruptionBudget) {
    TestServer s(without_accounts());
    s.post(
        pods,
        R"({"metadata":{"name":"p","labels":{"app":"x"}},"spec":{"nodeName":"n1","containers":[{"name":"c","image":"x"}]}})");
    s.merge(pods + "/p/status", R"({"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}})");
    const std::string budgets = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
    s.post(budgets, R"({"metadata":{"name":"b"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"x"}}}})");
    std::string body = R"({"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"p"}})";
    EXPECT_EQ(s.post(pods + "/p/eviction", body).status, 429) << "nobody has counted yet";
    s.merge(
        budgets + "/b/status",
        R"({"status":{"observedGeneration":1,"disruptionsAllowed":0,"currentHealthy":1,"desiredHealthy":1,"expectedPods":1}})");
    Answer refused = s.post(pods + "/p/eviction", body);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.reason(), "TooManyRequests");
    EXPECT_EQ(refused.json().find_path({"details", "causes"})->as_array()[0].text("reason"), "DisruptionBudget");
    s.merge(budgets + "/b/status", R"({"status":{"disruptionsAllowed":1}})");
    EXPECT_EQ(s.post(pods + "/p/eviction", body).status, 201);
    EXPECT_NE(s.get(pods + "/p").at({"metadata", "deletionTimestamp"}), "");
    EXPECT_EQ(s.get(budgets + "/b").json().integer({"status", "disruptionsAllowed"}, -1), 0);
}

}  // namespace
}  // namespace mizzen::apiserver
