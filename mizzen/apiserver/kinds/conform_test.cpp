// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "mizzen/apiserver/kinds/kind_rules.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

const kube::schema::Type& type_of(std::string_view name) {
    const kube::schema::Type* type = kube::schema::find_type(name);
    if (!type) throw std::runtime_error("no such type");
    return *type;
}

constexpr std::string_view deployment = "io.k8s.api.apps.v1.Deployment", pod = "io.k8s.api.core.v1.Pod",
                           config_map = "io.k8s.api.core.v1.ConfigMap";

std::string refusal(std::string_view type, std::string_view text) {
    json::Value object = json::parse(text);
    try {
        conform(object, type_of(type));
    } catch (const StatusError& error) {
        return error.message;
    }
    return "none";
}

TEST(Conform, RefusesTheWrongTypeInTheWordsOfGo) {
    struct Case {
        std::string_view type, text, message;
    };
    for (
        auto [type, text, message] : {
            Case{
                deployment, R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"replicas":"3"}})",
                R"(Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32)"},
            Case{
                deployment, R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"replicas":1.5}})",
                R"(Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32)"},
            Case{
                deployment, R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"replicas":3000000000}})",
                R"(Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal number 3000000000 into Go struct field DeploymentSpec.spec.replicas of type int32)"},
            Case{
                pod, R"({"apiVersion":"v1","kind":"Pod","spec":{"containers":{}}})",
                R"(Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container)"},
            Case{
                pod, R"({"apiVersion":"v1","kind":"Pod","metadata":{"labels":["a"]}})",
                R"(Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal array into Go struct field ObjectMeta.metadata.labels of type map[string]string)"},
            Case{
                pod, R"({"apiVersion":"v1","kind":"Pod","spec":{"restartPolicy":true}})",
                R"(Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal bool into Go struct field PodSpec.spec.restartPolicy of type v1.RestartPolicy)"},
        }) {
        EXPECT_EQ(refusal(type, text), message) << text;
    }
}

TEST(Conform, NamesUnknownMembersAndDropsThem) {
    json::Value object = json::parse(
        R"({"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"c","imagee":"i"}],"nodes":[1]},"extra":{}})");
    EXPECT_EQ(conform(object, type_of(pod)),
              (std::vector<std::string>{"extra", "spec.containers[0].imagee", "spec.nodes"}));
    EXPECT_EQ(json::to_json(object), R"({"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"c"}]}})");
}

TEST(Conform, TakesNullForAbsence) {
    json::Value object = json::parse(
        R"({"apiVersion":"v1","kind":"Pod","metadata":null,"spec":{"nodeName":null,"containers":[null],"nodeSelector":{"a":null}}})");
    EXPECT_TRUE(conform(object, type_of(pod)).empty());
    EXPECT_FALSE(object["spec"].find("nodeName"));
    EXPECT_EQ(json::to_json(object["spec"]["containers"]), "[{}]");
    EXPECT_EQ(object.text({"spec", "nodeSelector", "a"}), "");
}

TEST(Conform, LeavesWhatFitsAsItIs) {
    std::string_view text =
        R"({"apiVersion":"v1","binaryData":{"b":"AA=="},"data":{"k":"v"},"immutable":true,"kind":"ConfigMap","metadata":{"name":"a"}})";
    json::Value object = json::parse(text);
    EXPECT_TRUE(conform(object, type_of(config_map)).empty());
    EXPECT_EQ(json::to_json(object), text);
}

TEST(ConformMetadata, NamesPathsFromTheObject) {
    json::Value object =
        json::parse(R"({"apiVersion":"a.dev/v1","kind":"Shop","metadata":{"name":"a","labelz":{}},"spec":{"any":1}})");
    EXPECT_EQ(conform_metadata(object), (std::vector<std::string>{"metadata.labelz"}));
    EXPECT_EQ(json::to_json(object["spec"]), R"({"any":1})");
}

TEST(Complete, WritesWhatGoAlwaysWritesAndDropsWhatItNeverDoes) {
    json::Value object = json::parse(R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","labels":{}},
        "spec":{"containers":[{"name":"c","image":"","resources":{"limits":{"cpu":"1000m","memory":"1024Mi"}}}],"nodeName":"","hostNetwork":false}})");
    complete(object, type_of(pod));
    EXPECT_EQ(json::to_json(object["metadata"]), R"({"name":"a"})");
    EXPECT_EQ(json::to_json(object["spec"]),
              R"({"containers":[{"name":"c","resources":{"limits":{"cpu":"1","memory":"1Gi"}}}]})");
    EXPECT_EQ(json::to_json(object["status"]), "{}");
}

}  // namespace
}  // namespace mizzen::apiserver
