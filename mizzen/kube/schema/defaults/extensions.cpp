// SPDX-License-Identifier: Apache-2.0
// Defaults of custom resource definitions, API services and device requests.
#include "mizzen/kube/schema/defaults/rules.hpp"

namespace mizzen::kube::schema::defaults {
namespace {

using json::Value;

std::string to_lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

void default_definition(Value& definition) {
    if (!is_empty(definition.find_path({"status", "storedVersions"}))) return;
    const Value* versions = definition.find_path({"spec", "versions"});
    if (!versions || !versions->is_array()) return;
    for (const Value& version : versions->as_array()) {
        const Value* storage = version.find("storage");
        if (!storage || *storage != Value(true)) continue;
        const std::string name(version.text("name"));
        if (Value* status = object_at(definition, "status")) (*status)["storedVersions"] = json::Array{name};
        return;
    }
}

void default_names(Value& names) {
    const std::string kind(names.text("kind"));
    if (kind.empty()) return;
    fill(names, "singular", to_lower(kind));
    fill(names, "listKind", kind + "List");
}

// One device, unless it says otherwise.
void default_device_request(Value& request) {
    fill(request, "allocationMode", "ExactCount");
    if (request.text("allocationMode") == "ExactCount" && request.integer({"count"}) == 0) request["count"] = 1;
}

constexpr Constant definition_spec[] = {{"conversion", R"({"strategy":"None"})"}};
constexpr Constant service_reference[] = {{"port", "443"}};

constexpr TypeDefaults table[] = {
    {&tables::apiextensions_v1_CustomResourceDefinition, {}, default_definition},
    {&tables::apiextensions_v1_CustomResourceDefinitionSpec, definition_spec},
    {&tables::apiextensions_v1_CustomResourceDefinitionNames, {}, default_names},
    {&tables::apiextensions_v1_ServiceReference, service_reference},
    {&tables::apiregistration_v1_ServiceReference, service_reference},
    {&tables::resource_v1_ExactDeviceRequest, {}, default_device_request},
    {&tables::resource_v1_DeviceSubRequest, {}, default_device_request},
};

}  // namespace

std::span<const TypeDefaults> extensions() { return table; }

}  // namespace mizzen::kube::schema::defaults
