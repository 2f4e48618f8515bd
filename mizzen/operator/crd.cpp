// SPDX-License-Identifier: Apache-2.0
// The definition of WebApp, and its installation.
#include "mizzen/kube/client/crd.hpp"
#include "mizzen/async/delay.hpp"
#include "mizzen/kube/client/api.hpp"
#include "mizzen/kube/schema/kinds/apiextensions.hpp"
#include "mizzen/operator/operator.hpp"

namespace mizzen {
namespace {

bool is_established(const kube::Dynamic& definition) {
    const json::Value* conditions = definition.content.find_path({"status", "conditions"});
    if (!conditions || !conditions->is_array()) return false;
    for (const json::Value& c : conditions->as_array()) {
        if (c.text("type") == "Established" && c.text("status") == "True") return true;
    }
    return false;
}

// A definition is Established a moment before every server serves it; the list says for sure.
Task<bool> is_served(kube::Client& client) {
    try {
        co_await kube::Api<WebApp>(client, kube::all_namespaces).page({.limit = 1});
    } catch (const kube::ApiError& e) {
        if (!e.is_not_found()) throw;
        co_return false;
    }
    co_return true;
}

}  // namespace

json::Value web_app_crd() {
    return kube::custom_resource_definition<WebApp>({
        .short_names = {"wa"},
        .categories = {"all"},
        .columns = {{.name = "Image", .type = "string", .json_path = ".spec.image"},
                    {.name = "Replicas", .type = "integer", .json_path = ".spec.replicas"},
                    {.name = "Phase", .type = "string", .json_path = ".status.phase"},
                    {.name = "Age", .type = "date", .json_path = ".metadata.creationTimestamp"}},
        .spec_replicas_path = ".spec.replicas",
        .status_replicas_path = ".status.availableReplicas",
    });
}

Task<> install_crd(kube::Client& client) {
    const json::Value wanted = web_app_crd();
    kube::Api<kube::Dynamic> definitions(client, kube::DynamicKind(kube::CustomResourceDefinition::kind));
    kube::Dynamic definition = co_await definitions.apply(wanted, {.force = true});
    const Time deadline = client.loop().after(std::chrono::seconds(30));
    while (!is_established(definition) || !co_await is_served(client)) {
        if (client.loop().now() > deadline) {
            throw Error(ErrorKind::retry,
                        "the definition webapps.mizzen.dev is not served after 30 s; see `kubectl describe crd "
                        "webapps.mizzen.dev`");
        }
        co_await delay(std::chrono::milliseconds(50));
        definition = co_await definitions.get(std::string(wanted.text({"metadata", "name"})));
    }
}

}  // namespace mizzen
