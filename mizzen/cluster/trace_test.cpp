// SPDX-License-Identifier: Apache-2.0
// One trace from the first write to the last that follows from it.
#include <gtest/gtest.h>

#include <algorithm>

#include "mizzen/cluster/testing/test_cluster.hpp"
#include "mizzen/kube/schema/kinds/apps.hpp"
#include "mizzen/telemetry/trace/tracer.hpp"

namespace mizzen {
namespace {

using telemetry::SpanData;

struct Kept final : telemetry::SpanProcessor {
    void ended(std::unique_ptr<SpanData> span) override { spans.push_back(std::move(span)); }
    std::vector<std::unique_ptr<SpanData>> spans;
};

TEST(Trace, WhatFollowsFromAWriteIsPartOfItsTrace) {
    SimulatedLoop clock(1);
    Kept kept;
    telemetry::TracerProvider provider(clock, Random(7), telemetry::always_on(), kept);
    const auto propagator = telemetry::trace_context_propagator();
    telemetry::Causes causes;
    TestCluster cluster({.telemetry = {.tracer = telemetry::Tracer(provider, {.name = "test"}),
                                       .propagator = propagator.get(),
                                       .causes = &causes}});
    kept.spans.clear();
    cluster.create(R"(
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 1
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: app, image: "shop:1"}]}
)");
    ASSERT_TRUE(cluster.eventually(
        [&] { return cluster.get<kube::Deployment>({"default", "shop"}).status.available_replicas == 1; }));
    const auto first = std::ranges::find_if(kept.spans, [](const auto& span) {
        return span->name.view() == "POST /apis/apps/v1/namespaces/{namespace}/deployments";
    });
    ASSERT_NE(first, kept.spans.end());
    const auto in_trace = [&](std::string_view name) {
        return std::ranges::count_if(kept.spans, [&](const auto& span) {
            return span->name.view() == name && span->context.trace == (*first)->context.trace;
        });
    };
    EXPECT_GE(in_trace("reconcile deployment-controller"), 2);
    EXPECT_GE(in_trace("reconcile replicaset-controller"), 2);
    EXPECT_GE(in_trace("reconcile kubelet"), 1);
    EXPECT_EQ(in_trace("POST /api/v1/namespaces/{namespace}/pods"), 1);
    EXPECT_GE(in_trace("PATCH /apis/apps/v1/namespaces/{namespace}/deployments/{name}/status"), 1);
}

}  // namespace
}  // namespace mizzen
