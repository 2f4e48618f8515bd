// SPDX-License-Identifier: Apache-2.0
#include "mizzen/apiserver/crd/custom_schema.hpp"

#include <gtest/gtest.h>

#include "mizzen/apiserver/crd/established_status.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using kube::schema::Type;

constexpr std::string_view shop = R"({"type":"object","properties":{
    "spec":{"type":"object","properties":{
        "replicas":{"type":"integer","default":1,"maximum":10},
        "ports":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
                 "items":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"protocol":{"type":"string","default":"TCP"}}}},
        "tags":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},
        "size":{"x-kubernetes-int-or-string":true},
        "note":{"type":"string","nullable":true,"default":"none"},
        "limits":{"type":"object","additionalProperties":{"type":"object","properties":{"cpu":{"type":"string","default":"1"}}}},
        "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}})";

std::shared_ptr<const CustomSchema> built(std::string_view schema, bool preserve = false) {
    return CustomSchema::build(json::parse(schema), preserve);
}

std::string defaulted(std::string_view text) {
    json::Value object = json::parse(text);
    built(shop)->apply_defaults(object);
    return json::to_json(object);
}

TEST(CustomSchema, PrunesWhatItDoesNotKnow) {
    json::Value object = json::parse(R"({"apiVersion":"a.dev/v1","kind":"Shop","metadata":{"name":"a"},"extra":1,
        "spec":{"replica":3,"ports":[{"name":"p","port":80}],"free":{"x":{"y":1}},"limits":{"a":{"cpu":"2","gpu":"1"}}}})");
    EXPECT_EQ(built(shop)->prune(object),
              (std::vector<std::string>{"extra", "spec.limits.a.gpu", "spec.ports[0].port", "spec.replica"}));
    EXPECT_EQ(json::to_json(object["spec"]),
              R"({"free":{"x":{"y":1}},"limits":{"a":{"cpu":"2"}},"ports":[{"name":"p"}]})");
}

TEST(CustomSchema, PrunesNothingWhereUnknownMembersArePreserved) {
    json::Value object = json::parse(R"({"extra":1,"spec":{"replica":3}})"), before = object;
    EXPECT_TRUE(built(shop, true)->prune(object).empty());
    EXPECT_EQ(object, before);
}

TEST(CustomSchema, FillsInDefaultsInsideOfWhatIsThere) {
    EXPECT_EQ(defaulted("{}"), "{}");  // the parent is absent
    EXPECT_EQ(defaulted(R"({"spec":{}})"), R"({"spec":{"note":"none","replicas":1}})");
    EXPECT_EQ(
        defaulted(R"({"spec":{"replicas":null,"note":null,"ports":[{"name":"a"}],"limits":{"x":{}}}})"),
        R"({"spec":{"limits":{"x":{"cpu":"1"}},"note":null,"ports":[{"name":"a","protocol":"TCP"}],"replicas":1}})");
}

std::vector<std::string> problems(std::string_view text, std::string_view old = "") {
    json::Value object = json::parse(text), before = old.empty() ? json::Value() : json::parse(old);
    std::vector<std::string> out;
    for (const FieldError& error : built(shop)->validate(object, old.empty() ? nullptr : &before))
        out.push_back(error.field + ": " + error.message);
    return out;
}

TEST(CustomSchema, ComplainsAsKubernetesDoes) {
    EXPECT_EQ(problems(R"({"spec":{"replicas":11}})"),
              std::vector<std::string>{
                  "spec.replicas: Invalid value: 11: spec.replicas in body should be less than or equal to 10"});
    EXPECT_EQ(problems(R"({"spec":{"tags":["a","a"]}})"),
              std::vector<std::string>{R"(spec.tags[1]: Duplicate value: "a")"});
    EXPECT_EQ(problems(R"({"spec":{"ports":[{}]}})"), std::vector<std::string>{"spec.ports[0].name: Required value"});
}

TEST(CustomSchema, LetsThroughWhatWasWrongBefore) {
    EXPECT_EQ(problems(R"({"spec":{"replicas":11,"note":"new"}})", R"({"spec":{"replicas":11}})"),
              std::vector<std::string>{});
    EXPECT_EQ(problems(R"({"spec":{"replicas":12}})", R"({"spec":{"replicas":11}})").size(), 1U);
}

const Type& member(const Type& type, std::string_view name) {
    const kube::schema::Field* field = type.find(name);
    if (!field) throw std::runtime_error("no such member");
    return *field->type;
}

TEST(CustomSchema, MakesATypeForMerging) {
    auto schema = built(shop);
    const Type& spec = member(schema->type(), "spec");
    const Type& ports = member(spec, "ports");
    EXPECT_EQ(ports.merge, kube::schema::Merge::keyed);
    ASSERT_EQ(ports.map_keys.size(), 1U);
    EXPECT_EQ(ports.map_keys[0], "name");
    EXPECT_EQ(member(spec, "tags").merge, kube::schema::Merge::set);
    EXPECT_TRUE(member(spec, "free").preserve_unknown);
    EXPECT_EQ(&member(schema->type(), "metadata"),
              kube::schema::find_type("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"));
}

TEST(EstablishedStatus, AcceptsTheNamesAndKeepsVersionsThatWereStored) {
    json::Value crd = json::parse(
        R"({"spec":{"names":{"plural":"shops","kind":"Shop"},"versions":[{"name":"v1","served":true,"storage":true}]},"status":{"storedVersions":["v1beta1"]}})");
    json::Value status = established_status(crd, "2026-01-01T00:00:00Z");
    EXPECT_EQ(json::to_json(status["acceptedNames"]), R"({"kind":"Shop","plural":"shops"})");
    EXPECT_EQ(json::to_json(status["storedVersions"]), R"(["v1beta1","v1"])");
    crd["status"] = status;
    EXPECT_EQ(established_status(crd, "2027-01-01T00:00:00Z"), status);
}

}  // namespace
}  // namespace mizzen::apiserver
