// SPDX-License-Identifier: Apache-2.0
// Discovery, version, health, OpenAPI.
#include <gtest/gtest.h>

#include "mizzen/apiserver/testing/test_server.hpp"

namespace mizzen::apiserver {
namespace {

const std::pair<std::string, std::string> aggregated{
    "accept", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json"};

TEST(Discovery, IsAggregatedForThoseWhoPreferIt) {
    TestServer s;
    Answer core = s.get("/api", {aggregated});
    EXPECT_EQ(core.headers.find("content-type").value_or(""),
              "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
    EXPECT_EQ(core.at({"apiVersion"}), "apidiscovery.k8s.io/v2");
    json::Value groups = s.get("/apis", {aggregated}).json();
    EXPECT_EQ(groups.find("items")->as_array()[0].text({"metadata", "name"}), "apiregistration.k8s.io");
    EXPECT_EQ(groups.find("items")->as_array()[1].text({"metadata", "name"}), "apps");
    Answer again = s.get("/api", {aggregated, {"if-none-match", std::string(core.headers.find("etag").value_or(""))}});
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.text, "");
}

TEST(Discovery, IsThereInTheOlderFormAtEachLevel) {
    TestServer s;
    EXPECT_EQ(s.get("/api").at({"kind"}), "APIVersions");
    EXPECT_EQ(s.get("/apis").at({"kind"}), "APIGroupList");
    json::Value autoscaling = s.get("/apis/autoscaling").json();
    EXPECT_EQ(autoscaling.text({"preferredVersion", "groupVersion"}), "autoscaling/v2");
    json::Value apps = s.get("/apis/apps/v1").json();
    EXPECT_EQ(apps.text("groupVersion"), "apps/v1");
    bool found = false;
    for (const json::Value& r : apps.find("resources")->as_array())
        if (r.text("name") == "deployments/scale")
            found = r.text("group") == "autoscaling" && r.text("kind") == "Scale";
    EXPECT_TRUE(found);
    EXPECT_EQ(s.get("/apis/nothing").status, 404);
    EXPECT_EQ(s.get("/apis/apps/v9").status, 404);
    EXPECT_EQ(s.get("/nothing").status, 404);
    EXPECT_EQ(s.post("/apis", "{}").status, 405);
}

TEST(Health, AnswersWholeAndInParts) {
    TestServer s;
    for (std::string path : {"/healthz", "/livez", "/readyz", "/readyz/ping"})
        EXPECT_EQ(s.get(path).text, "ok") << path;
    EXPECT_NE(s.get("/readyz?verbose").text.find("[+]ping ok\n"), std::string::npos);
    EXPECT_EQ(s.get("/readyz/nothing").status, 404);
    EXPECT_EQ(s.get("/version").at({"major"}), "1");
}

TEST(OpenApi, HasADocumentForEachVersion) {
    TestServer s;
    json::Value index = s.get("/openapi/v3").json();
    std::string url(index.text({"paths", "apis/apps/v1", "serverRelativeURL"}));
    json::Value document = s.get(url).json();
    const json::Value* patch =
        document.find_path({"paths", "/apis/apps/v1/namespaces/{namespace}/deployments/{name}", "patch"});
    ASSERT_NE(patch, nullptr);
    EXPECT_EQ(patch->text({"x-kubernetes-group-version-kind", "kind"}), "Deployment");
    EXPECT_NE(index.find_path({"paths", "api/v1"}), nullptr);
    EXPECT_EQ(s.get("/openapi/v3/apis/nothing/v1").status, 404);
}

TEST(OpenApi, HasTheOlderFormForOlderClients) {
    TestServer s;
    json::Value document = s.get("/openapi/v2").json();
    const json::Value* spec =
        document.find_path({"definitions", "io.k8s.api.core.v1.PodSpec", "properties", "containers"});
    ASSERT_NE(spec, nullptr);
    EXPECT_EQ(spec->text("x-kubernetes-patch-merge-key"), "name");
    EXPECT_EQ(spec->text({"items", "$ref"}), "#/definitions/io.k8s.api.core.v1.Container");
    EXPECT_EQ(document.text({"definitions", "io.k8s.api.apps.v1.Deployment", "properties", "spec", "$ref"}),
              "#/definitions/io.k8s.api.apps.v1.DeploymentSpec");
    Answer protobuf = s.get("/openapi/v2", {{"accept", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf"}});
    EXPECT_EQ(protobuf.headers.find("content-type"), "application/com.github.proto-openapi.spec.v2.v1.0+protobuf");
    EXPECT_EQ(protobuf.text.substr(0, 5),
              "\n\x03"
              "2.0");
    EXPECT_NE(protobuf.text.find("io.k8s.api.core.v1.PodSpec"), std::string::npos);
}

TEST(OpenId, TellsHowToCheckTokens) {
    TestServer s;
    EXPECT_EQ(s.get("/.well-known/openid-configuration", {{"host", "h:1"}}).at({"jwks_uri"}),
              "https://h:1/openid/v1/jwks");
    json::Value keys = s.get("/openid/v1/jwks").json();
    EXPECT_EQ(keys.find("keys")->as_array()[0].text("kty"), "EC");
    EXPECT_EQ(keys.find("keys")->as_array()[0].text("x").size(), 43u);
}

}  // namespace
}  // namespace mizzen::apiserver
