// SPDX-License-Identifier: Apache-2.0
// Implements respond.hpp.
#include "mizzen/apiserver/request/respond.hpp"

#include "mizzen/apiserver/store/json_text.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/json/yaml.hpp"

namespace mizzen::apiserver {
namespace {

bool wants_pretty(const Call& call) {
    if (call.accepted.pretty) return true;
    if (std::optional<std::string_view> pretty = call.query.find("pretty")) return *pretty != "false" && *pretty != "0";
    std::string_view agent = call.header("user-agent");
    return agent.starts_with("curl") || agent.starts_with("Wget") || agent.starts_with("Mozilla/5.0");
}

// A quoted-string (RFC 9110, 5.6.4).
std::string quoted_string(std::string_view text) {
    std::string out = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return out + '"';
}

net::Response head(const Call& call, int status, std::string content_type) {
    net::Response response{
        .status = status,
        .headers = {{"content-type", std::move(content_type)}, {"cache-control", "no-cache, private"}}};
    for (const std::string& warning : call.warnings) response.headers.add("warning", "299 - " + quoted_string(warning));
    return response;
}

json::Value table_of(const Call& call, const json::Value& object, const TableLayout& layout) {
    std::string_view include = call.query.text("includeObject");
    Include what = include == "None" ? Include::none : include == "Object" ? Include::object : Include::metadata;
    json::Value table = table_head(layout);
    table["apiVersion"] = "meta.k8s.io/" + call.accepted.version;
    table.at({"metadata", "resourceVersion"}) = object.text({"metadata", "resourceVersion"});
    table["rows"] = json::Array{table_row(layout, object, what, call.now())};
    return table;
}

}  // namespace

net::Response text_response(const Call& call, int status, Bytes json) {
    if (call.accepted.yaml) {
        net::Response response = head(call, status, "application/yaml");
        response.body = json::to_yaml(json::parse(json));
        return response;
    }
    net::Response response = head(call, status, "application/json");
    if (wants_pretty(call))
        response.body = json::to_pretty_json(json::parse(json));
    else
        response.body = std::move(json);
    return response;
}

net::Response document_response(const Call& call, int status, const json::Value& document) {
    return text_response(call, status, json::to_json(document));
}

net::Response object_response(const Call& call, int status, const Bytes& json) {
    return object_response(call, status, json, call.resource->layout());
}

net::Response object_response(const Call& call, int status, const Bytes& json, const TableLayout& layout) {
    // A Status stays one in every form.
    if (call.accepted.form == Form::object || member_text(json, {"kind"}) == "\"Status\"")
        return text_response(call, status, json);
    json::Value object = json::parse(json);
    json::Value answer = call.accepted.form == Form::table ? table_of(call, object, layout) : partial_metadata(object);
    if (call.accepted.form == Form::metadata) answer["apiVersion"] = "meta.k8s.io/" + call.accepted.version;
    return document_response(call, status, answer);
}

net::Response status_response(const Call& call, const StatusError& error) {
    net::Response response = document_response(call, error.code, error.to_value());
    if (error.retry_after_seconds) response.headers.set("retry-after", std::to_string(*error.retry_after_seconds));
    return response;
}

}  // namespace mizzen::apiserver
