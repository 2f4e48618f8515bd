// SPDX-License-Identifier: Apache-2.0
// Namespaces: what is there from the start, and how one ends.
#include <gtest/gtest.h>

#include "mizzen/apiserver/testing/test_server.hpp"

namespace mizzen::apiserver {
namespace {

const std::string namespaces = "/api/v1/namespaces";

TEST(Namespaces, AreThereFromTheStart) {
    TestServer s;
    std::string names;
    json::Value list = s.get(namespaces).json();
    for (const json::Value& item : list.find("items")->as_array())
        names += std::string(item.text({"metadata", "name"})) + " ";
    EXPECT_EQ(names, "default kube-node-lease kube-public kube-system ");
    EXPECT_EQ(s.get("/api/v1/namespaces/default/services/kubernetes").at({"spec", "clusterIP"}), "10.96.0.1");
    EXPECT_EQ(s.remove(namespaces + "/default").message(),
              "namespaces \"default\" is forbidden: this namespace may not be deleted");
}

TEST(Namespaces, EndWhenTheirFinalizerIsTakenAway) {
    TestServer s;
    Answer made = s.post(namespaces, R"({"metadata":{"name":"x"}})");
    EXPECT_EQ(made.at({"status", "phase"}), "Active");
    EXPECT_EQ(made.at({"metadata", "labels", "kubernetes.io/metadata.name"}), "x");
    Answer ending = s.remove(namespaces + "/x");
    EXPECT_EQ(ending.at({"status", "phase"}), "Terminating") << ending.text;
    Answer refused = s.post("/api/v1/namespaces/x/configmaps", config_map("a"));
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.json().find_path({"details", "causes"})->as_array()[0].text("reason"), "NamespaceTerminating");
    json::Value ns = s.get(namespaces + "/x").json();
    ns["spec"]["finalizers"] = json::Array{};
    EXPECT_EQ(s.put(namespaces + "/x/finalize", json::to_json(ns)).status, 200);
    EXPECT_EQ(s.get(namespaces + "/x").status, 404);
}

TEST(Namespaces, KeepTheirFinalizerInOrdinaryUpdates) {
    TestServer s;
    s.post(namespaces, R"({"metadata":{"name":"x"}})");
    json::Value after =
        s.merge(namespaces + "/x", R"({"metadata":{"labels":{"a":"b"}},"spec":{"finalizers":[]}})").json();
    EXPECT_EQ(json::to_json(*after.find_path({"spec", "finalizers"})), R"(["kubernetes"])");
    EXPECT_EQ(after.text({"metadata", "labels", "a"}), "b");
}

TEST(Services, GetAddressesAndPortsOfTheirOwn) {
    TestServer s;
    const std::string services = "/api/v1/namespaces/default/services";
    auto service = [](std::string_view name, std::string_view more) {
        return R"({"metadata":{"name":")" + std::string(name) + R"("},"spec":{"ports":[{"port":80}])" +
               std::string(more) + "}}";
    };
    std::string first = s.post(services, service("a", "")).at({"spec", "clusterIP"}),
                second = s.post(services, service("b", "")).at({"spec", "clusterIP"});
    EXPECT_TRUE(first.starts_with("10.96.")) << first;
    EXPECT_NE(first, second);
    EXPECT_EQ(s.post(services, service("c", R"(,"clusterIP":")" + first + R"(")")).status, 422);
    EXPECT_EQ(s.post(services, service("c", R"(,"clusterIP":"1.2.3.4")")).status, 422);
    EXPECT_EQ(s.post(services, service("c", R"(,"clusterIP":"None")")).at({"spec", "clusterIP"}), "None");
    json::Value node_port = s.post(services, service("d", R"(,"type":"NodePort")")).json();
    EXPECT_GE(node_port.find_path({"spec", "ports"})->as_array()[0].integer({"nodePort"}), 30000);
    EXPECT_EQ(s.put(services + "/a", service("a", "")).at({"spec", "clusterIP"}), first) << "an update keeps it";
}

TEST(Pods, RunAsAnAccountWithItsToken) {
    TestServer s;
    std::string pod = R"({"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"x"}]}})",
                pods = "/api/v1/namespaces/default/pods";
    EXPECT_EQ(s.post(pods, pod).status, 403) << "there is no default account yet";
    s.post("/api/v1/namespaces/default/serviceaccounts", R"({"metadata":{"name":"default"}})");
    json::Value made = s.post(pods, pod).json();
    EXPECT_EQ(made.text({"spec", "serviceAccountName"}), "default");
    EXPECT_TRUE(made.find_path({"spec", "volumes"})->as_array()[0].text("name").starts_with("kube-api-access-"));
    EXPECT_EQ(
        made.find_path({"spec", "containers"})->as_array()[0].find("volumeMounts")->as_array()[0].text("mountPath"),
        "/var/run/secrets/kubernetes.io/serviceaccount");
    EXPECT_EQ(made.find_path({"spec", "tolerations"})->as_array().size(), 2u);
    EXPECT_EQ(made.integer({"spec", "priority"}, -1), 0);
    EXPECT_EQ(made.text({"status", "phase"}), "Pending");
}

TEST(Events, AreForgottenAnHourAfterTheyWereLastWritten) {
    TestServer s;
    const std::string events = "/api/v1/namespaces/default/events";
    auto event = [](std::string_view name) {
        return R"({"metadata":{"name":")" + std::string(name) +
               R"("},"involvedObject":{"kind":"Pod","namespace":"default","name":"p"},"reason":"Test","type":"Normal"})";
    };
    s.post(events, event("old"));
    s.post(events, event("renewed"));
    s.loop().run_for(std::chrono::minutes(40));
    s.merge(events + "/renewed", R"({"count":2})");
    s.loop().run_for(std::chrono::minutes(40));
    EXPECT_EQ(s.post(events, event("new")).status, 201);
    EXPECT_EQ(s.get(events + "/old").status, 404);
    EXPECT_EQ(s.get(events + "/renewed").status, 200);
    EXPECT_EQ(s.get("/apis/events.k8s.io/v1/namespaces/default/events/new").at({"regarding", "name"}), "p")
        << "shown by its newer group too";
    EXPECT_EQ(s.get(events + "?fieldSelector=involvedObject.name%3Dp").json().find("items")->as_array().size(), 2u);
}

}  // namespace
}  // namespace mizzen::apiserver
