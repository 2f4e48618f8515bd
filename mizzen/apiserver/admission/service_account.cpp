// SPDX-License-Identifier: Apache-2.0
// Implements service_account.hpp.
#include "mizzen/apiserver/admission/service_account.hpp"

#include <fmt/format.h>

#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view mount_path = "/var/run/secrets/kubernetes.io/serviceaccount";
constexpr std::string_view mirror_note = "kubernetes.io/config.mirror";
constexpr int token_seconds = 3607;

bool is_false(const json::Value* v) { return v && v->is_bool() && !v->as_bool(); }

json::Value token_volume(const std::string& name) {
    json::Object token{{"serviceAccountToken", json::Object{{"expirationSeconds", token_seconds}, {"path", "token"}}}};
    json::Object ca_item{{"key", "ca.crt"}, {"path", "ca.crt"}};
    json::Object ca{
        {"configMap", json::Object{{"items", json::Array{std::move(ca_item)}}, {"name", "kube-root-ca.crt"}}}};
    json::Object ns_item{{"fieldRef", json::Object{{"apiVersion", "v1"}, {"fieldPath", "metadata.namespace"}}},
                         {"path", "namespace"}};
    json::Object ns{{"downwardAPI", json::Object{{"items", json::Array{std::move(ns_item)}}}}};
    json::Object projected{{"defaultMode", 420},
                           {"sources", json::Array{std::move(token), std::move(ca), std::move(ns)}}};
    return json::Object{{"name", name}, {"projected", std::move(projected)}};
}

bool mounts_token(const json::Value& container) {
    const json::Value* mounts = container.find("volumeMounts");
    if (mounts && mounts->is_array())
        for (const json::Value& m : mounts->as_array())
            if (m.text("mountPath") == mount_path) return true;
    return false;
}

// A volume for the token, and its mount in each container that has none of its own.
void mount_token(json::Value& spec, Random& random) {
    std::string name = "kube-api-access-" + random.name_suffix();
    bool needed = false;
    for (std::string_view list : {"initContainers", "containers"}) {
        json::Value* containers = spec.find(list);
        if (!containers || !containers->is_array()) continue;
        for (json::Value& container : containers->as_array()) {
            if (!container.is_object() || mounts_token(container)) continue;
            json::Value& mounts = container["volumeMounts"];
            if (!mounts.is_array()) mounts = json::Array{};
            mounts.as_array().push_back(json::Object{{"mountPath", mount_path}, {"name", name}, {"readOnly", true}});
            needed = true;
        }
    }
    if (!needed) return;
    json::Value& volumes = spec["volumes"];
    if (!volumes.is_array()) volumes = json::Array{};
    volumes.as_array().push_back(token_volume(name));
}

void mutate(Attempt& attempt) {
    if (!attempt.is("", "pods") || attempt.operation != Operation::create || !attempt.subresource.empty()) return;
    if (attempt.object->find_path({"metadata", "annotations", mirror_note})) return;
    json::Value& spec = (*attempt.object)["spec"];
    if (!spec.is_object()) return;
    if (spec.text("serviceAccountName").empty()) spec["serviceAccountName"] = "default";
    std::string name(spec.text("serviceAccountName"));
    spec["serviceAccount"] = name;
    RecordPtr record = attempt.server.store.collection("serviceaccounts").find(record_key(attempt.ns, name));
    if (!record)
        throw refused("", "pods", attempt.name,
                      fmt::format("error looking up service account {0}/{1}: serviceaccount \"{1}\" not found",
                                  attempt.ns, name));
    json::Value account = json::parse(record->json);
    if (const json::Value* secrets = account.find("imagePullSecrets"); secrets && !spec.find("imagePullSecrets"))
        spec["imagePullSecrets"] = *secrets;
    const json::Value* by_pod = spec.find("automountServiceAccountToken");
    bool wanted =
        by_pod && by_pod->is_bool() ? by_pod->as_bool() : !is_false(account.find("automountServiceAccountToken"));
    if (wanted) mount_token(spec, attempt.server.loop.random());
}

}  // namespace

Admission service_account() { return {.name = "ServiceAccount", .mutate = mutate}; }

}  // namespace mizzen::apiserver
