// SPDX-License-Identifier: Apache-2.0
// The ConfigMap of an app, and the hash that rolls its pods.
#include "mizzen/base/digest.hpp"
#include "mizzen/operator/parts/parts.hpp"

namespace mizzen::parts {

std::optional<kube::ConfigMap> config_map(const WebApp& app) {
    if (!app.spec.config || app.spec.config->files.empty()) return std::nullopt;
    return kube::ConfigMap{.data = app.spec.config->files, .metadata = child(app)};
}

std::string config_hash(const WebApp& app) {
    if (!app.spec.config || app.spec.config->files.empty()) return "";
    // Lengths keep {"a": "bc"} and {"ab": "c"} apart.
    std::string text;
    for (auto& [name, content] : app.spec.config->files) {
        text += std::to_string(name.size()) + ":" + name + std::to_string(content.size()) + ":" + content;
    }
    return sha256_hex(text).substr(0, 16);
}

}  // namespace mizzen::parts
