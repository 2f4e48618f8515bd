// SPDX-License-Identifier: Apache-2.0
// Implements token_request.hpp.
#include "mizzen/apiserver/verbs/token_request.hpp"

#include <fmt/format.h>

#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/request/body.hpp"
#include "mizzen/apiserver/request/respond.hpp"
#include "mizzen/apiserver/store/json_text.hpp"
#include "mizzen/apiserver/verbs/writer.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::int64_t default_seconds = 3600, least_seconds = 600, most_seconds = std::int64_t{1} << 32;

std::string uid_of(const Record& record) {
    std::optional<std::string_view> uid = member_text(record.json, {"metadata", "uid"});
    return uid ? json::parse(*uid).as_string() : "";
}

StatusError refuse(const Call& call, FieldError error) {
    return invalid("authentication.k8s.io", "TokenRequest", call.info.name, {std::move(error)});
}

std::int64_t seconds_of(const Call& call, const json::Value& request) {
    std::int64_t seconds = request.integer({"spec", "expirationSeconds"}, default_seconds);
    if (seconds < least_seconds)
        throw refuse(
            call, invalid_value("spec.expirationSeconds", seconds, "may not specify a duration less than 10 minutes"));
    if (seconds > most_seconds)
        throw refuse(call, invalid_value("spec.expirationSeconds", seconds,
                                         "may not specify a duration larger than 2^32 seconds"));
    return seconds;
}

// The object the token dies with; it must exist, and be what was asked for.
BoundObject bound_object(const Call& call, const json::Value& request) {
    const json::Value* reference = request.find_path({"spec", "boundObjectRef"});
    if (!reference || !reference->is_object()) return {};
    BoundObject bound{.kind = std::string(reference->text("kind")),
                      .name = std::string(reference->text("name")),
                      .uid = std::string(reference->text("uid"))};
    std::string plural = bound.kind == "Pod"      ? "pods"
                         : bound.kind == "Secret" ? "secrets"
                         : bound.kind == "Node"   ? "nodes"
                                                  : "";
    if (plural.empty()) throw bad_request(fmt::format("cannot bind token for serviceaccount to a {}", bound.kind));
    RecordPtr record =
        call.server.store.collection(plural).find(record_key(plural == "nodes" ? "" : call.info.ns, bound.name));
    if (!record) throw not_found("", plural, bound.name);
    std::string uid = uid_of(*record);
    if (!bound.uid.empty() && bound.uid != uid)
        throw conflict(
            "", plural, bound.name,
            fmt::format("the UID in the bound object reference ({}) does not match the UID in record", bound.uid));
    bound.uid = uid;
    return bound;
}

}  // namespace

Task<net::Response> request_token(Call& call) {
    WriteOptions options = parse_write_options(call, "CreateOptions");
    json::Value request =
        decode_object(call.body, call.header("content-type"), {"authentication.k8s.io", "v1", "TokenRequest", false})
            .object;
    RecordPtr account = call.resource->collection->find(call.key());
    if (!account) throw call.not_found();
    TokenWish wish{.ns = call.info.ns, .account = call.info.name, .account_uid = uid_of(*account), .audiences = {}};
    wish.seconds = seconds_of(call, request);
    wish.bound = bound_object(call, request);
    if (const json::Value* audiences = request.find_path({"spec", "audiences"}); audiences && audiences->is_array())
        for (const json::Value& a : audiences->as_array())
            if (a.is_string()) wish.audiences.push_back(a.as_string());

    WallTime now = call.now();
    request["spec"]["expirationSeconds"] = wish.seconds;
    if (wish.audiences.empty()) request["spec"]["audiences"] = json::Array{call.server.tokens.issuer()};
    request["metadata"] =
        json::Object{{"creationTimestamp", to_rfc3339(now)}, {"name", call.info.name}, {"namespace", call.info.ns}};
    request["status"] =
        json::Object{{"expirationTimestamp", to_rfc3339(now + std::chrono::seconds(wish.seconds))},
                     {"token", options.dry_run ? "" : call.server.tokens.make(wish, now, call.server.loop.random())}};
    co_return document_response(call, 201, request);
}

}  // namespace mizzen::apiserver
