// SPDX-License-Identifier: Apache-2.0
// Implements bootstrap.hpp.
#include "mizzen/apiserver/bootstrap.hpp"

#include "mizzen/apiserver/admission/service_addresses.hpp"
#include "mizzen/apiserver/auth/aggregation.hpp"
#include "mizzen/apiserver/auth/bootstrap_roles.hpp"
#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/verbs/metadata.hpp"

namespace mizzen::apiserver {
namespace {

void create_if_missing(Machinery& server, const std::string& collection_name, json::Value object) {
    Collection& collection = server.store.collection(collection_name);
    std::string key = record_key(object.text({"metadata", "namespace"}), object.text({"metadata", "name"}));
    if (collection.find(key)) return;
    begin_life(object, server.loop.wall(), server.loop.random());
    server.store.put(collection, std::move(key), std::move(object));
}

json::Value a_namespace(std::string_view name) {
    json::Object labels{{"kubernetes.io/metadata.name", name}};
    return json::Object{{"apiVersion", "v1"},
                        {"kind", "Namespace"},
                        {"metadata", json::Object{{"labels", std::move(labels)}, {"name", name}}},
                        {"spec", json::Object{{"finalizers", json::Array{"kubernetes"}}}},
                        {"status", json::Object{{"phase", "Active"}}}};
}

json::Value kubernetes_service(const Machinery& server) {
    std::string address = first_service_address(server.options.service_cluster_ip_range);
    json::Object labels{{"component", "apiserver"}, {"provider", "kubernetes"}};
    json::Object port{{"name", "https"}, {"port", 443}, {"protocol", "TCP"}, {"targetPort", 6443}};
    return json::Object{
        {"apiVersion", "v1"},
        {"kind", "Service"},
        {"metadata", json::Object{{"labels", std::move(labels)}, {"name", "kubernetes"}, {"namespace", "default"}}},
        {"spec", json::Object{{"clusterIP", address},
                              {"clusterIPs", json::Array{address}},
                              {"internalTrafficPolicy", "Cluster"},
                              {"ipFamilies", json::Array{"IPv4"}},
                              {"ipFamilyPolicy", "SingleStack"},
                              {"ports", json::Array{std::move(port)}},
                              {"sessionAffinity", "None"},
                              {"type", "ClusterIP"}}},
        {"status", json::Object{{"loadBalancer", json::Object{}}}}};
}

}  // namespace

void bootstrap(Machinery& server) {
    server.definitions.load();
    server.events.load(server.loop.now());
    for (std::string_view name : {"default", "kube-node-lease", "kube-public", "kube-system"})
        create_if_missing(server, "namespaces", a_namespace(name));
    for (json::Value& role : bootstrap_role_objects())
        create_if_missing(server, "clusterroles.rbac.authorization.k8s.io", std::move(role));
    for (json::Value& binding : bootstrap_binding_objects())
        create_if_missing(server, "clusterrolebindings.rbac.authorization.k8s.io", std::move(binding));
    aggregate_cluster_roles(server.store);
    create_if_missing(server, "services", kubernetes_service(server));
}

}  // namespace mizzen::apiserver
