// SPDX-License-Identifier: Apache-2.0
// The annotation of kubectl's client-side apply, which lets its server-side apply begin without conflicts.
#include "mizzen/apiserver/apply/tracking.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using json::Value;

constexpr std::string_view annotation = "kubectl.kubernetes.io/last-applied-configuration";
constexpr std::size_t most_annotation_bytes = 256 * 1024;  // all of them together

const Value* last_applied(const Value& object) {
    const Value* found = object.find_path({"metadata", "annotations", annotation});
    return found && found->is_string() && !found->as_string().empty() ? found : nullptr;
}

std::size_t size_of(const Value& annotations) {
    std::size_t bytes = 0;
    for (const auto& [key, value] : annotations.as_object())
        bytes += key.size() + (value.is_string() ? value.as_string().size() : 0);
    return bytes;
}

}  // namespace

FieldSet last_applied_fields(const Value& live, const kube::schema::Type& type, std::string_view api_version) {
    const Value* text = last_applied(live);
    if (!text) return {};
    Value config;
    try {
        config = json::parse(text->as_string());
    } catch (const Error&) {
        return {};
    }
    if (config.text("apiVersion") != api_version || !type_problems(config, type).empty()) return {};
    FieldSet fields = fields_of(config, type);
    Difference d = difference(config, live, type);
    fields.subtract(d.changed);
    fields.subtract(d.removed);
    return fields;
}

void update_last_applied(Value& object, const Value& config) {
    if (!last_applied(object)) return;
    Value kept = config;
    if (Value* annotations = kept.find_path({"metadata", "annotations"})) annotations->erase(annotation);
    Value& annotations = object.at({"metadata", "annotations"});
    annotations[annotation] = json::to_json(kept) + "\n";
    if (size_of(annotations) > most_annotation_bytes) annotations.erase(annotation);
}

}  // namespace mizzen::apiserver
