// SPDX-License-Identifier: Apache-2.0
// The operator: keeps every WebApp as its spec says, on any Kubernetes.
#pragma once
#include <optional>
#include <vector>

#include "mizzen/base/time.hpp"
#include "mizzen/json/value.hpp"
#include "mizzen/kube/runtime/controller.hpp"
#include "mizzen/kube/runtime/manager.hpp"
#include "mizzen/kube/schema/kinds/apps.hpp"
#include "mizzen/operator/web_app.hpp"

namespace mizzen {

// All objects that a WebApp becomes, in the order in which they are applied. Pure: `mizzen render` prints it.
std::vector<json::Value> build(const WebApp& app);

// What is known of the cluster when the status is decided.
struct Facts {
    const kube::Deployment* deployment = nullptr;  // nullptr while there is none
};
// How the app stands: an outcome for the conditions, and phase and counts in `status`. Pure.
kube::Outcome assess(const WebApp& app, const Facts& facts, WebAppStatus& status);
// Why the app cannot be built as it is written; "" if it can.
std::string obstacle(const WebApp& app);

// The reconciler with what it owns. Deleting a WebApp ends its pods before its record goes (finalizer), unless its
// objects were to be orphaned.
kube::Controller<WebApp> web_app_controller();

// The CustomResourceDefinition of WebApp: `mizzen crd` prints it, `mizzen up` and `mizzen operator` apply it.
json::Value web_app_crd();
// Applies the definition and waits until it is served. Throws ApiError, or Error(retry) after 30 seconds.
Task<> install_crd(kube::Client& client);

}  // namespace mizzen
