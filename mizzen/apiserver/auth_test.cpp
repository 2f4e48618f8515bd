// SPDX-License-Identifier: Apache-2.0
// Who somebody is, and what they may do.
#include <gtest/gtest.h>

#include "mizzen/apiserver/testing/test_server.hpp"

namespace mizzen::apiserver {
namespace {

const std::string rbac = "/apis/rbac.authorization.k8s.io/v1";
const std::string accounts = "/api/v1/namespaces/default/serviceaccounts";

std::string role(std::string_view name, std::string_view rules) {
    return R"({"metadata":{"name":")" + std::string(name) + R"("},"rules":)" + std::string(rules) + "}";
}
std::string binding(std::string_view name, std::string_view kind, std::string_view to, std::string_view subject) {
    return R"({"metadata":{"name":")" + std::string(name) +
           R"("},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":")" + std::string(kind) + R"(","name":")" +
           std::string(to) + R"("},"subjects":[)" + std::string(subject) + "]}";
}
const std::string jane = R"({"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"jane"})";

void grant(TestServer& s, std::string_view rules) {
    ASSERT_EQ(s.post(rbac + "/namespaces/default/roles", role("r", rules)).status, 201);
    ASSERT_EQ(s.post(rbac + "/namespaces/default/rolebindings", binding("b", "Role", "r", jane)).status, 201);
}

std::string who(TestServer& s, HeaderList headers = {}) {
    Answer answer = s.post("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}", headers);
    return answer.status == 201 ? answer.at({"status", "userInfo", "username"}) : std::to_string(answer.status);
}

TEST(Authenticate, KnowsCertificatesAndStaticTokens) {
    TestServer s({.tokens = {{"secret", "bob:dev,system:masters"}}});
    s.as("jane", {"dev"});
    EXPECT_EQ(who(s), "jane");
    s.as_nobody();
    EXPECT_EQ(who(s, {{"authorization", "Bearer secret"}}), "bob");
    EXPECT_EQ(who(s, {{"authorization", "Bearer wrong"}}), "401");
    EXPECT_EQ(s.get(config_maps).status, 403) << "nobody may list";
    EXPECT_EQ(s.get("/readyz").text, "ok") << "but anybody may ask for health";
    EXPECT_EQ(s.get("/version").status, 200);
}

TEST(Authorize, ByRolesInANamespace) {
    TestServer s;
    grant(
        s,
        R"([{"verbs":["get","list"],"apiGroups":[""],"resources":["configmaps"]},{"verbs":["get"],"apiGroups":[""],"resources":["secrets"],"resourceNames":["mine"]}])");
    s.as("jane", {});
    EXPECT_EQ(s.get(config_maps).status, 200);
    EXPECT_EQ(s.get(config_maps + "/a").status, 404);
    EXPECT_EQ(s.get("/api/v1/configmaps").status, 403);
    EXPECT_EQ(s.get("/api/v1/namespaces/default/secrets/mine").status, 404);
    EXPECT_EQ(s.get("/api/v1/namespaces/default/secrets/other").status, 403);
    Answer refused = s.post(config_maps, config_map("a"));
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.message(),
              "configmaps is forbidden: User \"jane\" cannot create resource \"configmaps\" in API group \"\" in the "
              "namespace \"default\"");
    EXPECT_EQ(s.get("/metrics").message(), "forbidden: User \"jane\" cannot get path \"/metrics\"");
    EXPECT_EQ(s.get("/apis").status, 200) << "every user may discover";
}

TEST(Authorize, FollowsChangesAtOnce) {
    TestServer s;
    grant(s, R"([{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}])");
    s.as("jane", {});
    EXPECT_EQ(s.get(config_maps).status, 200);
    s.as_admin();
    s.remove(rbac + "/namespaces/default/rolebindings/b");
    s.as("jane", {});
    EXPECT_EQ(s.get(config_maps).status, 403);
}

TEST(Authorize, CollectsRulesByLabel) {
    TestServer s;
    s.post(rbac + "/clusterrolebindings", binding("v", "ClusterRole", "view", jane));
    s.as("jane", {});
    EXPECT_EQ(s.get(config_maps).status, 200) << "view has the rules of what adds to view";
    EXPECT_EQ(s.get("/api/v1/secrets").status, 403);
    s.as_admin();
    s.post(
        rbac + "/clusterroles",
        R"({"metadata":{"name":"more","labels":{"rbac.authorization.k8s.io/aggregate-to-view":"true"}},"rules":[{"verbs":["list"],"apiGroups":[""],"resources":["secrets"]}]})");
    s.as("jane", {});
    EXPECT_EQ(s.get("/api/v1/secrets").status, 200);
    s.as_admin();
    EXPECT_NE(
        s.get(rbac + "/clusterroles/admin").text.find(R"({"apiGroups":[""],"resources":["secrets"],"verbs":["list"]})"),
        std::string::npos)
        << "admin has the rules of edit, which has those of view";
}

TEST(Authorize, LetsNobodyGiveMoreThanHeHas) {
    TestServer s;
    grant(
        s,
        R"([{"verbs":["create"],"apiGroups":["rbac.authorization.k8s.io"],"resources":["roles","rolebindings"]},{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}])");
    s.as("jane", {});
    EXPECT_EQ(s.post(rbac + "/namespaces/default/roles",
                     role("ok", R"([{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}])"))
                  .status,
              201);
    EXPECT_EQ(s.post(rbac + "/namespaces/default/roles",
                     role("no", R"([{"verbs":["get","list"],"apiGroups":[""],"resources":["pods"]}])"))
                  .status,
              403);
    EXPECT_EQ(
        s.post(rbac + "/namespaces/default/rolebindings", binding("no", "ClusterRole", "cluster-admin", jane)).status,
        403);
    EXPECT_EQ(s.post(rbac + "/namespaces/default/rolebindings", binding("ok", "Role", "ok", jane)).status, 201);
}

TEST(Reviews, AnswerWhetherSomebodyMay) {
    TestServer s;
    grant(s, R"([{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}])");
    auto ask = [&](std::string_view verb, std::string_view ns) {
        std::string body = R"({"spec":{"user":"jane","resourceAttributes":{"verb":")" + std::string(verb) +
                           R"(","resource":"pods","namespace":")" + std::string(ns) + R"("}}})";
        return *s.post("/apis/authorization.k8s.io/v1/subjectaccessreviews", body)
                    .json()
                    .find_path({"status", "allowed"}) == json::Value(true);
    };
    EXPECT_TRUE(ask("get", "default"));
    EXPECT_FALSE(ask("list", "default"));
    EXPECT_FALSE(ask("get", "kube-system"));
    s.as("jane", {});
    Answer self = s.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                         R"({"spec":{"resourceAttributes":{"verb":"get","resource":"pods","namespace":"default"}}})");
    EXPECT_EQ(*self.json().find_path({"status", "allowed"}), json::Value(true)) << self.text;
    EXPECT_EQ(self.at({"status", "reason"}), "RBAC: allowed by RoleBinding \"b/default\" of Role \"r\"");
    Answer rules =
        s.post("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", R"({"spec":{"namespace":"default"}})");
    EXPECT_NE(rules.text.find(R"("resources":["pods"])"), std::string::npos) << rules.text;
    EXPECT_EQ(s.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", R"({"spec":{}})").status, 422);
}

TEST(Impersonate, NeedsTheRightTo) {
    TestServer s;
    EXPECT_EQ(who(s, {{"impersonate-user", "jane"}, {"impersonate-group", "dev"}}), "jane");
    EXPECT_EQ(who(s, {{"impersonate-user", "system:serviceaccount:default:x"}}), "system:serviceaccount:default:x");
    s.as("jane", {});
    EXPECT_EQ(who(s, {{"impersonate-user", "bob"}}), "403");
    EXPECT_EQ(who(s), "jane");
}

class Tokens : public testing::Test {
  protected:
    void SetUp() override { s.post(accounts, R"({"metadata":{"name":"robot"}})"); }
    Answer request(std::string spec) { return s.post(accounts + "/robot/token", R"({"spec":)" + spec + "}"); }
    std::string bearer(const Answer& answer) { return "Bearer " + answer.at({"status", "token"}); }
    TestServer s;
};

TEST_F(Tokens, SayWhoTheyAre) {
    Answer made = request(R"({"expirationSeconds":600})");
    ASSERT_EQ(made.status, 201) << made.text;
    EXPECT_EQ(made.at({"status", "expirationTimestamp"}), "2026-01-01T00:10:00Z");
    s.as_nobody();
    EXPECT_EQ(who(s, {{"authorization", bearer(made)}}), "system:serviceaccount:default:robot");
    std::string forged = bearer(made);
    forged[forged.size() - 10] = forged[forged.size() - 10] == 'A' ? 'B' : 'A';
    EXPECT_EQ(who(s, {{"authorization", forged}}), "401");
}

TEST_F(Tokens, EndInTime) {
    Answer made = request(R"({"expirationSeconds":600})");
    s.as_nobody();
    s.loop().run_for(std::chrono::seconds(599));
    EXPECT_EQ(who(s, {{"authorization", bearer(made)}}), "system:serviceaccount:default:robot");
    s.loop().run_for(std::chrono::seconds(1));
    EXPECT_EQ(who(s, {{"authorization", bearer(made)}}), "401");
    s.as_admin();
    EXPECT_EQ(request(R"({"expirationSeconds":5})").status, 422);
}

TEST_F(Tokens, EndWithWhatTheyAreBoundTo) {
    s.post(
        "/api/v1/namespaces/default/pods",
        R"({"metadata":{"name":"p"},"spec":{"serviceAccountName":"robot","containers":[{"name":"c","image":"x"}]}})");
    Answer bound = request(R"({"boundObjectRef":{"kind":"Pod","apiVersion":"v1","name":"p"}})"), plain = request("{}");
    ASSERT_EQ(bound.status, 201) << bound.text;
    s.remove("/api/v1/namespaces/default/pods/p");
    s.as_nobody();
    EXPECT_EQ(who(s, {{"authorization", bearer(bound)}}), "401");
    EXPECT_EQ(who(s, {{"authorization", bearer(plain)}}), "system:serviceaccount:default:robot");
    s.as_admin();
    s.remove(accounts + "/robot");
    s.as_nobody();
    EXPECT_EQ(who(s, {{"authorization", bearer(plain)}}), "401");
}

TEST_F(Tokens, AreForTheirAudienceAlone) {
    Answer made = request(R"({"audiences":["vault"]})");
    auto review = [&](std::string_view audience) {
        std::string body = R"({"spec":{"token":")" + made.at({"status", "token"}) + R"(","audiences":[")" +
                           std::string(audience) + R"("]}})";
        return s.post("/apis/authentication.k8s.io/v1/tokenreviews", body).json();
    };
    EXPECT_EQ(review("vault").text({"status", "user", "username"}), "system:serviceaccount:default:robot");
    EXPECT_EQ(review("other").find_path({"status", "authenticated"}), nullptr);
    s.as_nobody();
    EXPECT_EQ(who(s, {{"authorization", bearer(made)}}), "401") << "it is not for this server";
}

}  // namespace
}  // namespace mizzen::apiserver
