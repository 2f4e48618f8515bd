// SPDX-License-Identifier: Apache-2.0
// Builds a CustomResourceDefinition of apiextensions.k8s.io/v1.
#include "mizzen/kube/client/crd.hpp"

#include <algorithm>

namespace mizzen::kube {
namespace {

json::Array strings(const std::vector<std::string>& texts) { return json::Array(texts.begin(), texts.end()); }

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    return out;
}

json::Array columns(const std::vector<json::PrinterColumn>& wanted) {
    json::Array out;
    for (const json::PrinterColumn& c : wanted) {
        json::Object column{{"name", c.name}, {"type", c.type}, {"jsonPath", c.json_path}};
        if (c.priority != 0) column.set("priority", c.priority);
        out.emplace_back(std::move(column));
    }
    return out;
}

// The server adds apiVersion, kind and metadata by itself; a published schema of metadata is not allowed beyond its
// type.
json::Value schema(const json::TypeInfo& type) {
    json::Value out = json::openapi_schema(type);
    json::Value& properties = out["properties"];
    properties["metadata"] = json::Object{{"type", "object"}};
    properties["apiVersion"] = json::Object{{"type", "string"}};
    properties["kind"] = json::Object{{"type", "string"}};
    return out;
}

json::Object subresources(const CrdOptions& options) {
    json::Object out;
    if (options.status) out.set("status", json::Object{});
    if (!options.spec_replicas_path.empty()) {
        json::Object scale{{"specReplicasPath", options.spec_replicas_path},
                           {"statusReplicasPath", options.status_replicas_path}};
        if (!options.label_selector_path.empty()) scale.set("labelSelectorPath", options.label_selector_path);
        out.set("scale", std::move(scale));
    }
    return out;
}

}  // namespace

json::Value custom_resource_definition(const Kind& kind, const json::TypeInfo& type, const CrdOptions& options) {
    json::Object names{{"kind", kind.kind},
                       {"listKind", std::string(kind.kind) + "List"},
                       {"plural", kind.plural},
                       {"singular", options.singular.empty() ? lower(kind.kind) : options.singular}};
    if (!options.short_names.empty()) names.set("shortNames", strings(options.short_names));
    if (!options.categories.empty()) names.set("categories", strings(options.categories));

    json::Object version{{"name", kind.version},
                         {"served", true},
                         {"storage", true},
                         {"schema", json::Object{{"openAPIV3Schema", schema(type)}}}};
    if (!options.columns.empty()) version.set("additionalPrinterColumns", columns(options.columns));
    if (json::Object sub = subresources(options); !sub.empty()) version.set("subresources", std::move(sub));

    return json::Object{{"apiVersion", "apiextensions.k8s.io/v1"},
                        {"kind", "CustomResourceDefinition"},
                        {"metadata", json::Object{{"name", std::string(kind.plural) + "." + std::string(kind.group)}}},
                        {"spec", json::Object{{"group", kind.group},
                                              {"names", std::move(names)},
                                              {"scope", kind.namespaced ? "Namespaced" : "Cluster"},
                                              {"versions", json::Array{json::Value(std::move(version))}}}}};
}

}  // namespace mizzen::kube
