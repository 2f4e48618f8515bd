// SPDX-License-Identifier: Apache-2.0
// The Service of an app.
#include "mizzen/operator/parts/parts.hpp"

namespace mizzen::parts {

kube::Service service(const WebApp& app) {
    kube::Service out{.metadata = child(app)};
    out.spec.selector = selector(app);
    out.spec.ports = {{.app_protocol = "http",
                       .name = "http",
                       .port = 80,
                       .protocol = "TCP",
                       .target_port = kube::IntOrString("http")}};
    return out;
}

}  // namespace mizzen::parts
