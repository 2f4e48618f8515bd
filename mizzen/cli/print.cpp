// SPDX-License-Identifier: Apache-2.0
// The verbs that only print: render, crd, version.
#include <cstdio>

#include "mizzen/cli/commands.hpp"
#include "mizzen/cli/input.hpp"
#include "mizzen/json/reference.hpp"
#include "mizzen/json/yaml.hpp"
#include "mizzen/kube/schema/type.hpp"
#include "mizzen/operator/operator.hpp"

namespace mizzen::cli {
namespace {

void put(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

}  // namespace

int render(const std::vector<std::string>& files) {
    const char* separator = "";
    auto print = [&](const json::Value& object) {
        put(separator);
        put(json::to_yaml(object));
        separator = "---\n";
    };
    for (const InputObject& input : read_input(files)) {
        if (!input.is_web_app()) {
            print(input.object);
            continue;
        }
        for (const json::Value& object : build(to_web_app(input))) print(object);
    }
    return 0;
}

int print_crd() {
    put(json::to_yaml(web_app_crd()));
    return 0;
}

int print_reference() {
    put("# WebApp (" + WebApp::kind.api_version() + ")\n\n");
    // A page has one title; reference() gives its heading the first level.
    put("#" + json::reference(json::type_of<WebAppSpec>(), "spec") + "\n");
    put("#" + json::reference(json::type_of<WebAppStatus>(), "status"));
    return 0;
}

int print_version() {
    put("mizzen " MIZZEN_VERSION " (Kubernetes " + std::string(kube::schema::release()) + ")\n");
    return 0;
}

}  // namespace mizzen::cli
