// SPDX-License-Identifier: Apache-2.0
// Cache: what it becomes, how it stands, and the reconciler that joins the two.
#include "examples/operator/controller.hpp"

#include <utility>

#include "mizzen/async/delay.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/kube/client/api.hpp"
#include "mizzen/kube/client/crd.hpp"
#include "mizzen/kube/schema/kinds/apiextensions.hpp"

namespace example {

using namespace mizzen;
using kube::Outcome;

namespace {

constexpr int port = 11211;
constexpr std::string_view generation_annotation = "demo.mizzen.dev/generation";

std::map<std::string, std::string> selector(const kube::ObjectMeta& metadata) {
    return {{"app.kubernetes.io/name", metadata.name}};
}

// The Deployment was written for this very spec, and its controller has finished.
bool is_done(const Cache& cache, const kube::Deployment& seen) {
    auto written_for = seen.metadata.annotations.find(std::string(generation_annotation));
    return written_for != seen.metadata.annotations.end() &&
           written_for->second == std::to_string(cache.metadata.generation) &&
           seen.status.observed_generation == seen.metadata.generation &&
           seen.status.updated_replicas == cache.spec.pods && seen.status.replicas == cache.spec.pods &&
           seen.status.ready_replicas == cache.spec.pods;
}

}  // namespace

kube::Deployment deployment(const Cache& cache, kube::ObjectMeta metadata) {
    kube::Deployment out{.metadata = std::move(metadata)};
    out.metadata.annotations[std::string(generation_annotation)] = std::to_string(cache.metadata.generation);
    out.spec.replicas = cache.spec.pods;
    out.spec.selector.match_labels = selector(out.metadata);
    out.spec.template_.metadata.labels = out.metadata.labels;
    out.spec.template_.spec.containers = {{
        .args = {"--memory-limit=" + std::to_string(cache.spec.megabytes)},
        .image = "docker.io/library/memcached:1.6",
        .name = "memcached",
        .ports = {{.container_port = port, .name = "memcached", .protocol = "TCP"}},
        .resources = {.limits = {{"memory", std::to_string(cache.spec.megabytes + 32) + "Mi"}}},
    }};
    return out;
}

kube::Service service(kube::ObjectMeta metadata) {
    kube::Service out{.metadata = std::move(metadata)};
    out.spec.selector = selector(out.metadata);
    out.spec.ports = {{.name = "memcached", .port = port, .protocol = "TCP"}};
    return out;
}

Outcome assess(const Cache& cache, const kube::Deployment* seen, CacheStatus& status) {
    status.ready_pods = seen ? seen->status.ready_replicas : 0;
    status.address = cache.metadata.name + "." + cache.metadata.namespace_ + ".svc:" + std::to_string(port);
    if (!seen || !is_done(cache, *seen))
        return Outcome::waiting("Starting", std::to_string(status.ready_pods) + " of " +
                                                std::to_string(cache.spec.pods) + " pods are ready.");
    return Outcome::ready("All pods answer.");
}

Task<Outcome> reconcile(kube::Reconcile<Cache>& r) {
    r.apply(deployment(r.object(), r.child()));
    r.apply(service(r.child()));
    r.complete();
    auto seen = r.cache<kube::Deployment>().find(r.key());
    co_return assess(r.object(), seen.get(), r.status());
}

kube::Controller<Cache> cache_controller() {
    return kube::Controller<Cache>(reconcile).owns<kube::Deployment>().owns<kube::Service>();
}

json::Value cache_crd() {
    return kube::custom_resource_definition<Cache>({
        .columns = {{.name = "Pods", .type = "integer", .json_path = ".spec.pods"},
                    {.name = "Ready", .type = "integer", .json_path = ".status.readyPods"},
                    {.name = "Age", .type = "date", .json_path = ".metadata.creationTimestamp"}},
    });
}

Task<> install_cache_crd(kube::Client& client) {
    kube::Api<kube::Dynamic> definitions(client, kube::DynamicKind(kube::CustomResourceDefinition::kind));
    co_await definitions.apply(cache_crd(), {.force = true});
    kube::Api<Cache> caches(client, kube::all_namespaces);
    for (int tries = 0; tries < 100; ++tries) {
        bool is_served = true;
        try {
            co_await caches.page({.limit = 1});
        } catch (const kube::ApiError& e) {
            if (!e.is_not_found()) throw;
            is_served = false;
        }
        if (is_served) co_return;
        co_await delay(std::chrono::milliseconds(200));
    }
    throw Error(ErrorKind::retry,
                "caches.demo.mizzen.dev is not served after 20 s; see `kubectl describe crd caches.demo.mizzen.dev`");
}

}  // namespace example
