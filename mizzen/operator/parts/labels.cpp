// SPDX-License-Identifier: Apache-2.0
// Labels and metadata that all objects of an app share.
#include "mizzen/operator/parts/parts.hpp"

namespace mizzen::parts {

std::map<std::string, std::string> selector(const WebApp& app) {
    return {{"app.kubernetes.io/name", app.metadata.name}, {"app.kubernetes.io/instance", app.metadata.name}};
}

std::map<std::string, std::string> labels(const WebApp& app) {
    std::map<std::string, std::string> all = app.metadata.labels;
    for (auto& [key, value] : selector(app)) all[key] = value;
    all["app.kubernetes.io/managed-by"] = "mizzen";
    return all;
}

kube::ObjectMeta child(const WebApp& app) {
    return {.labels = labels(app), .name = app.metadata.name, .namespace_ = app.metadata.namespace_};
}

}  // namespace mizzen::parts
