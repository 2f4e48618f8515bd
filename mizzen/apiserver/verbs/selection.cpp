// SPDX-License-Identifier: Apache-2.0
// Implements selection.hpp.
#include "mizzen/apiserver/verbs/selection.hpp"

namespace mizzen::apiserver {
namespace {

// events.k8s.io renamed a field that events are selected by.
std::string stored_field(const ServedResource& resource, std::string_view field) {
    constexpr std::string_view shown = "regarding.";
    if (resource.group == "events.k8s.io" && field.starts_with(shown))
        return "involvedObject." + std::string(field.substr(shown.size()));
    if (resource.group == "events.k8s.io" && field == "reportingController") return "reportingComponent";
    return std::string(field);
}

}  // namespace

Selection Selection::of(const Call& call) {
    Selection s;
    s.resource_ = call.resource;
    const ServedResource& resource = *call.resource;
    if (resource.namespaced && !call.info.ns.empty()) s.prefix_ = call.info.ns + "/";
    s.labels_ = LabelSelector::parse(call.query.text("labelSelector"));
    const FieldIndex& index = resource.collection->index();
    auto is_supported = [&](std::string_view field) {
        return field == "metadata.name" || (resource.namespaced && field == "metadata.namespace") ||
               index.find(stored_field(resource, field)) >= 0;
    };
    s.fields_ = FieldSelector::parse(call.query.text("fieldSelector"), is_supported, index.names.empty());
    std::optional<std::string_view> name = s.fields_.exact("metadata.name");
    // A path of the form …/watch/pods/name names one object too.
    if (!name && call.info.verb == "watch" && !call.info.name.empty()) name = call.info.name;
    if (name && (!resource.namespaced || !call.info.ns.empty()))
        s.only_ = record_key(resource.namespaced ? call.info.ns : "", *name);
    return s;
}

bool Selection::matches(const Record& record) const {
    if (only_ ? record.key != *only_ : !record.key.starts_with(prefix_)) return false;
    if (!labels_.empty() && !labels_.matches(record.labels.is_null() ? nullptr : &record.labels)) return false;
    if (fields_.empty()) return true;
    return fields_.matches([&](std::string_view field) -> std::string {
        if (field == "metadata.name") return std::string(record.name());
        if (field == "metadata.namespace") return std::string(record.ns());
        int at = resource_->collection->index().find(stored_field(*resource_, field));
        return at >= 0 && static_cast<std::size_t>(at) < record.fields.size()
                   ? record.fields[static_cast<std::size_t>(at)]
                   : "";
    });
}

}  // namespace mizzen::apiserver
