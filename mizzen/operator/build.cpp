// SPDX-License-Identifier: Apache-2.0
// The list of parts: what a WebApp becomes.
#include "mizzen/base/text.hpp"
#include "mizzen/operator/operator.hpp"
#include "mizzen/operator/parts/parts.hpp"

namespace mizzen {

std::vector<json::Value> build(const WebApp& app) {
    std::vector<json::Value> out;
    out.push_back(kube::to_object(parts::service_account(app)));                      // Always: an identity of its own.
    if (auto files = parts::config_map(app)) out.push_back(kube::to_object(*files));  // Only when there are files.
    out.push_back(kube::to_object(parts::deployment(app)));                           // Always.
    out.push_back(kube::to_object(parts::service(app)));                              // Always.
    return out;
}

std::string obstacle(const WebApp& app) {
    const std::string& name = app.metadata.name;
    // A Service's name is stricter than other names: it becomes a DNS label that starts with a letter.
    if (name.size() > 63)
        return "metadata.name is longer than 63 characters, and its Service could not have it; use a shorter name";
    if (name.empty() || name[0] < 'a' || name[0] > 'z' || name.find('.') != name.npos) {
        return "metadata.name must start with a letter and have no dots, since its Service has the same name; rename "
               "it";
    }
    return {};
}

}  // namespace mizzen
