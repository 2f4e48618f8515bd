// SPDX-License-Identifier: Apache-2.0
// The generated structs: JSON in, the same JSON out, and the rules by which members are left out.
#include <gtest/gtest.h>

#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/kube/schema/kinds/apiextensions.hpp"
#include "mizzen/kube/schema/kinds/apps.hpp"
#include "mizzen/kube/schema/kinds/autoscaling.hpp"
#include "mizzen/kube/schema/kinds/core.hpp"
#include "mizzen/kube/schema/kinds/discovery.hpp"
#include "mizzen/kube/schema/kinds/policy.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::kube {
namespace {

// What is left of a document after a trip through the struct.
template <class K>
std::string through(std::string_view text) {
    return json::to_json(to_object(json::from_json<K>(text)));
}

TEST(Kinds, CarryTheirNames) {
    EXPECT_EQ(Deployment::kind.api_version(), "apps/v1");
    EXPECT_EQ(Pod::kind.api_version(), "v1");
    EXPECT_EQ(Pod::kind.plural, "pods");
    EXPECT_FALSE(Node::kind.namespaced);
    EXPECT_EQ(EventsEvent::kind.group, "events.k8s.io");
    EXPECT_EQ(Eviction::kind.plural, "");
}

TEST(Kinds, AreWrittenWithApiVersionAndKind) {
    const ConfigMap map{.data = {{"a", "b"}}, .metadata = {.name = "c"}};
    EXPECT_EQ(json::to_json(to_object(map)),
              R"({"apiVersion":"v1","data":{"a":"b"},"kind":"ConfigMap","metadata":{"name":"c"}})");
}

TEST(Kinds, KeepEverythingThatTheyRead) {
    const std::string deployment =
        R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"generation":2,"labels":{"a":"1"},"managedFields":[)"
        R"({"apiVersion":"apps/v1","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{}},"manager":"m"}],"name":"d"},)"
        R"("spec":{"replicas":0,"selector":{"matchLabels":{"a":"1"}},"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":"25%"}},)"
        R"("template":{"metadata":{"labels":{"a":"1"}},"spec":{"automountServiceAccountToken":false,"containers":[{"image":"i",)"
        R"("livenessProbe":{"httpGet":{"path":"/","port":"http"}},"name":"c","ports":[{"containerPort":80}],)"
        R"("resources":{"limits":{"cpu":"1"}},"securityContext":{"runAsUser":0}}],"securityContext":{},)"
        R"("volumes":[{"emptyDir":{},"name":"v"}]}}},"status":{"replicas":1}})";
    EXPECT_EQ(through<Deployment>(deployment), deployment);
}

TEST(Kinds, KeepTheZeroOfAnOptionalMemberAndDropThatOfAPlainOne) {
    Deployment d;
    d.spec.replicas = 0;
    d.spec.min_ready_seconds = 0;
    const json::Value out = json::to_value(d);
    EXPECT_EQ(*out.find_path({"spec", "replicas"}), json::Value(0));
    EXPECT_EQ(out.find_path({"spec", "minReadySeconds"}), nullptr);
    EXPECT_EQ(out.find("status"), nullptr);
}

TEST(Kinds, AlwaysWriteWhatIsRequired) {
    EXPECT_EQ(json::to_json(json::to_value(Container{})), R"({"name":""})");
    EXPECT_EQ(json::to_json(json::to_value(ContainerStatus{})),
              R"({"image":"","imageID":"","name":"","ready":false,"restartCount":0})");
}

TEST(Kinds, ReadQuantitiesThatAreNumbers) {
    EXPECT_EQ(
        through<Pod>(
            R"({"metadata":{},"spec":{"containers":[{"name":"c","resources":{"limits":{"cpu":2,"memory":"1Gi"}}}]}})"),
        R"({"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"c","resources":{"limits":{"cpu":"2","memory":"1Gi"}}}]}})");
}

TEST(Kinds, TakeNullForAbsence) {
    const auto pod = json::from_json<Pod>(
        R"({"metadata":{"creationTimestamp":null,"labels":null},"spec":{"containers":null,"securityContext":null}})");
    EXPECT_EQ(pod, Pod{});
}

TEST(Kinds, SayWhereADocumentIsWrong) {
    try {
        json::from_json<Deployment>(R"({"spec":{"template":{"spec":{"containers":[{"name":5}]}}}})");
        FAIL();
    } catch (const Error& e) {
        EXPECT_EQ(e.message().substr(0, 38), "spec.template.spec.containers[0].name:");
    }
}

TEST(Kinds, TellAnEmptyClassFromNone) {
    EXPECT_EQ(json::to_json(json::to_value(PersistentVolumeClaimSpec{.storage_class_name = ""})),
              R"({"storageClassName":""})");
    EXPECT_EQ(json::to_json(json::to_value(PersistentVolumeClaimSpec{})), "{}");
}

TEST(Kinds, KeepSchemasOfCustomResourcesAsTheyAre) {
    const auto crd = json::from_json<CustomResourceDefinition>(
        R"({"spec":{"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-what":1}}}]}})");
    EXPECT_EQ(crd.spec.versions.at(0).schema->open_api_v3_schema.text("type"), "object");
}

// Every generated table, compared with the tables that the server uses: same members, same required ones.
void expect_same_members(const json::TypeInfo& info, const schema::Type& type, std::set<const json::TypeInfo*>& seen) {
    if (!seen.insert(&info).second) return;
    std::size_t count = 0;
    for (const schema::Field& f : type.fields) {
        const json::FieldInfo* member = info.find(f.name);
        if (f.number == 0 && !member) continue;
        ASSERT_NE(member, nullptr) << type.name << "." << f.name;
        ++count;
        EXPECT_EQ(member->always, f.required) << type.name << "." << f.name;
        const json::TypeInfo* inner = &member->type();
        const schema::Type* inner_type = f.type;
        while (inner->element) inner = &inner->element();
        while (inner_type->element) inner_type = inner_type->element;
        if (inner->shape == json::Shape::object) expect_same_members(*inner, *inner_type, seen);
    }
    EXPECT_EQ(count, info.fields.size()) << type.name;
}

TEST(Kinds, HaveTheMembersOfTheServersTables) {
    std::set<const json::TypeInfo*> seen;
    expect_same_members(json::type_of<Deployment>(), *schema::find_object("apps", "v1", "Deployment"), seen);
    expect_same_members(json::type_of<StatefulSet>(), *schema::find_object("apps", "v1", "StatefulSet"), seen);
    expect_same_members(json::type_of<Pod>(), *schema::find_object("", "v1", "Pod"), seen);
    expect_same_members(json::type_of<Node>(), *schema::find_object("", "v1", "Node"), seen);
    expect_same_members(json::type_of<Service>(), *schema::find_object("", "v1", "Service"), seen);
    expect_same_members(json::type_of<HorizontalPodAutoscaler>(),
                        *schema::find_object("autoscaling", "v2", "HorizontalPodAutoscaler"), seen);
    expect_same_members(json::type_of<EndpointSlice>(), *schema::find_object("discovery.k8s.io", "v1", "EndpointSlice"),
                        seen);
    EXPECT_GT(seen.size(), 200u);
}

TEST(List, IsAVectorThatCopiesAndCompares) {
    const std::vector<Container> plain = {{.name = "a"}, {.name = "b"}};
    List<Container> list = plain;
    EXPECT_EQ(list.size(), 2u);
    List<Container> copy = list;
    EXPECT_EQ(copy, list);
    copy.push_back({.name = "c"});
    EXPECT_NE(copy, list);
    const List<Container> moved = std::move(copy);
    EXPECT_EQ(moved.back().name, "c");
    list = {{.name = "z"}};
    EXPECT_EQ(list[0].name, "z");
}

TEST(Boxed, BehavesLikeAnOptional) {
    Boxed<SecurityContext> box;
    EXPECT_FALSE(box);
    EXPECT_EQ(box, Boxed<SecurityContext>(std::nullopt));
    box = SecurityContext{.run_as_user = 0};
    EXPECT_EQ(box->run_as_user, 0);
    Boxed<SecurityContext> copy = box;
    EXPECT_EQ(copy, box);
    copy->run_as_user = 1;
    EXPECT_EQ(box->run_as_user, 0);
    EXPECT_NE(copy, box);
    const Boxed<SecurityContext> moved = std::move(copy);
    EXPECT_EQ(moved.value_or({}).run_as_user, 1);
    box.emplace();
    EXPECT_EQ(*box, SecurityContext{});
    box = std::nullopt;
    EXPECT_FALSE(box.has_value());
    EXPECT_EQ(Boxed<SecurityContext>(std::optional<SecurityContext>()), box);
}

}  // namespace
}  // namespace mizzen::kube
