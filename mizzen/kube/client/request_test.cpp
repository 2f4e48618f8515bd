// SPDX-License-Identifier: Apache-2.0
#include "mizzen/kube/client/request.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/error.hpp"

namespace mizzen::kube::request {
namespace {

const DynamicKind deployment("apps", "v1", "Deployment", "deployments");
const DynamicKind pod("", "v1", "Pod", "pods");
const DynamicKind node("", "v1", "Node", "nodes", false);

std::string line(const net::Request& r) { return r.method + " " + r.target; }

TEST(Request, EachVerbGoesToItsPathWithItsParameters) {
    const Target shop{deployment, "shop"}, everywhere{deployment, ""}, core{pod, "shop"}, nodes{node, ""};
    EXPECT_EQ(line(get(shop, "api")), "GET /apis/apps/v1/namespaces/shop/deployments/api");
    EXPECT_EQ(line(get(core, {"other", "p"})), "GET /api/v1/namespaces/other/pods/p");
    EXPECT_EQ(line(get(nodes, "n1", {.resource_version = "0"})), "GET /api/v1/nodes/n1?resourceVersion=0");
    EXPECT_EQ(line(get(shop, "api", {}, "scale")), "GET /apis/apps/v1/namespaces/shop/deployments/api/scale");
    EXPECT_EQ(line(list(everywhere, {})), "GET /apis/apps/v1/deployments?limit=500");
    EXPECT_EQ(line(list(core, {.labels = "app=shop", .fields = "spec.nodeName=n", .limit = 0})),
              "GET /api/v1/namespaces/shop/pods?labelSelector=app%3Dshop&fieldSelector=spec.nodeName%3Dn");
    EXPECT_EQ(line(list(core, {.from = "abc", .resource_version = "7"})),
              "GET /api/v1/namespaces/shop/pods?limit=500&continue=abc");
    EXPECT_EQ(
        line(watch(core, {.resource_version = "7"}, 300)),
        "GET /api/v1/namespaces/shop/pods?watch=true&resourceVersion=7&allowWatchBookmarks=true&timeoutSeconds=300");
    EXPECT_EQ(line(watch(nodes, {.bookmarks = false, .send_initial_events = true}, 9)),
              "GET "
              "/api/v1/"
              "nodes?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&"
              "timeoutSeconds=9");
    EXPECT_EQ(line(create(everywhere, "shop", "{}", {.field_manager = "m", .dry_run = true, .validation = "Strict"})),
              "POST /apis/apps/v1/namespaces/shop/deployments?dryRun=All&fieldManager=m&fieldValidation=Strict");
    EXPECT_EQ(line(replace(shop, "api", "{}", {}, "status")),
              "PUT /apis/apps/v1/namespaces/shop/deployments/api/status");
    EXPECT_EQ(line(apply(shop, "api", "{}", {.field_manager = "m", .force = true})),
              "PATCH /apis/apps/v1/namespaces/shop/deployments/api?fieldManager=m&force=true");
    EXPECT_EQ(line(post(core, "p", "eviction", "{}")), "POST /api/v1/namespaces/shop/pods/p/eviction");
    EXPECT_EQ(line(remove(nodes, "n1", {})), "DELETE /api/v1/nodes/n1");
    EXPECT_EQ(line(remove_all(core, {.labels = "a=b", .limit = 0}, {})),
              "DELETE /api/v1/namespaces/shop/pods?labelSelector=a%3Db");
}

TEST(Request, PatchesSayTheirContentType) {
    const Target target{pod, "shop"};
    auto type = [&](const net::Request& r) { return std::string(*r.headers.find("content-type")); };
    EXPECT_EQ(type(patch(target, "p", Patch::merge(json::Object{}), {})), "application/merge-patch+json");
    EXPECT_EQ(type(patch(target, "p", Patch::json(json::Array{}), {})), "application/json-patch+json");
    EXPECT_EQ(type(patch(target, "p", Patch::strategic(json::Object{}), {})), "application/strategic-merge-patch+json");
    EXPECT_EQ(type(apply(target, "p", "{}", {})), "application/apply-patch+yaml");
}

TEST(Request, RemovalCarriesItsOptionsInTheBody) {
    auto request = remove({pod, "shop"}, "p",
                          {.propagation = Propagation::foreground,
                           .grace_period_seconds = 0,
                           .uid = "u",
                           .resource_version = "5",
                           .dry_run = true});
    EXPECT_EQ(request.body.bytes().view(),
              R"({"apiVersion":"v1","dryRun":["All"],"gracePeriodSeconds":0,"kind":"DeleteOptions",)"
              R"("preconditions":{"resourceVersion":"5","uid":"u"},"propagationPolicy":"Foreground"})");
}

TEST(Request, NamesAreEncodedSoThatTheyCannotLeaveTheirPath) {
    EXPECT_EQ(line(get({pod, "shop"}, "../../nodes")), "GET /api/v1/namespaces/shop/pods/..%2F..%2Fnodes");
}

TEST(Request, WhatLacksANameOrANamespaceIsRefusedBeforeItIsSent) {
    EXPECT_THROW(get({pod, ""}, "p"), Error);
    EXPECT_THROW(get({pod, "shop"}, ""), Error);
    EXPECT_THROW(create({pod, ""}, "", "{}", {}), Error);
    EXPECT_NO_THROW(get({node, ""}, "n"));
}

TEST(Request, ApplyDropsManagedFieldsAndFillsTheKind) {
    json::Value object = json::Object{
        {"metadata", json::Object{{"name", "api"}, {"namespace", "shop"}, {"managedFields", json::Array{}}}}};
    EXPECT_EQ(prepare_apply({deployment, ""}, object), ObjectKey("shop", "api"));
    EXPECT_EQ(object.text("apiVersion"), "apps/v1");
    EXPECT_EQ(object.text("kind"), "Deployment");
    EXPECT_EQ(object.find_path({"metadata", "managedFields"}), nullptr);
}

}  // namespace
}  // namespace mizzen::kube::request
