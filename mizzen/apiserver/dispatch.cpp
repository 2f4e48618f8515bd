// SPDX-License-Identifier: Apache-2.0
// Implements dispatch.hpp.
#include "mizzen/apiserver/dispatch.hpp"

#include <algorithm>

#include "mizzen/apiserver/discovery/discovery.hpp"
#include "mizzen/apiserver/discovery/health.hpp"
#include "mizzen/apiserver/discovery/openapi.hpp"
#include "mizzen/apiserver/discovery/openapi_v2.hpp"
#include "mizzen/apiserver/discovery/openid.hpp"
#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/request/body.hpp"
#include "mizzen/apiserver/request/deprecation.hpp"
#include "mizzen/apiserver/request/refusals.hpp"
#include "mizzen/apiserver/verbs/subresources.hpp"
#include "mizzen/apiserver/verbs/verbs.hpp"
#include "mizzen/telemetry/http/metrics_handler.hpp"

namespace mizzen::apiserver {
namespace {

void authorize(const Call& call) {
    if (call.server.access.allows(call.user, action_of(call.info))) return;
    const RequestInfo& info = call.info;
    if (!info.is_resource) throw path_denied(call.user.name, info.verb, info.path, "");
    throw access_denied(call.user.name, info.verb, info.group, info.resource, info.subresource, info.name, info.ns, "");
}

bool takes_body(std::string_view verb) {
    return verb == "create" || verb == "update" || verb == "patch" || verb == "delete" || verb == "deletecollection";
}

Offers offers_of(const Call& call) {
    bool stored = call.resource->collection != nullptr;
    return {
        .table = stored, .metadata = stored, .list = call.info.verb == "list", .streaming = call.info.verb == "watch"};
}

void find_resource(Call& call) {
    call.resource = call.server.catalog.find(call.info.group, call.info.version, call.info.resource);
    if (!call.resource) throw page_not_found();
    if (std::string warning = deprecation_of(*call.resource); !warning.empty())
        call.warnings.push_back(std::move(warning));
    if (!call.resource->namespaced && !call.info.ns.empty() && call.info.resource != "namespaces")
        throw page_not_found();
    if (call.info.subresource.empty()) return;
    call.subresource = call.resource->find_subresource(call.info.subresource);
    if (!call.subresource) throw page_not_found();
}

// Named verbs need a name, and the collection's verbs none; objects of a namespace are not written without naming it.
void check_method(const Call& call) {
    const RequestInfo& info = call.info;
    bool named = !info.name.empty();
    if (call.subresource) {
        if (std::find(call.subresource->verbs.begin(), call.subresource->verbs.end(), info.verb) ==
            call.subresource->verbs.end())
            throw method_not_allowed();
        return;
    }
    bool of_one = info.verb == "get" || info.verb == "update" || info.verb == "patch" || info.verb == "delete";
    if (!call.resource->has_verb(info.verb) || (of_one && !named) || (info.verb == "create" && named))
        throw method_not_allowed();
    bool writes = info.verb != "get" && info.verb != "list" && info.verb != "watch";
    if (writes && call.resource->namespaced && info.ns.empty()) throw method_not_allowed();
}

Task<net::Response> run_verb(Call& call) {
    std::string_view verb = call.info.verb;
    if (call.subresource) co_return co_await run_subresource(call);
    if (!call.resource->collection) co_return co_await run_virtual(call);
    if (verb == "get") co_return co_await get_object(call);
    if (verb == "list") co_return co_await list_objects(call);
    if (verb == "watch") co_return co_await watch_objects(call);
    if (verb == "create") co_return co_await create_object(call);
    if (verb == "update") co_return co_await update_object(call);
    if (verb == "patch") co_return co_await patch_object(call);
    if (verb == "delete") co_return co_await delete_object(call);
    if (verb == "deletecollection") co_return co_await delete_collection(call);
    throw method_not_allowed();
}

Task<net::Response> answer_path(Call& call) {
    if (call.info.path == "/metrics" && call.server.options.telemetry.registry) {
        telemetry::MetricsHandler page(call.server.loop, *call.server.options.telemetry.registry);
        co_return co_await page.handle(std::move(call.request));
    }
    if (auto answer = answer_health(call)) co_return std::move(*answer);
    if (auto answer = answer_version(call)) co_return std::move(*answer);
    if (auto answer = answer_discovery(call)) co_return std::move(*answer);
    if (auto answer = answer_openapi(call)) co_return std::move(*answer);
    if (auto answer = answer_openapi_v2(call)) co_return std::move(*answer);
    if (auto answer = answer_openid(call)) co_return std::move(*answer);
    throw page_not_found();
}

}  // namespace

Task<net::Response> dispatch(Call& call) {
    authorize(call);
    if (!call.info.is_resource) {
        co_return co_await answer_path(call);
    }
    find_resource(call);
    check_method(call);
    call.accepted = negotiate(call.header("accept"), offers_of(call));
    if (takes_body(call.info.verb))
        call.body = co_await read_body(call.request.body, call.server.options.max_body_bytes);
    co_return co_await run_verb(call);
}

}  // namespace mizzen::apiserver
