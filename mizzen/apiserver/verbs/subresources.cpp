// SPDX-License-Identifier: Apache-2.0
// Implements subresources.hpp.
#include "mizzen/apiserver/verbs/subresources.hpp"

#include "mizzen/apiserver/auth/reviews.hpp"
#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/request/body.hpp"
#include "mizzen/apiserver/request/refusals.hpp"
#include "mizzen/apiserver/request/respond.hpp"
#include "mizzen/apiserver/verbs/binding.hpp"
#include "mizzen/apiserver/verbs/eviction.hpp"
#include "mizzen/apiserver/verbs/scale.hpp"
#include "mizzen/apiserver/verbs/token_request.hpp"
#include "mizzen/apiserver/verbs/verbs.hpp"
#include "mizzen/apiserver/verbs/write_options.hpp"

namespace mizzen::apiserver {
namespace {

bool shows_the_object(std::string_view subresource) {
    return subresource == "status" || subresource == "finalize" || subresource == "approval" ||
           subresource == "ephemeralcontainers" || subresource == "resize";
}

Task<net::Response> create_review(Call& call) {
    const ServedResource& resource = *call.resource;
    WriteOptions options = parse_write_options(call, "CreateOptions");
    Decoded decoded =
        decode_object(call.body, call.header("content-type"), {resource.group, resource.version, resource.kind, false});
    conform_to(resource, decoded);
    report_complaints(call, options, decoded.complaints);
    std::optional<json::Value> answer = answer_review(call, std::move(decoded.object));
    if (!answer) throw not_implemented(resource.plural);
    co_return document_response(call, 201, *answer);
}

// The statuses of components that are no longer told this way.
json::Value no_components(const ServedResource& resource) {
    return json::Object{
        {"apiVersion", "v1"}, {"items", json::Array{}}, {"kind", resource.list_kind}, {"metadata", json::Object{}}};
}

}  // namespace

Task<net::Response> run_subresource(Call& call) {
    std::string_view name = call.info.subresource, verb = call.info.verb;
    if (shows_the_object(name)) {
        if (verb == "get") co_return co_await get_object(call);
        if (verb == "update") co_return co_await update_object(call);
        if (verb == "patch") co_return co_await patch_object(call);
    }
    if (name == "scale") co_return co_await run_scale(call);
    if (name == "binding") co_return co_await bind_pod(call);
    if (name == "eviction") co_return co_await evict_pod(call);
    if (name == "token") co_return co_await request_token(call);
    throw not_implemented(call.info.resource + "/" + call.info.subresource);
}

Task<net::Response> run_virtual(Call& call) {
    if (call.info.resource == "bindings") co_return co_await bind_pod(call);
    if (call.info.resource == "componentstatuses") {
        if (call.info.verb == "get") throw call.not_found();
        co_return document_response(call, 200, no_components(*call.resource));
    }
    co_return co_await create_review(call);
}

}  // namespace mizzen::apiserver
