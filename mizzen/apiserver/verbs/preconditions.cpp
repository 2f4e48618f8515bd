// SPDX-License-Identifier: Apache-2.0
// Implements preconditions.hpp.
#include "mizzen/apiserver/verbs/preconditions.hpp"

#include <fmt/format.h>

#include "mizzen/apiserver/verbs/metadata.hpp"

namespace mizzen::apiserver {

void match_name(const Call& call, const json::Value& object) {
    std::string_view name = object.text({"metadata", "name"});
    if (!name.empty() && name != call.info.name)
        throw bad_request(
            fmt::format("the name of the object ({}) does not match the name on the URL ({})", name, call.info.name));
}

void check_uid(const Call& call, const json::Value& object, const Live& live) {
    std::string_view uid = object.text({"metadata", "uid"}), live_uid = live.object.text({"metadata", "uid"});
    if (!uid.empty() && uid != live_uid)
        throw call.conflict(
            fmt::format("Precondition failed: UID in precondition: {}, UID in object meta: {}", uid, live_uid));
}

void check_resource_version(const Call& call, const json::Value& object, const Live& live) {
    const ServedResource& resource = *call.resource;
    std::uint64_t revision = resource_version_of(object);
    if (revision == live.record->revision) return;
    if (revision != 0)
        throw call.conflict(
            "the object has been modified; please apply your changes to the latest version and try again");
    if (!resource.policy.unconditional_update)
        throw invalid(resource.group, resource.plural, call.info.name,
                      {invalid_value("metadata.resourceVersion", 0, "must be specified for an update")});
}

}  // namespace mizzen::apiserver
