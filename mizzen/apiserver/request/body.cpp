// SPDX-License-Identifier: Apache-2.0
// Implements body.hpp.
#include "mizzen/apiserver/request/body.hpp"

#include <fmt/format.h>

#include "mizzen/apiserver/request/request_info.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/json/yaml.hpp"
#include "mizzen/kube/schema/protobuf.hpp"

namespace mizzen::apiserver {
namespace {

StatusError unrecognized(std::string_view kind, std::string_view why) {
    return bad_request(fmt::format("the object provided is unrecognized (must be of type {}): {}", kind, why));
}

json::Value parse_json(std::string_view bytes, std::string_view kind, std::vector<std::string>* duplicates) {
    try {
        return json::parse(bytes, duplicates);
    } catch (const Error& e) {
        std::string_view why = bytes.empty() ? "unexpected end of JSON input (<empty>)" : e.what();
        throw unrecognized(kind, fmt::format("couldn't get version/kind; json parse error: {}", why));
    }
}

json::Value parse_yaml_document(std::string_view bytes, std::string_view kind) {
    try {
        std::vector<json::YamlDocument> documents = json::parse_yaml(bytes, "yaml");
        return documents.empty() ? json::Value() : std::move(documents.front().value);
    } catch (const Error& e) {
        throw unrecognized(kind, e.what());
    }
}

json::Value parse_protobuf(std::string_view bytes, const Expected& expected) {
    if (!kube::schema::is_protobuf(bytes)) throw unrecognized(expected.kind, "the protobuf envelope is missing");
    try {
        return kube::schema::decode_protobuf(bytes, join_api_version(expected.group, expected.version), expected.kind);
    } catch (const Error& e) {
        throw unrecognized(expected.kind, e.what());
    }
}

std::vector<std::string_view> body_types(bool custom) {
    if (custom) return {"application/json", "application/yaml"};
    return {"application/json", "application/yaml", "application/vnd.kubernetes.protobuf"};
}

void check_kind(json::Value& object, const Expected& expected) {
    std::string api_version(object.text("apiVersion")), kind(object.text("kind"));
    if (expected.custom && (kind.empty() || api_version.empty()))
        throw bad_request(
            fmt::format("the object provided is unrecognized (must be of type {}): Object '{}' is missing in '{}'",
                        expected.kind, kind.empty() ? "Kind" : "apiVersion", json::to_json(object)));
    std::string wanted = join_api_version(expected.group, expected.version);
    if (kind.empty()) kind = expected.kind;
    if (api_version.empty()) api_version = wanted;
    if (kind != expected.kind)
        throw bad_request(fmt::format(
            "{0} in version \"{1}\" cannot be handled as a {2}: the kind of the object does not match the resource",
            kind, version_of(api_version), expected.kind));
    if (api_version != wanted)
        throw bad_request(fmt::format("the API version in the data ({}) does not match the expected API version ({})",
                                      api_version, wanted));
    object["apiVersion"] = wanted;
    object["kind"] = kind;
}

}  // namespace

Task<std::string> read_body(net::Body& body, std::size_t limit) {
    std::string bytes;
    try {
        while (std::optional<Bytes> chunk = co_await body.next()) {
            if (bytes.size() + chunk->size() > limit) throw request_too_large(fmt::format("limit is {}", limit));
            bytes.append(chunk->view());
        }
    } catch (const Error& e) {
        // The connection has a limit of its own.
        if (e.kind() == ErrorKind::invalid) throw request_too_large(e.message());
        throw;
    }
    co_return bytes;
}

std::string media_type(std::string_view content_type) {
    std::string_view text = content_type.substr(0, content_type.find(';'));
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    std::string type(text);
    for (char& c : type)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return type;
}

Decoded decode_object(std::string_view bytes, std::string_view content_type, const Expected& expected) {
    Decoded decoded;
    std::string type = media_type(content_type);
    if (type.empty() || type == "application/json") {
        std::vector<std::string> duplicates;
        decoded.object = parse_json(bytes, expected.kind, &duplicates);
        for (const std::string& path : duplicates)
            decoded.complaints.push_back(fmt::format("duplicate field \"{}\"", path));
    } else if (type == "application/yaml") {
        decoded.object = parse_yaml_document(bytes, expected.kind);
    } else if (type == "application/vnd.kubernetes.protobuf" && !expected.custom) {
        decoded.object = parse_protobuf(bytes, expected);
    } else {
        throw unsupported_media_type(type, body_types(expected.custom));
    }
    if (!decoded.object.is_object())
        throw unrecognized(
            expected.kind,
            fmt::format("couldn't get version/kind; json parse error: json: cannot unmarshal {} into an object",
                        json::to_string(decoded.object.kind())));
    check_kind(decoded.object, expected);
    return decoded;
}

json::Value decode_value(std::string_view bytes, std::string_view content_type, std::string_view kind) {
    std::string type = media_type(content_type);
    if (type == "application/vnd.kubernetes.protobuf")
        return parse_protobuf(bytes, {.group = "", .version = "v1", .kind = kind});
    if (type == "application/yaml") return parse_yaml_document(bytes, kind);
    if (type.empty() || type == "application/json") return parse_json(bytes, kind, nullptr);
    throw unsupported_media_type(type, body_types(false));
}

void conform_to(const ServedResource& resource, Decoded& decoded) {
    std::vector<std::string> unknown;
    if (resource.custom) {
        static const kube::schema::Type& meta =
            *kube::schema::find_type("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
        if (json::Value* metadata = decoded.object.find("metadata"); metadata && metadata->is_object())
            for (const std::string& path : conform(*metadata, meta)) unknown.push_back("metadata." + path);
        std::vector<std::string> pruned = resource.custom->schema->prune(decoded.object);
        unknown.insert(unknown.end(), pruned.begin(), pruned.end());
    } else {
        unknown = conform(decoded.object, *resource.type);
    }
    for (const std::string& path : unknown) decoded.complaints.push_back(fmt::format("unknown field \"{}\"", path));
}

}  // namespace mizzen::apiserver
