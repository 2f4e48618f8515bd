// SPDX-License-Identifier: Apache-2.0
// What the server tells about the requests it answers, at /metrics, under kube-apiserver's names.
#include <gtest/gtest.h>

#include "mizzen/apiserver/testing/test_server.hpp"
#include "mizzen/telemetry/http/traced_handler.hpp"

namespace mizzen::apiserver {
namespace {

using namespace telemetry;

const std::string maps = "/api/v1/namespaces/default/configmaps";
constexpr std::string_view map = R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"}})";

struct Watched {
    Registry registry{WallTime()};
    TestServer server{Options{.telemetry = {.registry = &registry}}};

    // The value of the one series whose line holds all of these; "" if there is none.
    std::string value(std::string_view family, std::initializer_list<std::string_view> labels) {
        const std::string page = server.get("/metrics").text;
        for (std::size_t at = 0, end; (end = page.find('\n', at)) != std::string::npos; at = end + 1) {
            const std::string_view line = std::string_view(page).substr(at, end - at);
            const bool is_it = line.starts_with(std::string(family) + "{") &&
                               std::all_of(labels.begin(), labels.end(), [&](std::string_view label) {
                                   return line.find(label) != std::string_view::npos;
                               });
            if (is_it) return std::string(line.substr(line.rfind(' ') + 1));
        }
        return "";
    }
};

TEST(Metrics, RequestsAreCountedByWhatTheyAskedForAndWhatCameOfThem) {
    Watched w;
    w.server.post(maps, std::string(map));
    w.server.post(maps + "?dryRun=All", R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"two"}})");
    w.server.post(maps, std::string(map));
    for (int i = 0; i < 3; ++i) w.server.get(maps + "/one");
    w.server.get(maps + "/none");
    w.server.get(maps);
    w.server.get("/api/v1/configmaps");
    w.server.get("/apis/apps/v1/namespaces/default/deployments/one/scale");
    const std::string_view total = "apiserver_request_total";
    EXPECT_EQ(w.value(total, {R"(verb="POST")", R"(scope="resource",component="apiserver",code="201")"}), "1");
    EXPECT_EQ(w.value(total, {R"(verb="POST")", R"(dry_run="All")", R"(code="201")"}), "1");
    EXPECT_EQ(w.value(total, {R"(verb="POST")", R"(code="409")"}), "1");
    EXPECT_EQ(w.value(total, {R"(verb="GET")", R"(resource="configmaps")", R"(code="200")", R"(scope="resource")"}),
              "3");
    EXPECT_EQ(w.value(total, {R"(verb="GET")", R"(resource="configmaps")", R"(code="404")"}), "1");
    EXPECT_EQ(w.value(total, {R"(verb="LIST")", R"(scope="namespace")", R"(code="200")"}), "1");
    EXPECT_EQ(w.value(total, {R"(verb="LIST")", R"(scope="cluster")", R"(code="200")"}), "1");
    EXPECT_EQ(w.value(total, {R"(group="apps")", R"(version="v1")", R"(subresource="scale")", R"(code="404")"}), "1");
    EXPECT_EQ(w.value("apiserver_request_duration_seconds_count", {R"(verb="GET")", R"(resource="configmaps")"}), "4");
}

TEST(Metrics, AResourceThatIsServedAnewIsCountedOn) {
    Watched w;
    const std::string crd = R"({"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
        "metadata":{"name":"tests.example.com"},"spec":{"group":"example.com","scope":"Namespaced",
        "names":{"plural":"tests","singular":"test","kind":"Test"},
        "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}})";
    const std::string crds = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    for (int round = 1; round <= 3; ++round) {
        ASSERT_EQ(w.server.post(crds, crd).status, 201);
        EXPECT_EQ(w.server.get("/apis/example.com/v1/namespaces/default/tests").status, 200);
        EXPECT_EQ(w.value("apiserver_request_total", {R"(verb="LIST")", R"(resource="tests")", R"(code="200")"}),
                  std::to_string(round));
        w.server.remove(crds + "/tests.example.com");
        w.server.loop().run_for(std::chrono::seconds(1));
    }
}

TEST(Metrics, PathsThatNobodyServesMakeNoSeries) {
    Watched w;
    for (const char* path : {"/nothing", "/wp-admin", "/.env"}) w.server.get(path);
    EXPECT_EQ(w.value("apiserver_request_total", {R"(code="404")"}), "");
}

TEST(Metrics, WatchesAreCountedWhileTheyRun) {
    Watched w;
    EXPECT_EQ(w.value("apiserver_longrunning_requests", {R"(resource="configmaps")"}), "");
    {
        const OpenWatch watch = w.server.watch(maps + "?watch=1");
        EXPECT_EQ(w.value("apiserver_longrunning_requests", {R"(verb="WATCH")", R"(resource="configmaps")"}), "1");
    }
    EXPECT_EQ(w.value("apiserver_longrunning_requests", {R"(resource="configmaps")"}), "0");
    EXPECT_EQ(w.value("apiserver_request_duration_seconds_count", {R"(verb="WATCH")"}), "");
}

TEST(Metrics, ASampledRequestIsAnExemplar) {
    struct Ignored final : SpanProcessor {
        void ended(std::unique_ptr<SpanData>) override {}
    } ignored;
    Watched w;
    TracerProvider provider(w.server.loop(), Random(7), always_on(), ignored);
    const auto propagator = trace_context_propagator();
    TracedHandler traced(w.server.loop(), w.server.server(), Tracer(provider, {.name = "test"}), *propagator);
    const net::Peer admin{
        .address = "test", .has_certificate = true, .common_name = "admin", .organizations = {"system:masters"}};
    w.server.loop().run(
        traced.handle({.target = maps,
                       .headers = {{"traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}},
                       .peer = admin}));
    const std::string page = w.server.get("/metrics", {{"accept", "application/openmetrics-text;version=1.0.0"}}).text;
    EXPECT_NE(page.find("trace_id=\"0af7651916cd43dd8448eb211c80319c\""), std::string::npos) << page;
}

}  // namespace
}  // namespace mizzen::apiserver
