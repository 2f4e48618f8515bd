// SPDX-License-Identifier: Apache-2.0
// Defaults against those of Kubernetes: testdata/defaults/*.out.json is what its own scheme makes of *.in.json.
#include "mizzen/kube/schema/defaults.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "mizzen/json/json.hpp"
#include "mizzen/kube/schema/defaults/image_tag.hpp"
#include "mizzen/kube/schema/go_form.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::kube::schema {
namespace {

namespace fs = std::filesystem;

json::Value read(const fs::path& path) {
    std::ifstream in(path);
    std::ostringstream out;
    out << in.rdbuf();
    return json::parse(out.str());
}

struct Identity {
    std::string group, version, kind;
};

Identity identity_of(const json::Value& object) {
    const std::string api_version(object.text("apiVersion"));
    const std::size_t slash = api_version.find('/');
    if (slash == std::string::npos) return {"", api_version, std::string(object.text("kind"))};
    return {api_version.substr(0, slash), api_version.substr(slash + 1), std::string(object.text("kind"))};
}

void default_like(json::Value& object) {
    const Identity id = identity_of(object);
    apply_defaults(id.group, id.version, id.kind, object);
}

template <class Fn>
std::size_t each_case(Fn fn) {
    std::size_t cases = 0;
    for (const auto& entry :
         fs::directory_iterator(fs::path(MIZZEN_SOURCE_DIR) / "mizzen/kube/schema/testdata/defaults")) {
        const std::string name = entry.path().filename();
        if (!name.ends_with(".in.json")) continue;
        SCOPED_TRACE(name);
        fn(read(entry.path()), entry.path().parent_path() / (name.substr(0, name.size() - 8) + ".out.json"));
        ++cases;
    }
    return cases;
}

TEST(Defaults, AreThoseOfKubernetes) {
    const std::size_t cases = each_case([](json::Value object, const fs::path& expected) {
        default_like(object);
        const Identity id = identity_of(object);
        show_like_go(object, *find_object(id.group, id.version, id.kind));
        EXPECT_EQ(json::to_pretty_json(object), json::to_pretty_json(read(expected)));
    });
    EXPECT_GE(cases, 54u);
}

TEST(Defaults, ChangeNothingTheSecondTime) {
    each_case([](json::Value object, const fs::path&) {
        default_like(object);
        const std::string once = json::to_json(object);
        default_like(object);
        EXPECT_EQ(json::to_json(object), once);
    });
}

TEST(Defaults, LeaveWhatHasTheWrongShapeAlone) {
    const char* broken[] = {
        R"({"apiVersion":"v1","kind":"Pod","metadata":5,"spec":{"containers":{"a":1},"volumes":[1,null],"initContainers":[null]},"status":[]})",
        R"({"apiVersion":"v1","kind":"Pod","spec":"x"})",
        R"({"apiVersion":"v1","kind":"Service","spec":{"ports":[{"port":"x"},7],"sessionAffinityConfig":5,"sessionAffinity":"ClientIP","type":3}})",
        R"({"apiVersion":"v1","kind":"Service","spec":{"type":"LoadBalancer"},"status":{"loadBalancer":{"ingress":["x"]}}})",
        R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"n","labels":[]}})",
        R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"strategy":{"rollingUpdate":1},"template":{"spec":{"containers":[{"resources":{"limits":4}}]}}}})",
        R"({"apiVersion":"apps/v1","kind":"StatefulSet","spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":[]},"persistentVolumeClaimRetentionPolicy":1}})",
        R"({"apiVersion":"apps/v1","kind":"DaemonSet","spec":{"updateStrategy":"x"}})",
        R"({"apiVersion":"batch/v1","kind":"Job","metadata":[],"spec":{"template":{"metadata":{"labels":{"a":"b"}}}}})",
        R"({"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","spec":{"behavior":{"scaleUp":1,"scaleDown":[]}}})",
        R"({"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","status":1,"spec":{"versions":[{"storage":true,"name":1}],"names":[]}})",
        R"({"apiVersion":"v1","kind":"LimitRange","spec":{"limits":[{"type":"Container","default":1,"defaultRequest":[],"max":{"cpu":"1"}}]}})",
        R"({"apiVersion":"v1","kind":"ReplicationController","metadata":1,"spec":{"selector":1,"template":{"metadata":{"labels":{"a":"b"}}}}})",
        R"([])",
        R"(null)",
    };
    for (const char* text : broken) {
        SCOPED_TRACE(text);
        json::Value object = json::parse(text);
        EXPECT_NO_THROW(object.is_object() ? default_like(object) : apply_defaults("", "v1", "Pod", object));
    }
}

TEST(Defaults, LeaveCustomResourcesAlone) {
    json::Value object = json::parse(R"({"apiVersion":"x.dev/v1","kind":"Deployment","spec":{}})");
    const json::Value before = object;
    default_like(object);
    EXPECT_EQ(object, before);
}

TEST(Defaults, RoundResourcesUpToThousandths) {
    json::Value pod =
        json::parse(R"({"spec":{"containers":[{"name":"c","resources":{"requests":{"cpu":"100u","memory":"1Gi"}}}]}})");
    apply_defaults("", "v1", "Pod", pod);
    const json::Value& requests =
        *pod.find_path({"spec", "containers"})->as_array()[0].find_path({"resources", "requests"});
    EXPECT_EQ(requests.text("cpu"), "1m");
    EXPECT_EQ(requests.text("memory"), "1Gi");
}

TEST(ImageTag, IsReadOffTheReference) {
    struct Case {
        std::string_view reference, tag;
    };
    const Case cases[] = {
        {"nginx", "latest"},
        {"nginx:1.2", "1.2"},
        {"localhost:5000/a", "latest"},
        {"localhost:5000/a:b", "b"},
        {"a@sha256:00", ""},
        {"a:v1@sha256:00", "v1"},
        {"UPPER", ""},
        {"Host.io/a", "latest"},
        {"", ""},
        {"a:", ""},
        {"a/", ""},
        {"a b", ""},
        {":latest", ""},
        {"a:.x", ""},
        {"a/B", ""},
    };
    for (const Case& c : cases) EXPECT_EQ(defaults::image_tag(c.reference), c.tag) << c.reference;
}

}  // namespace
}  // namespace mizzen::kube::schema
