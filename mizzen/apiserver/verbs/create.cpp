// SPDX-License-Identifier: Apache-2.0
// create: POST of a new object.
#include "mizzen/apiserver/request/body.hpp"
#include "mizzen/apiserver/request/respond.hpp"
#include "mizzen/apiserver/verbs/metadata.hpp"
#include "mizzen/apiserver/verbs/validation.hpp"
#include "mizzen/apiserver/verbs/verbs.hpp"
#include "mizzen/apiserver/verbs/writer.hpp"

namespace mizzen::apiserver {
namespace {

void require_name(const Call& call, const json::Value& object) {
    if (!object.text({"metadata", "name"}).empty() || !object.text({"metadata", "generateName"}).empty()) return;
    throw call.invalid({required_value("metadata.name", "name or generateName is required")}, "");
}

}  // namespace

Task<net::Response> create_object(Call& call) {
    const ServedResource& resource = *call.resource;
    if (resource.custom && resource.custom->is_terminating)
        throw method_not_supported(resource.group, resource.plural,
                                   "create not allowed while custom resource definition is terminating: create");
    WriteOptions options = parse_write_options(call, "CreateOptions");
    Decoded decoded = decode_object(call.body, call.header("content-type"),
                                    {resource.group, resource.version, resource.kind, resource.custom != nullptr});
    conform_to(resource, decoded);
    report_complaints(call, options, decoded.complaints);
    require_name(call, decoded.object);
    apply_defaults_to(resource, decoded.object);
    Written written = co_await write_new(call, std::move(decoded.object), options);
    co_return object_response(call, 201, written.json);
}

}  // namespace mizzen::apiserver
