// SPDX-License-Identifier: Apache-2.0
// The generated tables: that they are whole, sorted, and say what Kubernetes says.
#include "mizzen/kube/schema/type.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace mizzen::kube::schema {
namespace {

const Type* field_type(const Type* type, std::string_view name) {
    const Field* field = type->find(name);
    return field ? field->type : nullptr;
}

TEST(Types, AreSortedByNameAndHaveSortedFields) {
    EXPECT_GT(types().size(), 600u);
    EXPECT_TRUE(std::ranges::is_sorted(types(), {}, &Type::name));
    for (const Type* type : types()) EXPECT_TRUE(std::ranges::is_sorted(type->fields, {}, &Field::name)) << type->name;
}

TEST(Types, AreFoundByTheirOpenApiName) {
    for (const Type* type : types()) EXPECT_EQ(find_type(type->name), type);
    EXPECT_EQ(find_type("io.k8s.api.core.v1.Podd"), nullptr);
    EXPECT_EQ(find_type(""), nullptr);
}

TEST(Types, HaveElementsWhereTheirShapeNeedsThem) {
    std::set<const Type*> seen;
    auto check = [&](auto&& self, const Type* type) -> void {
        if (!seen.insert(type).second) return;
        const bool container = type->shape == Shape::list || type->shape == Shape::map;
        EXPECT_EQ(type->element != nullptr, container) << type->name;
        EXPECT_EQ(type->merge == Merge::keyed, !type->map_keys.empty()) << type->name;
        EXPECT_EQ(type->map_keys.size(), type->map_key_defaults.size());
        for (std::string_view key : type->map_keys) EXPECT_NE(type->element->find(key), nullptr) << key;
        if (type->element) self(self, type->element);
        for (const Field& f : type->fields) self(self, f.type);
    };
    for (const Type* type : types()) check(check, type);
}

TEST(Types, KnowHowListsAndMapsMerge) {
    const Type* pod_spec = find_type("io.k8s.api.core.v1.PodSpec");
    const Type* container = field_type(pod_spec, "containers")->element;
    const Type* ports = field_type(container, "ports");
    EXPECT_EQ(ports->merge, Merge::keyed);
    ASSERT_EQ(ports->map_keys.size(), 2u);
    EXPECT_EQ(ports->map_keys[0], "containerPort");
    EXPECT_EQ(ports->map_key_defaults[0], "");
    EXPECT_EQ(ports->map_keys[1], "protocol");
    EXPECT_EQ(ports->map_key_defaults[1], "\"TCP\"");
    EXPECT_EQ(container->find("ports")->patch_merge_key, "containerPort");
    EXPECT_TRUE(container->find("ports")->patch_merge);
    EXPECT_EQ(field_type(container, "args")->merge, Merge::atomic);
    EXPECT_EQ(field_type(pod_spec, "nodeSelector")->merge, Merge::atomic);
    EXPECT_EQ(field_type(find_type("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"), "finalizers")->merge,
              Merge::set);
    EXPECT_EQ(find_type("io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector")->merge, Merge::atomic);
    EXPECT_TRUE(find_type("io.k8s.api.apps.v1.DeploymentSpec")->find("strategy")->patch_retain_keys);
}

TEST(Types, LetOneFieldOverrideHowItsTypeMerges) {
    EXPECT_EQ(find_type("io.k8s.api.core.v1.ObjectReference")->merge, Merge::atomic);
    const Type* claim = field_type(find_type("io.k8s.api.core.v1.PersistentVolumeSpec"), "claimRef");
    EXPECT_EQ(claim->merge, Merge::granular);
    EXPECT_NE(claim->find("uid"), nullptr);
}

TEST(Fields, KnowWhatGoKnows) {
    const Type* spec = find_type("io.k8s.api.apps.v1.DeploymentSpec");
    EXPECT_EQ(spec->find("replicas")->number, 1u);
    EXPECT_TRUE(spec->find("replicas")->pointer);
    EXPECT_FALSE(spec->find("minReadySeconds")->pointer);
    EXPECT_TRUE(spec->find("minReadySeconds")->omit_empty);
    EXPECT_FALSE(spec->find("selector")->omit_empty);
    EXPECT_TRUE(spec->find("selector")->required);
    EXPECT_EQ(spec->find("replicaz"), nullptr);
    const Field* host_path = find_type("io.k8s.api.core.v1.Volume")->find("hostPath");
    EXPECT_EQ(host_path->number, 1u);
    EXPECT_EQ(host_path->inside[0], 2u);
    EXPECT_EQ(host_path->inside[1], 0u);
}

TEST(Fields, KnowTheirEnumerations) {
    const Field* protocol = find_type("io.k8s.api.core.v1.ContainerPort")->find("protocol");
    EXPECT_EQ(std::set<std::string_view>(protocol->enumeration.begin(), protocol->enumeration.end()),
              (std::set<std::string_view>{"SCTP", "TCP", "UDP"}));
}

TEST(Resources, AreSortedAndFound) {
    EXPECT_TRUE(std::ranges::is_sorted(resources(), {},
                                       [](const Resource& r) { return std::tuple(r.group, r.version, r.plural); }));
    for (const Resource& r : resources()) {
        EXPECT_EQ(find_resource(r.group, r.version, r.plural), &r);
        EXPECT_EQ(find_kind(r.group, r.version, r.kind), &r);
        EXPECT_EQ(find_object(r.group, r.version, r.kind), r.type);
        EXPECT_EQ(r.subresources.size(), r.details.size());
    }
    EXPECT_EQ(find_resource("apps", "v1", "pods"), nullptr);
    EXPECT_EQ(find_kind("", "v1", "Deployment"), nullptr);
    EXPECT_EQ(release(), "v1.37.2");
}

TEST(Resources, CarryTheFactsOfDiscovery) {
    const Resource* deployments = find_resource("apps", "v1", "deployments");
    EXPECT_EQ(deployments->kind, "Deployment");
    EXPECT_EQ(deployments->singular, "deployment");
    EXPECT_TRUE(deployments->namespaced);
    EXPECT_EQ(deployments->short_names[0], "deploy");
    EXPECT_EQ(deployments->categories[0], "all");
    EXPECT_EQ(deployments->find_subresource("scale")->group, "autoscaling");
    EXPECT_EQ(deployments->find_subresource("scale")->kind, "Scale");
    EXPECT_EQ(deployments->find_subresource("exec"), nullptr);
    EXPECT_FALSE(find_resource("", "v1", "namespaces")->namespaced);
    EXPECT_EQ(find_resource("", "v1", "serviceaccounts")->find_subresource("token")->kind, "TokenRequest");
}

TEST(ObjectKinds, IncludeListsAndBodies) {
    EXPECT_NE(find_object("", "v1", "PodList"), nullptr);
    EXPECT_NE(find_object("policy", "v1", "Eviction"), nullptr);
    EXPECT_NE(find_object("autoscaling", "v1", "Scale"), nullptr);
    EXPECT_EQ(find_object("apps", "v1", "DeleteOptions"),
              find_type("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions"));
    EXPECT_EQ(find_object("", "v1", "Nothing"), nullptr);
}

}  // namespace
}  // namespace mizzen::kube::schema
