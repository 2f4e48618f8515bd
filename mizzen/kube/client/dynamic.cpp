// SPDX-License-Identifier: Apache-2.0
// Dynamic objects and their kinds.
#include "mizzen/kube/client/dynamic.hpp"

#include "mizzen/base/error.hpp"
#include "mizzen/json/codec.hpp"

namespace mizzen::kube {

DynamicKind::DynamicKind(std::string in_group, std::string at_version, std::string of_kind, std::string in_plural,
                         bool in_namespace)
    : group(std::move(in_group)),
      version(std::move(at_version)),
      kind(std::move(of_kind)),
      plural(std::move(in_plural)),
      namespaced(in_namespace) {}

DynamicKind::DynamicKind(const Kind& known)
    : group(known.group),
      version(known.version),
      kind(known.kind),
      plural(known.plural),
      namespaced(known.namespaced) {}

std::string DynamicKind::api_version() const { return group.empty() ? version : group + "/" + version; }

std::string DynamicKind::resource_name() const { return group.empty() ? plural : plural + "." + group; }

Dynamic Dynamic::from(json::Value object) {
    if (!object.is_object())
        throw Error(ErrorKind::invalid, "expected an object, got a " + std::string(to_string(object.kind())));
    Dynamic out{.api_version = std::string(object.text("apiVersion")),
                .kind = std::string(object.text("kind")),
                .metadata = {},
                .content = {}};
    if (const json::Value* metadata = object.find("metadata")) {
        with_context("in metadata", [&] { json::decode(*metadata, json::type_of<ObjectMeta>(), &out.metadata); });
    }
    for (auto key : {"apiVersion", "kind", "metadata"}) object.erase(key);
    out.content = std::move(object);
    return out;
}

json::Value Dynamic::to_value() const {
    json::Value object = content.is_null() ? json::Value(json::Object{}) : content;
    object["apiVersion"] = api_version;
    object["kind"] = kind;
    object["metadata"] = json::to_value(metadata);
    return object;
}

std::string describe(std::string_view kind, const ObjectMeta& metadata) {
    std::string out(kind);
    out += ' ';
    if (!metadata.namespace_.empty()) out += metadata.namespace_ + "/";
    return out + metadata.name;
}

}  // namespace mizzen::kube
