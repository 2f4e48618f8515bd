// SPDX-License-Identifier: Apache-2.0
// The CustomResourceDefinition of a C++ struct: schema, limits, defaults, rules and columns come from the struct's
// field() notes. Source: Kubernetes documentation "Extend the Kubernetes API with CustomResourceDefinitions".
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/json/openapi.hpp"
#include "mizzen/json/type_info.hpp"
#include "mizzen/json/value.hpp"
#include "mizzen/kube/schema/kind.hpp"

namespace mizzen::kube {

// What a definition says besides the kind's own name and schema.
struct CrdOptions {
    std::string singular;                      // the kind in lower case when empty
    std::vector<std::string> short_names;      // "wa"
    std::vector<std::string> categories;       // "all" makes `kubectl get all` show it
    std::vector<json::PrinterColumn> columns;  // what `kubectl get` shows besides the name
    bool status = true;                        // a /status subresource
    std::string spec_replicas_path;            // ".spec.replicas" gives a /scale subresource
    std::string status_replicas_path;          // ".status.availableReplicas"
    std::string label_selector_path;           // ".status.selector", for autoscalers
};

// `type` is the struct of the whole object: its members but metadata are published.
json::Value custom_resource_definition(const Kind& kind, const json::TypeInfo& type, const CrdOptions& options);

template <class K>
json::Value custom_resource_definition(const CrdOptions& options) {
    return custom_resource_definition(K::kind, json::type_of<K>(), options);
}

}  // namespace mizzen::kube
