// SPDX-License-Identifier: Apache-2.0
// Collects what endpoints.hpp decides; the runtime applies what differs and prunes slices that are no longer needed.
#include "mizzen/controllers/endpointslice/endpointslice_controller.hpp"

#include "mizzen/controllers/endpointslice/endpoints.hpp"

namespace mizzen::controllers {
namespace {

using kube::Outcome;

Task<Outcome> reconcile(kube::Reconcile<kube::Service>& r) {
    const kube::Service& service = r.object();
    // Without a selector the addresses are somebody else's to keep.
    if (service.spec.selector.empty() || service.spec.type == "ExternalName") co_return Outcome::done();
    const ServicePods pods =
        r.cache<kube::Pod>().select(kube::Selector(service.spec.selector), service.metadata.namespace_);
    for (const kube::EndpointSlice& slice : endpoint_slices(service, pods)) r.apply(slice);
    r.apply(endpoints(service, pods));
    r.complete();
    co_return Outcome::done();
}

}  // namespace

kube::Controller<kube::Service> endpointslice_controller(kube::Manager& manager) {
    const kube::Store<kube::Service>& services = manager.informer<kube::Service>().store();
    auto services_of = [&services](const kube::Pod& pod) {
        std::vector<kube::ObjectKey> out;
        for (auto& service : services.list(pod.metadata.namespace_)) {
            if (!service->spec.selector.empty() &&
                kube::Selector(service->spec.selector).matches(pod.metadata.labels)) {
                out.push_back(kube::key_of(*service));
            }
        }
        return out;
    };
    return kube::Controller<kube::Service>(reconcile)
        .named("endpointslice-controller")
        .owns<kube::EndpointSlice>()
        .owns<kube::Endpoints>()
        .watches<kube::Pod>(services_of)
        .without_conditions();
}

}  // namespace mizzen::controllers
