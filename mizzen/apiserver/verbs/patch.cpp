// SPDX-License-Identifier: Apache-2.0
// patch: JSON Patch, merge patch and strategic merge patch on what is stored now.
#include "mizzen/apiserver/patch/patch.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "mizzen/apiserver/request/body.hpp"
#include "mizzen/apiserver/request/respond.hpp"
#include "mizzen/apiserver/verbs/apply_patch.hpp"
#include "mizzen/apiserver/verbs/preconditions.hpp"
#include "mizzen/apiserver/verbs/validation.hpp"
#include "mizzen/apiserver/verbs/verbs.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

enum class PatchKind { json, merge, strategic, apply };

PatchKind kind_of(const Call& call) {
    std::string type = media_type(call.header("content-type"));
    if (type == "application/json-patch+json") return PatchKind::json;
    if (type == "application/merge-patch+json") return PatchKind::merge;
    if (type == "application/strategic-merge-patch+json" && !call.resource->custom) return PatchKind::strategic;
    if (type == "application/apply-patch+yaml") return PatchKind::apply;
    std::vector<std::string_view> accepted = {"application/json-patch+json", "application/merge-patch+json",
                                              "application/apply-patch+yaml"};
    if (!call.resource->custom) accepted.push_back("application/strategic-merge-patch+json");
    // The types of a patch are refused before anything knows what would be accepted.
    StatusError refused = unsupported_media_type(type, accepted);
    refused.message = "415: Unsupported Media Type";
    throw refused;
}

json::Value parse_patch(const Call& call, PatchKind kind, std::vector<std::string>& duplicates) {
    json::Value patch;
    try {
        patch = json::parse(call.body, &duplicates);
    } catch (const Error& e) {
        throw bad_request(fmt::format("error decoding patch: {}", e.what()));
    }
    if (kind != PatchKind::json && !patch.is_object())
        throw bad_request(fmt::format("error decoding patch: json: cannot unmarshal {} into an object",
                                      json::to_string(patch.kind())));
    return patch;
}

json::Value patched(const Call& call, PatchKind kind, const json::Value& live, const json::Value& patch) {
    if (kind == PatchKind::json) return json_patch(live, patch);
    if (kind == PatchKind::merge) return merge_patch(live, patch);
    return strategic_merge_patch(live, patch, *call.resource->type);
}

StatusError unfit(const json::Value& object, std::string_view why) {
    return invalid("", "", "", {invalid_value("patch", json::to_json(object), std::string(why))});
}

// What the patch made, held against the schema like a body; what is wrong with it is the patch's fault: 422.
json::Value conformed(Call& call, json::Value object, const WriteOptions& options,
                      std::vector<std::string> complaints) {
    const ServedResource& resource = *call.resource;
    if (object.text("kind") != resource.kind || object.text("apiVersion") != resource.api_version())
        throw unfit(object, "a patch cannot change apiVersion or kind");
    Decoded decoded{.object = object, .complaints = std::move(complaints)};
    try {
        conform_to(resource, decoded);
    } catch (const StatusError& e) {
        throw unfit(object, e.message);
    }
    if (options.field_validation == FieldValidation::strict && !decoded.complaints.empty())
        throw unfit(object, fmt::format("strict decoding error: {}", fmt::join(decoded.complaints, ", ")));
    call.warnings.clear();
    report_complaints(call, options, decoded.complaints);
    apply_defaults_to(resource, decoded.object);
    return std::move(decoded.object);
}

}  // namespace

Task<net::Response> patch_object(Call& call) {
    PatchKind kind = kind_of(call);
    WriteOptions options = parse_write_options(call, "PatchOptions", kind == PatchKind::apply);
    if (kind == PatchKind::apply) co_return co_await apply_object(call, options);
    std::vector<std::string> complaints;
    json::Value patch = parse_patch(call, kind, complaints);
    for (std::string& path : complaints) path = fmt::format("duplicate field \"{}\"", path);
    for (;;) {
        Live live = read_live(call);
        json::Value object = patched(call, kind, live.object, patch);
        object = conformed(call, std::move(object), options, complaints);
        match_name(call, object);
        check_resource_version(call, object, live);
        if (std::optional<Written> written = co_await write_over(call, live, std::move(object), options))
            co_return object_response(call, 200, written->json);
    }
}

}  // namespace mizzen::apiserver
