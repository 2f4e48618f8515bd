// SPDX-License-Identifier: Apache-2.0
// Puts back what a namespace must have when it is missing.
#include "mizzen/controllers/service_account/service_account_controller.hpp"

namespace mizzen::controllers {
namespace {

using kube::Outcome;

constexpr const char* ca_name = "kube-root-ca.crt";

// In the cache, or created by somebody a moment ago.
template <class K>
Task<> create_if_missing(kube::Reconcile<kube::Namespace>& r, K object) {
    const kube::ObjectKey key(r.object().metadata.name, object.metadata.name);
    object.metadata.namespace_ = key.ns;
    if (r.cache<K>().find(key)) co_return;
    try {
        co_await r.api<K>().create(std::move(object));
    } catch (const kube::ApiError& e) {
        if (!e.is_already_exists()) throw;
    }
}

Task<Outcome> reconcile(kube::Reconcile<kube::Namespace>& r, const std::string& root_ca) {
    if (r.object().status.phase == "Terminating") co_return Outcome::done();
    kube::ServiceAccount account;
    account.metadata.name = "default";
    co_await create_if_missing(r, std::move(account));

    kube::ConfigMap ca;
    ca.metadata.name = ca_name;
    ca.metadata.annotations["kubernetes.io/description"] = "Trusts the certificate of this cluster's API server.";
    ca.data["ca.crt"] = root_ca;
    const auto known = r.cache<kube::ConfigMap>().find({r.object().metadata.name, ca_name});
    if (!known)
        co_await create_if_missing(r, std::move(ca));
    else if (known->data != ca.data) {
        kube::ConfigMap mended = *known;
        mended.data = ca.data;
        co_await r.api<kube::ConfigMap>().replace(std::move(mended));
    }
    co_return Outcome::done();
}

template <class K>
std::vector<kube::ObjectKey> namespace_of(const K& object, std::string_view name) {
    if (object.metadata.name != name) return {};
    return {kube::ObjectKey(object.metadata.namespace_)};
}

}  // namespace

kube::Controller<kube::Namespace> service_account_controller(const std::string& root_ca_pem) {
    return kube::Controller<kube::Namespace>(reconcile, root_ca_pem)
        .named("service-account-controller")
        .watches<kube::ServiceAccount>([](const kube::ServiceAccount& a) { return namespace_of(a, "default"); })
        .watches<kube::ConfigMap>([](const kube::ConfigMap& c) { return namespace_of(c, ca_name); })
        .without_conditions();
}

}  // namespace mizzen::controllers
