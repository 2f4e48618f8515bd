// SPDX-License-Identifier: Apache-2.0
// update: PUT of a whole object, or of the part that a subresource shows.
#include <fmt/format.h>

#include "mizzen/apiserver/request/body.hpp"
#include "mizzen/apiserver/request/respond.hpp"
#include "mizzen/apiserver/verbs/preconditions.hpp"
#include "mizzen/apiserver/verbs/validation.hpp"
#include "mizzen/apiserver/verbs/verbs.hpp"
#include "mizzen/apiserver/verbs/writer.hpp"

namespace mizzen::apiserver {
namespace {

void require_name(const Call& call, const json::Value& object) {
    if (object.text({"metadata", "name"}).empty())
        throw bad_request(fmt::format(
            "the name of the object ({} based on URL) was undeterminable: name must be provided", call.info.name));
    match_name(call, object);
}

Task<Written> create_by_update(Call& call, json::Value object, const WriteOptions& options) {
    if (!call.resource->policy.create_on_update || !call.info.subresource.empty()) throw call.not_found();
    if (std::string_view uid = object.text({"metadata", "uid"}); !uid.empty())
        throw call.conflict(fmt::format("Precondition failed: UID in precondition: {}, UID in object meta: ", uid));
    object["metadata"].erase("resourceVersion");
    co_return co_await write_new(call, std::move(object), options);
}

}  // namespace

Task<net::Response> update_object(Call& call) {
    const ServedResource& resource = *call.resource;
    WriteOptions options = parse_write_options(call, "UpdateOptions");
    Decoded decoded = decode_object(call.body, call.header("content-type"),
                                    {resource.group, resource.version, resource.kind, resource.custom != nullptr});
    conform_to(resource, decoded);
    report_complaints(call, options, decoded.complaints);
    require_name(call, decoded.object);
    apply_defaults_to(resource, decoded.object);
    for (;;) {
        std::optional<Live> live = find_live(call);
        if (!live) {
            Written written = co_await create_by_update(call, std::move(decoded.object), options);
            co_return object_response(call, 201, written.json);
        }
        check_uid(call, decoded.object, *live);
        check_resource_version(call, decoded.object, *live);
        if (std::optional<Written> written = co_await write_over(call, *live, decoded.object, options))
            co_return object_response(call, 200, written->json);
    }
}

}  // namespace mizzen::apiserver
