// SPDX-License-Identifier: Apache-2.0
// Implements apply_patch.hpp.
#include "mizzen/apiserver/verbs/apply_patch.hpp"

#include <fmt/format.h>

#include "mizzen/apiserver/apply/apply.hpp"
#include "mizzen/apiserver/request/respond.hpp"
#include "mizzen/apiserver/verbs/preconditions.hpp"
#include "mizzen/apiserver/verbs/validation.hpp"
#include "mizzen/apiserver/verbs/writer.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/json/yaml.hpp"

namespace mizzen::apiserver {
namespace {

json::Value parse_config(const Call& call) {
    json::Value config;
    try {
        std::size_t first = call.body.find_first_not_of(" \t\r\n");
        if (first != std::string::npos && call.body[first] == '{') {
            config = json::parse(call.body);
        } else if (std::vector<json::YamlDocument> documents = json::parse_yaml(call.body, "yaml");
                   !documents.empty()) {
            config = std::move(documents.front().value);
        }
    } catch (const Error& e) {
        throw bad_request(fmt::format("error decoding patch: {}", e.what()));
    }
    if (!config.is_object()) throw bad_request("error decoding patch: the configuration is no object");
    std::string_view api_version = config.text("apiVersion"), kind = config.text("kind");
    if (api_version != call.resource->api_version() || kind != call.resource->kind)
        throw bad_request(fmt::format("invalid object type: {}{}, Kind={}",
                                      api_version.find('/') == std::string_view::npos ? "/" : "", api_version, kind));
    return config;
}

json::Value merged(const Call& call, const json::Value& live, const json::Value& config, const WriteOptions& options) {
    const ServedResource& resource = *call.resource;
    ApplyOutcome outcome = server_side_apply(live, config, *resource.type, manager_of(call, options), options.force);
    if (!outcome.conflicts.empty()) throw apply_conflict(outcome.conflicts);
    apply_defaults_to(resource, outcome.object);
    return std::move(outcome.object);
}

void check_absent(const Call& call, const json::Value& config) {
    if (!call.info.subresource.empty()) throw call.not_found();
    if (std::string_view uid = config.text({"metadata", "uid"}); !uid.empty())
        throw call.conflict(
            fmt::format("uid mismatch: the provided object specified uid {}, and no existing object was found", uid));
}

}  // namespace

Task<net::Response> apply_object(Call& call, const WriteOptions& options) {
    json::Value config = parse_config(call);
    match_name(call, config);
    config.at({"metadata", "name"}) = call.info.name;
    if (call.resource->namespaced) config.at({"metadata", "namespace"}) = call.info.ns;
    for (;;) {
        std::optional<Live> live = find_live(call);
        if (!live) {
            check_absent(call, config);
            json::Value object = merged(call, {}, config, options);
            Written written = co_await write_new(call, std::move(object), options, true);
            co_return object_response(call, 201, written.json);
        }
        json::Value object = merged(call, live->object, config, options);
        check_resource_version(call, object, *live);
        if (std::optional<Written> written = co_await write_over(call, *live, std::move(object), options, true))
            co_return object_response(call, 200, written->json);
    }
}

}  // namespace mizzen::apiserver
