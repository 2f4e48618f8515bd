// SPDX-License-Identifier: Apache-2.0
// Implements scale.hpp: a Scale is made from the object, changed, and its replicas put back into the object.
#include "mizzen/apiserver/verbs/scale.hpp"

#include <fmt/format.h>

#include "mizzen/apiserver/catalog/simple_path.hpp"
#include "mizzen/apiserver/patch/patch.hpp"
#include "mizzen/apiserver/request/body.hpp"
#include "mizzen/apiserver/request/respond.hpp"
#include "mizzen/apiserver/table/table.hpp"
#include "mizzen/apiserver/verbs/preconditions.hpp"
#include "mizzen/apiserver/verbs/selector_text.hpp"
#include "mizzen/apiserver/verbs/writer.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

std::int64_t integer_at(const json::Value& object, std::string_view path) {
    const json::Value* value = value_at(object, path);
    return value && value->is_integer() ? value->as_integer() : 0;
}

std::string selector_of(const ServedResource& resource, const json::Value& object) {
    if (resource.custom) return selector_text(value_at(object, resource.custom->scale.label_selector));
    const json::Value* selector = object.find_path({"spec", "selector"});
    return selector ? label_selector_text(*selector) : "";
}

std::string_view replicas_path(const ServedResource& resource) {
    return resource.custom ? std::string_view(resource.custom->scale.spec_replicas) : ".spec.replicas";
}

json::Value scale_of(const ServedResource& resource, const json::Value& object) {
    json::Value scale = json::Object{{"apiVersion", "autoscaling/v1"}, {"kind", "Scale"}};
    json::Value& metadata = scale["metadata"];
    for (std::string_view key : {"creationTimestamp", "name", "namespace", "resourceVersion", "uid"})
        if (const json::Value* value = object.find_path({"metadata", key})) metadata[key] = *value;
    std::int64_t replicas = integer_at(object, replicas_path(resource));
    scale["spec"] = replicas == 0 ? json::Object{} : json::Object{{"replicas", replicas}};
    scale.at({"status", "replicas"}) = integer_at(
        object, resource.custom ? std::string_view(resource.custom->scale.status_replicas) : ".status.replicas");
    if (std::string selector = selector_of(resource, object); !selector.empty()) scale["status"]["selector"] = selector;
    return scale;
}

json::Value patched_scale(const Call& call, const json::Value& scale) {
    std::string type = media_type(call.header("content-type"));
    json::Value patch = decode_value(
        call.body, type == "application/apply-patch+yaml" ? "application/yaml" : "application/json", "Scale");
    if (type == "application/json-patch+json") return json_patch(scale, patch);
    if (type == "application/merge-patch+json" || type == "application/strategic-merge-patch+json" ||
        type == "application/apply-patch+yaml")
        return merge_patch(scale, patch);
    throw unsupported_media_type(type, {"application/json-patch+json", "application/merge-patch+json",
                                        "application/strategic-merge-patch+json", "application/apply-patch+yaml"});
}

void check_scale(const Call& call, const json::Value& scale) {
    match_name(call, scale);
    const json::Value* replicas = scale.find_path({"spec", "replicas"});
    if (!replicas || replicas->is_null()) return;
    if (!replicas->is_integer())
        throw bad_request("Scale in version \"v1\" cannot be handled as a Scale: spec.replicas must be an integer");
    if (replicas->as_integer() < 0)
        throw invalid("autoscaling", "Scale", call.info.name,
                      {invalid_value("spec.replicas", *replicas, "must be greater than or equal to 0")});
}

// The object with the replicas of `scale`, and its resourceVersion, so that an old one is refused.
json::Value with_replicas(const ServedResource& resource, json::Value object, const json::Value& scale) {
    set_at(object, replicas_path(resource), scale.integer({"spec", "replicas"}));
    const json::Value* version = scale.find_path({"metadata", "resourceVersion"});
    if (version && version->is_string()) object["metadata"]["resourceVersion"] = *version;
    if (const json::Value* uid = scale.find_path({"metadata", "uid"}); uid && uid->is_string())
        object["metadata"]["uid"] = *uid;
    return object;
}

net::Response scale_response(const Call& call, const json::Value& object) {
    return object_response(call, 200, json::to_json(scale_of(*call.resource, object)),
                           builtin_layout("autoscaling", "Scale"));
}

}  // namespace

Task<net::Response> run_scale(Call& call) {
    const ServedResource& resource = *call.resource;
    if (call.info.verb == "get") co_return scale_response(call, read_live(call).object);
    bool is_patch = call.info.verb == "patch";
    bool is_apply = is_patch && media_type(call.header("content-type")) == "application/apply-patch+yaml";
    WriteOptions options = parse_write_options(call, is_patch ? "PatchOptions" : "UpdateOptions", is_apply);
    json::Value sent;
    if (!is_patch)
        sent = decode_object(call.body, call.header("content-type"), {"autoscaling", "v1", "Scale", false}).object;
    for (;;) {
        Live live = read_live(call);
        json::Value scale = is_patch ? patched_scale(call, scale_of(resource, live.object)) : sent;
        check_scale(call, scale);
        json::Value object = with_replicas(resource, live.object, scale);
        check_uid(call, object, live);
        check_resource_version(call, object, live);
        if (std::optional<Written> written = co_await write_over(call, live, std::move(object), options))
            co_return scale_response(call, json::parse(written->json));
    }
}

}  // namespace mizzen::apiserver
