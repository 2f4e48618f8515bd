// SPDX-License-Identifier: Apache-2.0
// The reconciler of WebApp: collects what build() wants, says what assess() sees.
#include <algorithm>

#include "mizzen/kube/client/api.hpp"
#include "mizzen/kube/schema/kinds/core.hpp"
#include "mizzen/operator/operator.hpp"

namespace mizzen {
namespace {

using kube::Outcome;
using kube::Reconcile;

Task<Outcome> reconcile(Reconcile<WebApp>& r) {
    const WebApp& app = r.object();
    if (std::string why = obstacle(app); !why.empty()) {
        r.status().phase = Phase::Degraded;
        co_return Outcome::stalled("InvalidName", std::move(why));
    }
    for (json::Value& object : build(app)) r.apply(std::move(object));
    r.complete();
    auto deployment = r.cache<kube::Deployment>().find(r.key());
    co_return assess(app, {.deployment = deployment.get()}, r.status());
}

// The pods go before the record does, so that whoever waits for the deletion can rely on it.
Task<Outcome> clean_up(Reconcile<WebApp>& r) {
    const auto& finalizers = r.object().metadata.finalizers;
    if (std::ranges::count(finalizers, "orphan") > 0) co_return Outcome::done();
    auto deployment = r.cache<kube::Deployment>().find(r.key());
    const bool ours = deployment && std::ranges::any_of(deployment->metadata.owner_references,
                                                        [&](auto& o) { return o.uid == r.object().metadata.uid; });
    if (!ours) co_return Outcome::done();
    if (deployment->metadata.deletion_timestamp.empty()) {
        co_await r.api<kube::Deployment>().remove(
            r.key(), {.propagation = kube::Propagation::foreground, .uid = deployment->metadata.uid});
    }
    co_return Outcome::waiting("Deleting", "The pods are being ended.");
}

}  // namespace

kube::Controller<WebApp> web_app_controller() {
    return kube::Controller<WebApp>(reconcile)
        .owns<kube::Deployment>()
        .owns<kube::Service>()
        .owns<kube::ConfigMap>()
        .owns<kube::ServiceAccount>()
        .on_delete(clean_up)
        .stamps("lastUpdated");
}

}  // namespace mizzen
