// SPDX-License-Identifier: Apache-2.0
// Updates and the four kinds of patch: who wins, who is refused, and what leaves no trace.
#include <gtest/gtest.h>

#include "mizzen/apiserver/testing/test_server.hpp"

namespace mizzen::apiserver {
namespace {

const std::string a = config_maps + "/a";
const std::string deployments = "/apis/apps/v1/namespaces/default/deployments";

std::string deployment(std::string_view name, int replicas) {
    return R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":")" + std::string(name) +
           R"("},"spec":{"replicas":)" + std::to_string(replicas) +
           R"(,"selector":{"matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[{"name":"c","image":"x"}]}}}})";
}

Answer patch(TestServer& s, const std::string& target, std::string body, std::string type) {
    return s.send("PATCH", target, std::move(body), {{"content-type", "application/" + type}});
}

TEST(Update, ReplacesTheWholeObjectButNotItsIdentity) {
    TestServer s;
    Answer made = s.post(config_maps, config_map("a"));
    Answer updated = s.put(a, R"({"metadata":{"name":"a","labels":{"x":"y"}},"data":{"other":"2"}})");
    EXPECT_EQ(updated.status, 200) << updated.text;
    for (std::string_view key : {"uid", "creationTimestamp"})
        EXPECT_EQ(updated.at({"metadata", key}), made.at({"metadata", key}));
    EXPECT_EQ(updated.at({"data", "other"}), "2");
    EXPECT_EQ(updated.at({"data", "k"}), "");
}

TEST(Update, RefusesAnOldRevisionOrAnotherIdentity) {
    TestServer s;
    std::string old = s.post(config_maps, config_map("a")).at({"metadata", "resourceVersion"});
    s.merge(a, R"({"data":{"k":"2"}})");
    EXPECT_EQ(s.put(a, R"({"metadata":{"name":"a","resourceVersion":")" + old + R"("}})").reason(), "Conflict");
    EXPECT_EQ(s.put(a, R"({"metadata":{"name":"a","uid":"1"}})").reason(), "Conflict");
    EXPECT_EQ(s.put(a, R"({"metadata":{"name":"b"}})").message(),
              "the name of the object (b) does not match the name on the URL (a)");
    EXPECT_EQ(s.put(a, R"({"metadata":{}})").status, 400);
    EXPECT_EQ(s.put(a, R"({"metadata":{"name":"a","resourceVersion":"x"}})").status, 500);
    EXPECT_EQ(s.put(config_maps + "/none", config_map("none")).status, 404);
    EXPECT_EQ(s.get(a).at({"data", "k"}), "2");
}

TEST(Update, CreatesTheKindsThatAllowIt) {
    TestServer s;
    std::string lease = "/apis/coordination.k8s.io/v1/namespaces/default/leases/l";
    EXPECT_EQ(s.put(lease, R"({"metadata":{"name":"l"},"spec":{"holderIdentity":"me"}})").status, 201);
    EXPECT_EQ(s.put(lease, R"({"metadata":{"name":"l"},"spec":{"holderIdentity":"you"}})").status, 422)
        << "leases must say which revision they replace";
}

TEST(Update, ThatChangesNothingWritesNothing) {
    TestServer s;
    Answer made = s.post(config_maps, config_map("a"));
    std::uint64_t revision = s.server().revision();
    EXPECT_EQ(s.put(a, config_map("a")).text, made.text);
    EXPECT_EQ(s.merge(a, R"({"data":{"k":"1"}})").text, made.text);
    EXPECT_EQ(s.server().revision(), revision);
}

TEST(Update, CountsGenerationsOfTheSpecAlone) {
    TestServer s;
    EXPECT_EQ(s.post(deployments, deployment("d", 1)).json().integer({"metadata", "generation"}), 1);
    const std::string d = deployments + "/d";
    EXPECT_EQ(s.merge(d, R"({"metadata":{"labels":{"x":"y"}}})").json().integer({"metadata", "generation"}), 1);
    EXPECT_EQ(s.merge(d, R"({"spec":{"replicas":2}})").json().integer({"metadata", "generation"}), 2);
    EXPECT_EQ(
        s.merge(d + "/status", R"({"status":{"observedGeneration":2}})").json().integer({"metadata", "generation"}), 2);
}

TEST(Update, OfStatusLeavesTheSpecAndTheOtherWayRound) {
    TestServer s;
    s.post(deployments, deployment("d", 1));
    const std::string d = deployments + "/d";
    json::Value after =
        s.merge(d + "/status", R"({"spec":{"replicas":7},"status":{"readyReplicas":1,"replicas":1}})").json();
    EXPECT_EQ(after.integer({"spec", "replicas"}), 1);
    EXPECT_EQ(after.integer({"status", "readyReplicas"}), 1);
    after = s.merge(d, R"({"spec":{"replicas":3},"status":{"readyReplicas":9}})").json();
    EXPECT_EQ(after.integer({"spec", "replicas"}), 3);
    EXPECT_EQ(after.integer({"status", "readyReplicas"}), 1);
}

TEST(Patch, WorksInAllFourKinds) {
    TestServer s;
    s.post(deployments, deployment("d", 1));
    const std::string d = deployments + "/d";
    auto image = [&] {
        return std::string(
            s.get(d).json().find_path({"spec", "template", "spec", "containers"})->as_array()[0].text("image"));
    };
    EXPECT_EQ(patch(s, d, R"({"spec":{"template":{"spec":{"containers":[{"name":"c","image":"strategic"}]}}}})",
                    "strategic-merge-patch+json")
                  .status,
              200);
    EXPECT_EQ(image(), "strategic");
    EXPECT_EQ(patch(s, d, R"([{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"json"}])",
                    "json-patch+json")
                  .status,
              200);
    EXPECT_EQ(image(), "json");
    EXPECT_EQ(patch(s, d, R"({"spec":{"template":{"spec":{"containers":[{"name":"c","image":"merge"}]}}}})",
                    "merge-patch+json")
                  .status,
              200);
    EXPECT_EQ(image(), "merge");
    std::string config =
        R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"template":{"spec":{"containers":[{"name":"c","image":"apply"}]}}}})";
    EXPECT_EQ(s.apply(d + "?fieldManager=me", config).reason(), "Conflict");
    EXPECT_EQ(s.apply(d + "?fieldManager=me&force=true", config).status, 200);
    EXPECT_EQ(image(), "apply");
}

TEST(Patch, RefusesWhatIsNoPatch) {
    struct Case {
        std::string target, body, type;
        int status;
        std::string part;
    };
    TestServer s;
    s.post(config_maps, config_map("a"));
    for (const Case& c : std::vector<Case>{
             {a, "{}", "json", 415, "415: Unsupported Media Type"},
             {a, "{", "merge-patch+json", 400, "error decoding patch"},
             {a, "[]", "merge-patch+json", 400, "cannot unmarshal array"},
             {config_maps + "/none", "{}", "merge-patch+json", 404, "configmaps \"none\" not found"},
             {a, R"({"metadata":{"resourceVersion":"1"}})", "merge-patch+json", 409, "the object has been modified"},
             {a, R"({"metadata":{"name":"zz"}})", "merge-patch+json", 400, "does not match the name on the URL (a)"},
             {a, R"({"data":{"k":1}})", "merge-patch+json", 422, "cannot unmarshal number"},
             {a, R"({"kind":"Secret"})", "merge-patch+json", 422, "apiVersion or kind"},
             {a + "?fieldValidation=Strict", R"({"foo":1})", "merge-patch+json", 422, "unknown field \"foo\""},
             {a, R"([{"op":"test","path":"/data/k","value":"no"}])", "json-patch+json", 422, ""},
             {a, "{}", "apply-patch+yaml", 422, "fieldManager: Required value: is required for apply patch"},
             {a + "?fieldManager=x", "{}", "apply-patch+yaml", 400, "invalid object type: /, Kind="},
             {a + "?fieldManager=x", "a: [", "apply-patch+yaml", 400, "error decoding patch"},
             {a + "?force=true", "{}", "merge-patch+json", 422,
              "force: Forbidden: may not be specified for non-apply patch"},
         }) {
        Answer refused = patch(s, c.target, c.body, c.type);
        EXPECT_EQ(refused.status, c.status) << c.type << c.body << refused.text;
        EXPECT_NE(refused.message().find(c.part), std::string::npos) << c.type << c.body << ": " << refused.message();
    }
}

TEST(Apply, CreatesOwnsAndTakesAway) {
    TestServer s;
    std::string config = R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"1","y":"1"}})";
    Answer made = s.apply(a + "?fieldManager=m1", config);
    EXPECT_EQ(made.status, 201) << made.text;
    EXPECT_EQ(made.json().find_path({"metadata", "managedFields"})->as_array()[0].text("operation"), "Apply");
    std::uint64_t revision = s.server().revision();
    EXPECT_EQ(s.apply(a + "?fieldManager=m1", config).status, 200);
    EXPECT_EQ(s.server().revision(), revision) << "the same again writes nothing";
    Answer less = s.apply(a + "?fieldManager=m1",
                          R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"1"}})");
    EXPECT_EQ(less.json().find_path({"data", "y"}), nullptr);
    Answer conflict = s.apply(a + "?fieldManager=m2", R"({"apiVersion":"v1","kind":"ConfigMap","data":{"x":"9"}})");
    EXPECT_EQ(conflict.status, 409);
    EXPECT_EQ(conflict.message(), "Apply failed with 1 conflict: conflict with \"m1\": .data.x");
    EXPECT_EQ(conflict.json().find_path({"details", "causes"})->as_array()[0].text("reason"), "FieldManagerConflict");
    Answer unknown = s.apply(a + "?fieldManager=m1", R"({"apiVersion":"v1","kind":"ConfigMap","foo":1})");
    EXPECT_EQ(unknown.status, 500);
    EXPECT_NE(unknown.message().find(".foo: field not declared in schema"), std::string::npos) << unknown.message();
}

TEST(Apply, SaysWhoWroteWhat) {
    TestServer s;
    s.post(config_maps + "?fieldManager=creator", config_map("a"));
    json::Value managers = *s.merge(a + "?fieldManager=patcher", R"({"data":{"k":"2","z":"1"}})")
                                .json()
                                .find_path({"metadata", "managedFields"});
    ASSERT_EQ(managers.as_array().size(), 2u);
    EXPECT_EQ(managers.as_array()[1].text("manager"), "patcher");
    EXPECT_EQ(managers.as_array()[1].text("operation"), "Update");
    EXPECT_NE(managers.as_array()[1].find_path({"fieldsV1", "f:data", "f:k"}), nullptr);
    EXPECT_EQ(managers.as_array()[0].find_path({"fieldsV1", "f:data", "f:k"}), nullptr);
}

TEST(Scale, ShowsAndChangesReplicas) {
    TestServer s;
    s.post(deployments, deployment("d", 2));
    const std::string scale = deployments + "/d/scale";
    Answer shown = s.get(scale);
    EXPECT_EQ(shown.at({"kind"}), "Scale");
    EXPECT_EQ(shown.json().integer({"spec", "replicas"}), 2);
    EXPECT_EQ(shown.at({"status", "selector"}), "app=a");
    EXPECT_EQ(s.merge(scale, R"({"spec":{"replicas":5}})").json().integer({"spec", "replicas"}), 5);
    EXPECT_EQ(s.get(deployments + "/d").json().integer({"spec", "replicas"}), 5);
    EXPECT_EQ(s.put(scale, R"({"metadata":{"name":"d"},"spec":{"replicas":4}})").status, 200);
    EXPECT_EQ(s.put(scale, R"({"metadata":{"name":"d","resourceVersion":")" +
                               shown.at({"metadata", "resourceVersion"}) + R"("},"spec":{"replicas":9}})")
                  .status,
              409);
    EXPECT_EQ(s.merge(scale, R"({"spec":{"replicas":-1}})").status, 422);
    EXPECT_EQ(s.get(deployments + "/d").json().integer({"metadata", "generation"}), 3);
}

}  // namespace
}  // namespace mizzen::apiserver
