// SPDX-License-Identifier: Apache-2.0
#include "mizzen/controllers/endpointslice/endpoints.hpp"

#include <gtest/gtest.h>

namespace mizzen::controllers {
namespace {

using kube::EndpointSlice;
using kube::IntOrString;
using kube::Pod;
using kube::Service;

Service a_service(std::vector<kube::ServicePort> ports = {
                      {.name = "http", .port = 80, .protocol = "TCP", .target_port = IntOrString("http")}}) {
    Service service;
    service.metadata.name = "shop";
    service.metadata.namespace_ = "default";
    service.metadata.labels = {{"team", "storefront"}};
    service.spec.selector = {{"app", "shop"}};
    service.spec.ports = std::move(ports);
    return service;
}

struct Facts {
    std::string name;
    std::string ip = "10.0.0.1";
    bool ready = true;
    bool deleting = false;
    int http = 8080;
    const char* phase = "Running";
};

std::shared_ptr<const Pod> a_pod(const Facts& f) {
    Pod pod;
    pod.metadata.name = f.name;
    pod.metadata.namespace_ = "default";
    pod.metadata.uid = f.name + "-uid";
    if (f.deleting) pod.metadata.deletion_timestamp = "2026-01-01T00:00:00Z";
    pod.spec.node_name = "node-1";
    pod.spec.containers.push_back({.name = "app", .ports = {{.container_port = f.http, .name = "http"}}});
    pod.status.phase = f.phase;
    pod.status.pod_ip = f.ip;
    pod.status.conditions.push_back({.status = f.ready ? "True" : "False", .type = "Ready"});
    return std::make_shared<const Pod>(std::move(pod));
}

ServicePods pods(std::initializer_list<Facts> all) {
    ServicePods out;
    for (const Facts& f : all) out.push_back(a_pod(f));
    return out;
}

// "10.0.0.1 ready serving"
std::string text(const kube::Endpoint& e) {
    return e.addresses.at(0) + (*e.conditions.ready ? " ready" : "") + (*e.conditions.serving ? " serving" : "") +
           (*e.conditions.terminating ? " terminating" : "");
}

// "http 8080/TCP"
std::string text_of_port(const kube::DiscoveryEndpointPort& p) {
    return p.name + " " + std::to_string(p.port.value_or(0)) + "/" + p.protocol;
}

TEST(EndpointSlices, NameTheServiceAndWhoKeepsThem) {
    const auto slices = endpoint_slices(a_service(), pods({{.name = "a"}}));
    ASSERT_EQ(slices.size(), 1u);
    const EndpointSlice& slice = slices[0];
    EXPECT_TRUE(slice.metadata.name.starts_with("shop-")) << slice.metadata.name;
    EXPECT_EQ(slice.metadata.name, endpoint_slices(a_service(), {}).at(0).metadata.name)
        << "the same each time, so that it keeps its object";
    EXPECT_EQ(slice.metadata.namespace_, "default");
    EXPECT_EQ(slice.address_type, "IPv4");
    EXPECT_EQ(slice.metadata.labels, (std::map<std::string, std::string>{
                                         {"endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io"},
                                         {"kubernetes.io/service-name", "shop"},
                                         {"team", "storefront"}}));
    ASSERT_EQ(slice.ports.size(), 1u);
    EXPECT_EQ(text_of_port(slice.ports[0]), "http 8080/TCP");
    ASSERT_EQ(slice.endpoints.size(), 1u);
    EXPECT_EQ(slice.endpoints[0].node_name, "node-1");
    EXPECT_EQ(slice.endpoints[0].target_ref->name, "a");
    EXPECT_EQ(slice.endpoints[0].target_ref->uid, "a-uid");
}

TEST(EndpointSlices, SayWhetherAPodIsReadyServingOrTerminating) {
    struct Case {
        Facts pod;
        bool publish_not_ready;
        const char* expected;
    };
    for (const Case& c : std::initializer_list<Case>{
             {{.name = "a"}, false, "10.0.0.1 ready serving"},
             {{.name = "a", .ready = false}, false, "10.0.0.1"},
             {{.name = "a", .ready = true, .deleting = true}, false, "10.0.0.1 serving terminating"},
             {{.name = "a", .ready = false, .deleting = true}, false, "10.0.0.1 terminating"},
             {{.name = "a", .ready = false}, true, "10.0.0.1 ready"},
         }) {
        Service service = a_service();
        service.spec.publish_not_ready_addresses = c.publish_not_ready;
        EXPECT_EQ(text(endpoint_slices(service, {a_pod(c.pod)}).at(0).endpoints.at(0)), c.expected);
    }
}

TEST(EndpointSlices, LeaveOutPodsWithoutAnAddressAndPodsThatEnded) {
    const auto slices = endpoint_slices(a_service(), pods({{.name = "a", .ip = ""},
                                                           {.name = "b", .phase = "Succeeded"},
                                                           {.name = "c", .phase = "Failed"},
                                                           {.name = "d", .ip = "10.0.0.4"}}));
    ASSERT_EQ(slices.size(), 1u);
    ASSERT_EQ(slices[0].endpoints.size(), 1u);
    EXPECT_EQ(text(slices[0].endpoints[0]), "10.0.0.4 ready serving");
}

TEST(EndpointSlices, ThereIsAnEmptyOneWithoutPods) {
    const auto slices = endpoint_slices(a_service(), {});
    ASSERT_EQ(slices.size(), 1u);
    EXPECT_EQ(slices[0].endpoints.size(), 0u);
}

TEST(EndpointSlices, HoldAHundredPodsEachInOrderOfTheirNames) {
    ServicePods many;
    for (int i = 249; i >= 0; --i)
        many.push_back(a_pod({.name = "pod-" + std::to_string(1000 + i), .ip = "10.0.1." + std::to_string(i)}));
    const auto slices = endpoint_slices(a_service(), many);
    ASSERT_EQ(slices.size(), 3u);
    EXPECT_EQ(slices[0].endpoints.size(), 100u);
    EXPECT_EQ(slices[2].endpoints.size(), 50u);
    EXPECT_NE(slices[1].metadata.name, slices[2].metadata.name);
    EXPECT_EQ(slices[0].endpoints[0].target_ref->name, "pod-1000");
    EXPECT_EQ(slices[1].endpoints[0].target_ref->name, "pod-1100");
}

TEST(EndpointSlices, PartPodsWhoseNamedPortHasAnotherNumber) {
    const auto slices =
        endpoint_slices(a_service(), pods({{.name = "new", .ip = "10.0.0.2", .http = 9090}, {.name = "old"}}));
    ASSERT_EQ(slices.size(), 2u);
    EXPECT_EQ(text_of_port(slices[0].ports.at(0)), "http 8080/TCP");
    EXPECT_EQ(slices[0].endpoints.at(0).target_ref->name, "old");
    EXPECT_EQ(text_of_port(slices[1].ports.at(0)), "http 9090/TCP");
    EXPECT_EQ(slices[1].endpoints.at(0).target_ref->name, "new");
}

TEST(EndpointSlices, TakeTheTargetPortByNumberByNameOrThePortItself) {
    struct Case {
        kube::ServicePort port;
        const char* expected;  // "" if no port is left
    };
    for (const Case& c : std::initializer_list<Case>{
             {{.name = "p", .port = 80, .protocol = "TCP", .target_port = IntOrString(8443)}, "p 8443/TCP"},
             {{.name = "p", .port = 80, .protocol = "TCP", .target_port = IntOrString("http")}, "p 8080/TCP"},
             {{.name = "p", .port = 80, .target_port = IntOrString("http")}, "p 8080/TCP"},
             {{.name = "p", .port = 80, .protocol = "UDP", .target_port = IntOrString("http")}, ""},
             {{.name = "p", .port = 80, .protocol = "TCP", .target_port = IntOrString("metrics")}, ""},
             {{.name = "p", .port = 80, .protocol = "TCP"}, "p 80/TCP"},
         }) {
        const auto slices = endpoint_slices(a_service({c.port}), pods({{.name = "a"}}));
        const auto& ports = slices.at(0).ports;
        EXPECT_EQ(ports.empty() ? "" : text_of_port(ports[0]), c.expected);
    }
}

TEST(EndpointSlices, GiveAHostnameToPodsOfTheServicesSubdomain) {
    Pod pod = *a_pod({.name = "a"});
    pod.spec.hostname = "shop-0";
    pod.spec.subdomain = "shop";
    EXPECT_EQ(endpoint_slices(a_service(), {std::make_shared<const Pod>(pod)}).at(0).endpoints.at(0).hostname,
              "shop-0");
    pod.spec.subdomain = "other";
    EXPECT_EQ(endpoint_slices(a_service(), {std::make_shared<const Pod>(pod)}).at(0).endpoints.at(0).hostname, "");
}

TEST(Endpoints, ListReadyAndUnreadyAddressesAndNoneThatLeave) {
    const kube::Endpoints all = endpoints(a_service(), pods({{.name = "a"},
                                                             {.name = "b", .ip = "10.0.0.2", .ready = false},
                                                             {.name = "c", .ip = "10.0.0.3", .deleting = true}}));
    EXPECT_EQ(all.metadata.name, "shop");
    ASSERT_EQ(all.subsets.size(), 1u);
    ASSERT_EQ(all.subsets[0].addresses.size(), 1u);
    EXPECT_EQ(all.subsets[0].addresses[0].ip, "10.0.0.1");
    ASSERT_EQ(all.subsets[0].not_ready_addresses.size(), 1u);
    EXPECT_EQ(all.subsets[0].not_ready_addresses[0].ip, "10.0.0.2");
    EXPECT_EQ(all.subsets[0].ports.at(0).port, 8080);
    EXPECT_EQ(endpoints(a_service(), pods({{.name = "c", .deleting = true}})).subsets.size(), 0u);
}

}  // namespace
}  // namespace mizzen::controllers
