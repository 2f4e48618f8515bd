// SPDX-License-Identifier: Apache-2.0
// The ServiceAccount of an app.
#include "mizzen/operator/parts/parts.hpp"

namespace mizzen::parts {

kube::ServiceAccount service_account(const WebApp& app) {
    return {.automount_service_account_token = false, .metadata = child(app)};
}

}  // namespace mizzen::parts
