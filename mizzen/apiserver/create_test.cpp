// SPDX-License-Identifier: Apache-2.0
// Creating objects: what the server adds, and what it refuses.
#include <gtest/gtest.h>

#include "mizzen/apiserver/testing/test_server.hpp"

namespace mizzen::apiserver {
namespace {

TEST(Create, GivesAnObjectItsIdentityAndARevision) {
    TestServer s;
    Answer made = s.post(config_maps, config_map("a"));
    ASSERT_EQ(made.status, 201) << made.text;
    EXPECT_EQ(made.at({"metadata", "namespace"}), "default");
    EXPECT_EQ(made.at({"metadata", "uid"}).size(), 36u);
    EXPECT_EQ(made.at({"metadata", "creationTimestamp"}), "2026-01-01T00:00:00Z");
    EXPECT_EQ(made.at({"metadata", "resourceVersion"}), std::to_string(s.server().revision()));
    EXPECT_EQ(s.get(config_maps + "/a").text, made.text);
}

TEST(Create, MakesNamesThatAreFree) {
    TestServer s;
    std::string body = R"({"metadata":{"generateName":"job-"}})";
    std::string first = s.post(config_maps, body).at({"metadata", "name"}),
                second = s.post(config_maps, body).at({"metadata", "name"});
    EXPECT_EQ(first.size(), 9u);
    EXPECT_TRUE(first.starts_with("job-"));
    EXPECT_NE(first, second);
}

TEST(Create, InDryRunAnswersButStoresNothing) {
    TestServer s;
    std::uint64_t before = s.server().revision();
    Answer made = s.post(config_maps + "?dryRun=All", config_map("a"));
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(made.at({"metadata", "uid"}).size(), 36u);
    EXPECT_EQ(made.json().find_path({"metadata", "resourceVersion"}), nullptr);
    EXPECT_EQ(s.get(config_maps + "/a").status, 404);
    EXPECT_EQ(s.server().revision(), before);
}

TEST(Create, WarnsOfUnknownFieldsOrRefusesThemAsAsked) {
    TestServer s;
    std::string body =
        R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","x":1},"foo":1,"data":{"a":"1","a":"2"}})";
    Answer strict = s.post(config_maps + "?fieldValidation=Strict", body);
    EXPECT_EQ(strict.status, 400);
    EXPECT_NE(strict.message().find("strict decoding error: "), std::string::npos) << strict.message();
    EXPECT_NE(strict.message().find("unknown field \"foo\""), std::string::npos) << strict.message();
    EXPECT_NE(strict.message().find("duplicate field \"data.a\""), std::string::npos) << strict.message();
    EXPECT_TRUE(s.post(config_maps + "?fieldValidation=Ignore&dryRun=All", body).headers.all("warning").empty());
    Answer warned = s.post(config_maps, body);
    EXPECT_EQ(warned.status, 201);
    EXPECT_EQ(warned.headers.all("warning").size(), 3u);
    EXPECT_EQ(warned.headers.find("warning").value_or("").substr(0, 6), "299 - ");
    EXPECT_EQ(warned.json().find("foo"), nullptr);
}

TEST(Create, RefusesWhatIsNotRight) {
    struct Case {
        std::string target, body, type;
        int status;
        std::string reason, part;
    };
    const std::string json = "application/json", big(3'200'000, 'x');
    TestServer s;
    ASSERT_EQ(s.post(config_maps, config_map("taken")).status, 201);
    for (const Case& c : std::vector<Case>{
             {config_maps, "{", json, 400, "BadRequest", "couldn't get version/kind; json parse error"},
             {config_maps, "", json, 400, "BadRequest", "<empty>"},
             {config_maps, "[]", json, 400, "BadRequest", "must be of type ConfigMap"},
             {config_maps, "a: [b", "application/yaml", 400, "BadRequest", "must be of type ConfigMap"},
             {config_maps, "nonsense", "application/vnd.kubernetes.protobuf", 400, "BadRequest",
              "must be of type ConfigMap"},
             {config_maps, "{}", "text/plain", 415, "UnsupportedMediaType", "application/vnd.kubernetes.protobuf"},
             {config_maps, R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"}})", json, 400, "BadRequest",
              "cannot be handled as a ConfigMap"},
             {config_maps, R"({"metadata":{"name":"a"},"data":{"a":1}})", json, 400, "BadRequest",
              "cannot unmarshal number"},
             {config_maps, R"({"metadata":{}})", json, 422, "Invalid",
              "metadata.name: Required value: name or generateName is required"},
             {config_maps, R"({"metadata":{"name":"A_"}})", json, 422, "Invalid", "RFC 1123 subdomain"},
             {config_maps, R"({"metadata":{"name":"a","namespace":"b"}})", json, 400, "BadRequest",
              "does not match the namespace"},
             {config_maps, R"({"metadata":{"name":"a","resourceVersion":"5"}})", json, 500, "",
              "resourceVersion should not be set"},
             {config_maps, config_map("taken"), json, 409, "AlreadyExists", "configmaps \"taken\" already exists"},
             {config_maps, config_map(big), json, 413, "RequestEntityTooLarge", "limit is 3145728"},
             {config_maps + "?dryRun=Some", config_map("a"), json, 422, "Invalid",
              "dryRun: Unsupported value: [\"Some\"]: supported values: \"All\""},
             {config_maps + "?fieldValidation=No", config_map("a"), json, 422, "Invalid",
              "fieldValidation: Unsupported value: \"No\""},
             {"/api/v1/namespaces/nope/configmaps", config_map("a"), json, 404, "NotFound",
              "namespaces \"nope\" not found"},
             {"/api/v1/configmaps", config_map("a"), json, 405, "MethodNotAllowed", "does not allow this method"},
             {config_maps + "/a", config_map("a"), json, 405, "MethodNotAllowed", "does not allow this method"},
             {"/api/v1/namespaces/default/nothings", "{}", json, 404, "NotFound",
              "could not find the requested resource"},
         }) {
        Answer refused = s.post(c.target, c.body, {{"content-type", c.type}});
        std::string line = c.target + " " + c.body.substr(0, 80);
        EXPECT_EQ(refused.status, c.status) << line << refused.text;
        EXPECT_EQ(refused.reason(), c.reason) << line;
        EXPECT_NE(refused.message().find(c.part), std::string::npos)
            << line << " said: " << refused.message().substr(0, 300);
        EXPECT_EQ(refused.at({"kind"}), "Status") << line;
    }
}

}  // namespace
}  // namespace mizzen::apiserver
