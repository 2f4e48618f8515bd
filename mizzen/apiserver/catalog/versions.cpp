// SPDX-License-Identifier: Apache-2.0
// Implements versions.hpp.
#include "mizzen/apiserver/catalog/versions.hpp"

#include <fmt/format.h>

#include "mizzen/apiserver/catalog/conversion.hpp"
#include "mizzen/apiserver/request/request_info.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

bool is_current(const ServedResource& resource, const Record& record) {
    if (resource.custom)
        return record.schema == resource.custom->generation && resource.version == resource.storage_version;
    return !needs_conversion(resource);
}

void need_no_webhook(const ServedResource& resource, std::string_view from, std::string_view to) {
    if (resource.custom->converts_by_webhook && from != to)
        throw internal_error(
            fmt::format("{} would have to be converted from {} to {} by a webhook, which this server does not call",
                        resource.kind, from, to));
}

}  // namespace

json::Value read_record(const ServedResource& resource, const Record& record) {
    json::Value object = json::parse(record.json);
    if (is_current(resource, record)) return object;
    if (!resource.custom) return convert_from_stored(resource, std::move(object));
    need_no_webhook(resource, object.text("apiVersion"), resource.api_version());
    object["apiVersion"] = resource.api_version();
    object["kind"] = resource.kind;
    resource.custom->schema->prune(object);
    resource.custom->schema->apply_defaults(object);
    return object;
}

Bytes record_bytes(const ServedResource& resource, const Record& record) {
    if (is_current(resource, record)) return record.json;
    return json::to_json(read_record(resource, record));
}

json::Value to_stored(const ServedResource& resource, json::Value object) {
    if (resource.custom) {
        std::string stored = join_api_version(resource.group, resource.storage_version);
        need_no_webhook(resource, resource.api_version(), stored);
        object["apiVersion"] = std::move(stored);
        return object;
    }
    return needs_conversion(resource) ? convert_to_stored(resource, std::move(object)) : std::move(object);
}

}  // namespace mizzen::apiserver
