// SPDX-License-Identifier: Apache-2.0
// The definition of WebApp, as kubectl and API servers will read it.
#include <gtest/gtest.h>

#include <algorithm>

#include "mizzen/json/codec.hpp"
#include "mizzen/operator/operator.hpp"

namespace mizzen {
namespace {

const json::Value& version() {
    static const json::Value crd = web_app_crd();
    return crd.find_path({"spec", "versions"})->as_array().at(0);
}

const json::Value& spec_property(std::string_view name) {
    const json::Value* found =
        version().find_path({"schema", "openAPIV3Schema", "properties", "spec", "properties", name});
    if (!found) throw std::out_of_range(std::string(name));
    return *found;
}

TEST(WebAppCrd, HasTheNamesThatPeopleType) {
    const json::Value crd = web_app_crd();
    EXPECT_EQ(crd.text({"metadata", "name"}), "webapps.mizzen.dev");
    EXPECT_EQ(crd.text({"spec", "group"}), "mizzen.dev");
    EXPECT_EQ(crd.text({"spec", "scope"}), "Namespaced");
    EXPECT_EQ(crd.text({"spec", "names", "kind"}), "WebApp");
    EXPECT_EQ(crd.text({"spec", "names", "plural"}), "webapps");
    EXPECT_EQ(crd.text({"spec", "names", "singular"}), "webapp");
    EXPECT_EQ(*crd.find_path({"spec", "names", "shortNames"}), json::Value(json::Array{"wa"}));
    EXPECT_EQ(*crd.find_path({"spec", "names", "categories"}), json::Value(json::Array{"all"}));
}

TEST(WebAppCrd, ServesAndStoresV1WithAStatus) {
    EXPECT_EQ(version().text("name"), "v1");
    EXPECT_EQ(*version().find("served"), json::Value(true));
    EXPECT_EQ(*version().find("storage"), json::Value(true));
    EXPECT_TRUE(version().find_path({"subresources", "status"}));
}

TEST(WebAppCrd, ShowsImageReplicasPhaseAndAge) {
    std::vector<std::string> columns;
    for (const json::Value& c : version().find("additionalPrinterColumns")->as_array()) {
        columns.push_back(std::string(c.text("name")) + " " + std::string(c.text("type")) + " " +
                          std::string(c.text("jsonPath")));
    }
    EXPECT_EQ(columns,
              (std::vector<std::string>{"Image string .spec.image", "Replicas integer .spec.replicas",
                                        "Phase string .status.phase", "Age date .metadata.creationTimestamp"}));
}

TEST(WebAppCrd, CanBeScaled) {
    EXPECT_EQ(version().text({"subresources", "scale", "specReplicasPath"}), ".spec.replicas");
    EXPECT_EQ(version().text({"subresources", "scale", "statusReplicasPath"}), ".status.availableReplicas");
}

TEST(WebAppCrd, AsksForAnImageAndDefaultsTheRest) {
    EXPECT_EQ(*version().find_path({"schema", "openAPIV3Schema", "properties", "spec", "required"}),
              json::Value(json::Array{"image"}));
    EXPECT_EQ(*spec_property("replicas").find("default"), json::Value(1));
    EXPECT_EQ(*spec_property("port").find("default"), json::Value(8080));
    EXPECT_EQ(spec_property("replicas").integer({"minimum"}, -1), 0);
    EXPECT_EQ(spec_property("port").integer({"maximum"}), 65535);
    EXPECT_EQ(spec_property("env").text({"additionalProperties", "type"}), "string");
    for (const char* optional : {"health", "resources", "config"})
        EXPECT_EQ(spec_property(optional).find("default"), nullptr) << optional;
    EXPECT_EQ(*spec_property("health").find_path({"properties", "startupSeconds", "default"}), json::Value(300));
}

TEST(WebAppCrd, DescribesEveryFieldOfTheSpec) {
    for (auto& [name, property] :
         version().find_path({"schema", "openAPIV3Schema", "properties", "spec", "properties"})->as_object()) {
        EXPECT_NE(property.text("description"), "") << name;
    }
}

TEST(WebAppCrd, KnowsThePhases) {
    const json::Value* words =
        version().find_path({"schema", "openAPIV3Schema", "properties", "status", "properties", "phase", "enum"});
    ASSERT_TRUE(words);
    EXPECT_EQ(*words, json::Value(json::Array{"Pending", "Progressing", "Ready", "Degraded", "Stopped"}));
}

TEST(WebApp, IsDecodedWithTheDefaultsOfItsDefinition) {
    const WebApp app = json::from_json<WebApp>(R"({"spec":{"image":"shop:1"}})");
    EXPECT_EQ(app.spec.replicas, 1);
    EXPECT_EQ(app.spec.port, 8080);
    EXPECT_FALSE(app.spec.health);
}

}  // namespace
}  // namespace mizzen
