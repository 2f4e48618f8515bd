// SPDX-License-Identifier: Apache-2.0
// The document, made from the schemas of version 3.
#include "mizzen/apiserver/discovery/openapi_v2.hpp"

#include "mizzen/apiserver/discovery/openapi.hpp"
#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/request/respond.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view new_prefix = "#/components/schemas/", old_prefix = "#/definitions/";

// Clients ask for this or for its older name, spec.v2@v1.0, which no parser of media types takes for one.
constexpr std::string_view protobuf_type = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

json::Value downgrade(const json::Value& schema);

json::Value downgrade_each(const json::Value& schemas) {
    json::Object out;
    for (const json::Member& m : schemas.as_object()) out.set(m.key, downgrade(m.value));
    return out;
}

// A reference wrapped in allOf, so that it can have neighbours: version 2 lets it have them anyway.
const json::Value* wrapped_reference(const json::Value& schema) {
    const json::Value* all = schema.find("allOf");
    return all && all->is_array() && all->as_array().size() == 1 ? all->as_array()[0].find("$ref") : nullptr;
}

void set_reference(json::Object& out, const json::Value& reference) {
    if (reference.is_string() && reference.as_string().starts_with(new_prefix))
        out.set("$ref", std::string(old_prefix) + reference.as_string().substr(new_prefix.size()));
}

// Version 2 knows no oneOf, anyOf, not or nullable; what it cannot say is left open.
json::Value downgrade(const json::Value& schema) {
    json::Object out;
    if (!schema.is_object()) return out;
    if (const json::Value* reference = wrapped_reference(schema)) set_reference(out, *reference);
    for (const json::Member& m : schema.as_object()) {
        if (m.key == "$ref")
            set_reference(out, m.value);
        else if (m.key == "properties" && m.value.is_object())
            out.set(m.key, downgrade_each(m.value));
        else if (m.key == "items" || (m.key == "additionalProperties" && m.value.is_object()))
            out.set(m.key, downgrade(m.value));
        else if (m.key == "type" || m.key == "format" || m.key == "required" || m.key == "default" ||
                 m.key.starts_with("x-kubernetes-"))
            out.set(m.key, m.value);
    }
    if (schema.text("format") == "int-or-string") out.set("type", "string");
    // Whatever its schema says of its members, it may have others.
    if (const json::Value* open = schema.find("x-kubernetes-preserve-unknown-fields");
        open && open->is_bool() && open->as_bool()) {
        out.erase("properties");
        out.erase("type");
    }
    return out;
}

}  // namespace

json::Value openapi_v2(const Catalog& catalog) {
    json::Object definitions;
    for (const Catalog::Group& group : catalog.groups())
        for (const Catalog::Version& version : group.versions) {
            json::Value document = json::parse(*openapi_of(catalog, group.name, version.name));
            const json::Value* schemas = document.find_path({"components", "schemas"});
            if (!schemas || !schemas->is_object()) continue;
            for (const json::Member& m : schemas->as_object())
                if (!definitions.contains(m.key)) definitions.set(m.key, downgrade(m.value));
        }
    return json::Object{{"definitions", std::move(definitions)},
                        {"info", json::Object{{"title", "Kubernetes"}, {"version", kube::schema::release()}}},
                        {"paths", json::Object{}},
                        {"swagger", "2.0"}};
}

std::optional<net::Response> answer_openapi_v2(const Call& call) {
    if (call.info.path != "/openapi/v2") return std::nullopt;
    for (const MediaRange& range : parse_accept(call.header("accept"))) {
        if (range.covers("application", "json")) break;
        if (range.type != "application" || !range.subtype.starts_with("com.github.proto-openapi.spec.v2")) continue;
        return net::Response{.status = 200,
                             .headers = {{"content-type", std::string(protobuf_type)}, {"vary", "Accept"}},
                             .body = openapi_v2_protobuf(openapi_v2(call.server.catalog))};
    }
    return document_response(call, 200, openapi_v2(call.server.catalog));
}

}  // namespace mizzen::apiserver
