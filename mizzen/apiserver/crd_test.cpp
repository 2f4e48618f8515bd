// SPDX-License-Identifier: Apache-2.0
// Custom resources: served in the same turn as their definition, held to their schema, and gone with it.
#include <gtest/gtest.h>

#include "mizzen/apiserver/testing/test_server.hpp"

namespace mizzen::apiserver {
namespace {

using namespace std::string_literals;

const std::string definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const std::string widgets = "/apis/example.com/v1/namespaces/default/widgets";

std::string schema() {
    return R"({"openAPIV3Schema":{"type":"object","properties":{
        "spec":{"type":"object","required":["size"],"properties":{"size":{"type":"integer","minimum":1,"maximum":9},"color":{"type":"string","default":"red"},"replicas":{"type":"integer"}}},
        "status":{"type":"object","properties":{"phase":{"type":"string"},"replicas":{"type":"integer"}}}}}})";
}

std::string definition(std::string_view plural = "widgets", std::string_view kind = "Widget") {
    std::string name(plural);
    return R"({"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":")" + name +
           R"(.example.com"},"spec":{"group":"example.com",
        "scope":"Namespaced","names":{"plural":")" +
           name + R"(","kind":")" + std::string(kind) + R"(","shortNames":["wd"]},"versions":[
        {"name":"v1","served":true,"storage":true,"schema":)" +
           schema() +
           R"(,"subresources":{"status":{},"scale":{"specReplicasPath":".spec.replicas","statusReplicasPath":".status.replicas"}},
         "selectableFields":[{"jsonPath":".spec.color"}],"additionalPrinterColumns":[{"name":"Size","type":"integer","jsonPath":".spec.size"}]},
        {"name":"v1beta1","served":true,"storage":false,"deprecated":true,"schema":)" +
           schema() + R"(,
         "selectableFields":[{"jsonPath":".spec.color"}]}]}})";
}

std::string widget(std::string_view name, std::string_view spec) {
    return R"({"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":")" + std::string(name) +
           R"("},"spec":)" + std::string(spec) + "}";
}

std::string condition(const json::Value& crd, std::string_view type) {
    if (const json::Value* conditions = crd.find_path({"status", "conditions"}))
        for (const json::Value& c : conditions->as_array())
            if (c.text("type") == type) return std::string(c.text("status"));
    return "none";
}

class CustomResources : public testing::Test {
  protected:
    void SetUp() override {
        Answer made = s.post(definitions, definition());
        ASSERT_EQ(made.status, 201) << made.text;
    }
    // To the schema of both versions.
    void add_property(const std::string& path, const std::string& property) {
        std::string operations;
        for (const char* version : {"0", "1"})
            operations += (operations.empty() ? "[" : ",") + R"({"op":"add","path":"/spec/versions/)"s + version +
                          "/schema/openAPIV3Schema/properties/" + path + R"(","value":)" + property + "}";
        Answer changed = s.send("PATCH", definitions + "/widgets.example.com", operations + "]",
                                {{"content-type", "application/json-patch+json"}});
        ASSERT_EQ(changed.status, 200) << changed.text;
    }
    TestServer s;
};

TEST_F(CustomResources, AreServedAsSoonAsTheyAreDefined) {
    json::Value crd = s.get(definitions + "/widgets.example.com").json();
    EXPECT_EQ(condition(crd, "Established"), "True");
    EXPECT_EQ(condition(crd, "NamesAccepted"), "True");
    json::Value resources = s.get("/apis/example.com/v1").json();
    EXPECT_EQ(resources.find("resources")->as_array().size(), 3u);
    EXPECT_EQ(s.post(widgets, widget("a", R"({"size":2})")).status, 201);
}

TEST_F(CustomResources, AreDefaultedPrunedAndValidated) {
    Answer made = s.post(widgets, widget("a", R"({"size":2,"junk":true})"));
    EXPECT_EQ(made.at({"spec", "color"}), "red");
    EXPECT_EQ(made.json().find_path({"spec", "junk"}), nullptr);
    EXPECT_EQ(made.headers.find("warning").value_or(""), "299 - \"unknown field \\\"spec.junk\\\"\"");
    EXPECT_EQ(s.post(widgets + "?fieldValidation=Strict", widget("b", R"({"size":2,"junk":true})")).status, 400);
    Answer refused = s.post(widgets, widget("c", R"({"size":12})"));
    EXPECT_EQ(refused.status, 422);
    EXPECT_NE(refused.message().find("spec.size: Invalid value: 12"), std::string::npos) << refused.message();
    EXPECT_EQ(s.post(widgets, widget("c", "{}")).status, 422) << "size is required";
    EXPECT_EQ(s.post(widgets, R"({"metadata":{"name":"c"},"spec":{"size":1}})").status, 400)
        << "kind and apiVersion must be said";
}

TEST_F(CustomResources, HaveTheirStatusAndScaleApart) {
    Answer made = s.post(
        widgets,
        R"({"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a"},"spec":{"size":2},"status":{"phase":"x"}})");
    EXPECT_EQ(made.json().find("status"), nullptr);
    EXPECT_EQ(made.json().integer({"metadata", "generation"}), 1);
    json::Value after = s.merge(widgets + "/a/status",
                                R"({"metadata":{"labels":{"x":"y"}},"spec":{"size":5},"status":{"phase":"Ready"}})")
                            .json();
    EXPECT_EQ(after.text({"status", "phase"}), "Ready");
    EXPECT_EQ(after.integer({"spec", "size"}), 2);
    EXPECT_EQ(after.integer({"metadata", "generation"}), 1);
    EXPECT_EQ(after.find_path({"metadata", "labels"}), nullptr);
    EXPECT_EQ(s.merge(widgets + "/a", R"({"spec":{"size":5},"status":{"phase":"no"}})").at({"status", "phase"}),
              "Ready");
    EXPECT_EQ(s.merge(widgets + "/a/scale", R"({"spec":{"replicas":3}})").json().integer({"spec", "replicas"}), 3);
    EXPECT_EQ(s.get(widgets + "/a").json().integer({"spec", "replicas"}), 3);
}

TEST_F(CustomResources, CanBePatchedAndAppliedButNotStrategically) {
    s.post(widgets, widget("a", R"({"size":2})"));
    EXPECT_EQ(
        s.send("PATCH", widgets + "/a", "{}", {{"content-type", "application/strategic-merge-patch+json"}}).status,
        415);
    EXPECT_EQ(s.merge(widgets + "/a", R"({"spec":{"size":3}})").json().integer({"spec", "size"}), 3);
    EXPECT_EQ(s.apply(widgets + "/b?fieldManager=me", widget("b", R"({"size":4})")).status, 201);
    EXPECT_EQ(s.put(widgets + "/a", widget("a", R"({"size":4})")).status, 422) << "an update needs a resourceVersion";
}

TEST_F(CustomResources, AreShownInEachVersion) {
    s.post(widgets, widget("a", R"({"size":2})"));
    Answer beta = s.get("/apis/example.com/v1beta1/namespaces/default/widgets/a");
    EXPECT_EQ(beta.at({"apiVersion"}), "example.com/v1beta1");
    EXPECT_EQ(beta.headers.find("warning").value_or(""), "299 - \"example.com/v1beta1 Widget is deprecated\"");
    OpenWatch w = s.watch("/apis/example.com/v1beta1/widgets?watch=1");
    EXPECT_EQ(w.next().text({"object", "apiVersion"}), "example.com/v1beta1");
    s.merge(widgets + "/a", R"({"spec":{"size":3}})");
    EXPECT_EQ(w.next().text({"object", "apiVersion"}), "example.com/v1beta1");
}

TEST_F(CustomResources, CanBeSelectedByTheirFields) {
    s.post(widgets, widget("a", R"({"size":2})"));
    s.post(widgets, widget("b", R"({"size":2,"color":"blue"})"));
    EXPECT_EQ(s.get(widgets + "?fieldSelector=spec.color%3Dblue").json().find("items")->as_array().size(), 1u);
    EXPECT_EQ(s.get(widgets + "?fieldSelector=spec.size%3D2").status, 400);
}

TEST_F(CustomResources, ShowTheirColumns) {
    s.post(widgets, widget("a", R"({"size":2})"));
    json::Value table = s.get(widgets, {{"accept", "application/json;as=Table;v=v1;g=meta.k8s.io"}}).json();
    EXPECT_EQ(table.find("columnDefinitions")->as_array()[1].text("name"), "Size");
    EXPECT_EQ(table.find("rows")->as_array()[0].find("cells")->as_array()[1], json::Value(2));
}

TEST_F(CustomResources, GetNewDefaultsWhenTheirDefinitionChanges) {
    s.post(widgets, widget("a", R"({"size":2})"));
    add_property("spec/properties/shape", R"({"type":"string","default":"round"})");
    EXPECT_EQ(s.get(widgets + "/a").at({"spec", "shape"}), "round");
}

TEST_F(CustomResources, GoWithTheirDefinition) {
    s.post(widgets, widget("a", R"({"size":2})"));
    OpenWatch w = s.watch(widgets + "?watch=1");
    w.next();
    EXPECT_EQ(s.remove(definitions + "/widgets.example.com").status, 200);
    EXPECT_EQ(w.all(), std::vector<std::string>{"DELETED a"});
    EXPECT_TRUE(w.ended());
    EXPECT_EQ(s.get(widgets).status, 404);
    EXPECT_EQ(s.get("/apis/example.com/v1").status, 404);
    EXPECT_EQ(s.get(definitions + "/widgets.example.com").status, 404);
    EXPECT_EQ(s.post(definitions, definition()).status, 201) << "and can come back";
    EXPECT_EQ(s.get(widgets).json().find("items")->as_array().size(), 0u);
}

TEST_F(CustomResources, HoldTheirDefinitionByFinalizers) {
    s.post(
        widgets,
        R"({"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a","finalizers":["x/y"]},"spec":{"size":1}})");
    s.remove(definitions + "/widgets.example.com");
    json::Value crd = s.get(definitions + "/widgets.example.com").json();
    EXPECT_EQ(condition(crd, "Terminating"), "True");
    EXPECT_NE(s.get(widgets + "/a").at({"metadata", "deletionTimestamp"}), "");
    EXPECT_EQ(s.post(widgets, widget("b", R"({"size":1})")).status, 405);
    EXPECT_EQ(s.merge(widgets + "/a", R"({"metadata":{"finalizers":null}})").status, 200);
    EXPECT_EQ(s.get(definitions + "/widgets.example.com").status, 404);
}

TEST_F(CustomResources, CannotTakeNamesThatAreTaken) {
    Answer second = s.post(definitions, definition("others", "Widget"));
    EXPECT_EQ(second.status, 201) << second.text;
    EXPECT_EQ(condition(second.json(), "NamesAccepted"), "False");
    EXPECT_EQ(condition(second.json(), "Established"), "False");
    EXPECT_EQ(s.get("/apis/example.com/v1/others").status, 404);
    s.remove(definitions + "/widgets.example.com");
    EXPECT_EQ(condition(s.get(definitions + "/others.example.com").json(), "Established"), "True")
        << "until they are free";
    EXPECT_EQ(s.get("/apis/example.com/v1/others").status, 200);
}

TEST_F(CustomResources, ArePublishedInOpenApi) {
    json::Value index = s.get("/openapi/v3").json();
    std::string url(index.text({"paths", "apis/example.com/v1", "serverRelativeURL"}));
    ASSERT_TRUE(url.starts_with("/openapi/v3/apis/example.com/v1?hash=")) << url;
    json::Value document = s.get(url).json();
    EXPECT_NE(document.find_path({"components", "schemas", "com.example.v1.Widget", "properties", "spec"}), nullptr);
    EXPECT_NE(document.find_path({"paths", "/apis/example.com/v1/namespaces/{namespace}/widgets/{name}", "patch"}),
              nullptr);
    add_property("new", R"({"type":"string"})");
    EXPECT_NE(s.get("/openapi/v3").json().text({"paths", "apis/example.com/v1", "serverRelativeURL"}), url)
        << "the hash tells clients to read it again";
}

TEST(Definitions, WithConversionWebhooksServeWhatNeedsNoConversion) {
    TestServer s;
    std::string crd = definition();
    std::string webhook =
        R"("conversion":{"strategy":"Webhook","webhook":{"conversionReviewVersions":["v1"],"clientConfig":{"url":"https://localhost/convert"}}},)";
    crd.insert(crd.find(R"("scope")"), webhook);
    ASSERT_EQ(s.post(definitions, crd).status, 201);
    EXPECT_EQ(s.post(widgets, widget("a", R"({"size":2})")).status, 201);
    EXPECT_EQ(s.get(widgets + "/a").status, 200);
    Answer refused = s.get("/apis/example.com/v1beta1/namespaces/default/widgets/a");
    EXPECT_EQ(refused.status, 500);
    EXPECT_NE(refused.message().find("by a webhook"), std::string::npos) << refused.message();
}

TEST(Definitions, ThatAreWrongAreRefused) {
    TestServer s;
    std::string wrong = definition();
    wrong.replace(wrong.find("widgets.example.com"), 19, "gadgets.example.com");
    Answer refused = s.post(definitions, wrong);
    EXPECT_EQ(refused.status, 422);
    EXPECT_NE(refused.message().find("metadata.name"), std::string::npos) << refused.message();
}

}  // namespace
}  // namespace mizzen::apiserver
