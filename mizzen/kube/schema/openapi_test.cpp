// SPDX-License-Identifier: Apache-2.0
// OpenAPI documents: whole, and with what kubectl looks for.
#include "mizzen/kube/schema/openapi.hpp"

#include <gtest/gtest.h>

#include <set>

#include "mizzen/json/json.hpp"

namespace mizzen::kube::schema {
namespace {

std::vector<Resource> resources_of(std::string_view group, std::string_view version) {
    std::vector<Resource> out;
    for (const Resource& r : resources())
        if (r.group == group && r.version == version) out.push_back(r);
    return out;
}

json::Value document_of(std::string_view group, std::string_view version) {
    return json::parse(openapi_document(group, version, resources_of(group, version)));
}

const json::Value& schema(const json::Value& document, std::string_view name) {
    const json::Value* found = document.find_path({"components", "schemas", name});
    return found ? *found : *document.find("openapi");
}

void collect_references(const json::Value& value, std::set<std::string>& out) {
    if (value.is_object()) {
        for (const json::Member& m : value.as_object()) {
            if (m.key == "$ref" && m.value.is_string()) out.insert(m.value.as_string());
            collect_references(m.value, out);
        }
    } else if (value.is_array()) {
        for (const json::Value& v : value.as_array()) collect_references(v, out);
    }
}

TEST(OpenApi, HasEverySchemaItRefersTo) {
    std::set<std::pair<std::string_view, std::string_view>> versions;
    for (const Resource& r : resources()) versions.insert({r.group, r.version});
    for (const auto& [group, version] : versions) {
        SCOPED_TRACE(std::string(group) + "/" + std::string(version));
        const json::Value document = document_of(group, version);
        std::set<std::string> references;
        collect_references(*document.find("paths"), references);
        collect_references(*document.find("components"), references);
        EXPECT_GT(references.size(), 5u);
        for (const std::string& r : references) {
            ASSERT_TRUE(r.starts_with("#/components/schemas/"));
            EXPECT_TRUE(schema(document, r.substr(21)).is_object()) << r;
        }
    }
}

TEST(OpenApi, DescribesTypesWithTheirMergeRules) {
    const json::Value document = document_of("apps", "v1");
    const json::Value& spec = schema(document, "io.k8s.api.apps.v1.DeploymentSpec");
    EXPECT_EQ(json::to_json(*spec.find("required")), R"(["selector","template"])");
    EXPECT_EQ(json::to_json(*spec.find_path({"properties", "replicas"})), R"({"format":"int32","type":"integer"})");
    EXPECT_EQ(
        json::to_json(*spec.find_path({"properties", "strategy"})),
        R"({"allOf":[{"$ref":"#/components/schemas/io.k8s.api.apps.v1.DeploymentStrategy"}],"x-kubernetes-patch-strategy":"retainKeys"})");
    EXPECT_EQ(json::to_json(*schema(document, "io.k8s.api.core.v1.Container").find_path({"properties", "ports"})),
              R"({"items":{"allOf":[{"$ref":"#/components/schemas/io.k8s.api.core.v1.ContainerPort"}]},"type":"array",)"
              R"("x-kubernetes-list-map-keys":["containerPort","protocol"],"x-kubernetes-list-type":"map",)"
              R"("x-kubernetes-patch-merge-key":"containerPort","x-kubernetes-patch-strategy":"merge"})");
    EXPECT_EQ(
        json::to_json(*schema(document, "io.k8s.api.core.v1.ContainerPort").find_path({"properties", "protocol"})),
        R"({"default":"TCP","enum":["SCTP","TCP","UDP"],"type":"string"})");
    EXPECT_EQ(json::to_json(schema(document, "io.k8s.apimachinery.pkg.util.intstr.IntOrString")),
              R"({"format":"int-or-string","oneOf":[{"type":"integer"},{"type":"string"}]})");
    EXPECT_EQ(json::to_json(schema(document, "io.k8s.apimachinery.pkg.apis.meta.v1.Time")),
              R"({"format":"date-time","type":"string"})");
    EXPECT_EQ(json::to_json(*schema(document, "io.k8s.api.apps.v1.Deployment").find("x-kubernetes-group-version-kind")),
              R"([{"group":"apps","kind":"Deployment","version":"v1"}])");
}

TEST(OpenApi, LetsAFieldOverrideHowItsTypeMerges) {
    const json::Value document = document_of("", "v1");
    EXPECT_EQ(schema(document, "io.k8s.api.core.v1.ObjectReference").text("x-kubernetes-map-type"), "atomic");
    EXPECT_EQ(schema(document, "io.k8s.api.core.v1.PersistentVolumeSpec")
                  .text({"properties", "claimRef", "x-kubernetes-map-type"}),
              "granular");
}

// kubectl create and apply look for this parameter in the patch operation of the kind.
TEST(OpenApi, TellsKubectlThatFieldsAreValidated) {
    const json::Value document = document_of("apps", "v1");
    const json::Value* patch =
        document.find_path({"paths", "/apis/apps/v1/namespaces/{namespace}/deployments/{name}", "patch"});
    ASSERT_NE(patch, nullptr);
    EXPECT_EQ(json::to_json(*patch->find("x-kubernetes-group-version-kind")),
              R"({"group":"apps","kind":"Deployment","version":"v1"})");
    std::set<std::string> names;
    for (const json::Value& p : patch->find("parameters")->as_array()) names.insert(std::string(p.text("name")));
    EXPECT_EQ(names, (std::set<std::string>{"dryRun", "fieldManager", "fieldValidation", "force"}));
    EXPECT_EQ(patch->text("operationId"), "patchAppsV1NamespacedDeployment");
    EXPECT_NE(patch->find_path({"requestBody", "content", "application/apply-patch+yaml"}), nullptr);
}

TEST(OpenApi, HasThePathsThatTheVerbsAllow) {
    const json::Value document = document_of("", "v1");
    auto operations = [&](std::string_view path) {
        std::string out;
        const json::Value* found = document.find_path({"paths", path});
        if (!found) return std::string("none");
        for (const json::Member& m : found->as_object())
            if (m.key != "parameters")
                out += (out.empty() ? "" : " ") + std::string(m.value.text("operationId").substr(0, 40));
        return out;
    };
    EXPECT_EQ(operations("/api/v1/namespaces"), "listCoreV1Namespace createCoreV1Namespace");
    EXPECT_EQ(operations("/api/v1/namespaces/{name}/finalize"), "replaceCoreV1NamespaceFinalize");
    EXPECT_EQ(operations("/api/v1/pods"), "listCoreV1PodForAllNamespaces");
    EXPECT_EQ(operations("/api/v1/namespaces/{namespace}/serviceaccounts/{name}/token"),
              "createCoreV1NamespacedServiceAccountToke");
    EXPECT_EQ(operations("/api/v1/namespaces/{namespace}/bindings"), "createCoreV1NamespacedBinding");
    EXPECT_EQ(operations("/api/v1/namespaces/{namespace}/bindings/{name}"), "none");
    const json::Value rbac = document_of("rbac.authorization.k8s.io", "v1");
    EXPECT_EQ(rbac.text({"paths", "/apis/rbac.authorization.k8s.io/v1/clusterroles", "delete", "operationId"}),
              "deleteRbacAuthorizationV1CollectionClusterRole");
}

TEST(OpenApi, TakesSchemasOfCustomResources) {
    const Type type{.name = "dev.x.v1.Foo", .shape = Shape::object};
    static constexpr std::string_view verbs[] = {"get", "list", "create", "patch"};
    const Resource foo{.group = "x.dev",
                       .version = "v1",
                       .kind = "Foo",
                       .plural = "foos",
                       .singular = "foo",
                       .verbs = verbs,
                       .type = &type};
    const NamedSchema schemas[] = {{"dev.x.v1.Foo", R"({"type":"object"})"},
                                   {"dev.x.v1.FooList", R"({"type":"object"})"}};
    const json::Value document = json::parse(openapi_document("x.dev", "v1", {&foo, 1}, schemas));
    EXPECT_EQ(schema(document, "dev.x.v1.Foo").text("type"), "object");
    EXPECT_EQ(document.text({"paths", "/apis/x.dev/v1/namespaces/{namespace}/foos/{name}", "patch", "operationId"}),
              "patchXDevV1NamespacedFoo");
    const json::Value* body =
        document.find_path({"paths", "/apis/x.dev/v1/namespaces/{namespace}/foos/{name}", "patch", "requestBody"});
    ASSERT_NE(body, nullptr);
    EXPECT_NE(body->find_path({"content", "application/merge-patch+json"}), nullptr);
    EXPECT_EQ(body->find_path({"content", "application/strategic-merge-patch+json"}), nullptr);
    std::set<std::string> references;
    collect_references(document, references);
    for (const std::string& r : references) EXPECT_TRUE(schema(document, r.substr(21)).is_object()) << r;
}

}  // namespace
}  // namespace mizzen::kube::schema
