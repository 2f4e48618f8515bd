// SPDX-License-Identifier: Apache-2.0
// The envelope of Kubernetes' protobuf, and what is inside.
#include "mizzen/kube/schema/protobuf.hpp"

#include "mizzen/base/error.hpp"
#include "mizzen/base/protobuf.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/kube/schema/detail/protobuf_decoder.hpp"

namespace mizzen::kube::schema {
namespace {

constexpr std::string_view magic("k8s\0", 4);

struct Envelope {
    std::string_view api_version, kind, raw, encoding, content_type;
};

std::string_view bytes_of(protobuf::WireReader& in, protobuf::Tag tag) {
    if (tag.type != protobuf::WireType::bytes) protobuf::malformed("a number in the envelope");
    return in.bytes();
}

void read_type_meta(Envelope& out, std::string_view message) {
    for (protobuf::WireReader in(message); !in.at_end();) {
        const protobuf::Tag tag = in.tag();
        if (tag.number == 1)
            out.api_version = bytes_of(in, tag);
        else if (tag.number == 2)
            out.kind = bytes_of(in, tag);
        else
            in.skip(tag);
    }
}

Envelope read_envelope(std::string_view body) {
    if (!is_protobuf(body))
        throw Error(ErrorKind::invalid,
                    "expected a Kubernetes protobuf body, which starts with \"k8s\" and a zero byte");
    Envelope out;
    for (protobuf::WireReader in(body.substr(magic.size())); !in.at_end();) {
        const protobuf::Tag tag = in.tag();
        switch (tag.number) {
            case 1:
                read_type_meta(out, bytes_of(in, tag));
                break;
            case 2:
                out.raw = bytes_of(in, tag);
                break;
            case 3:
                out.encoding = bytes_of(in, tag);
                break;
            case 4:
                out.content_type = bytes_of(in, tag);
                break;
            default:
                in.skip(tag);
        }
    }
    if (!out.encoding.empty())
        throw Error(ErrorKind::invalid, "a protobuf body with a content encoding is not supported");
    return out;
}

const Type& type_of(std::string_view api_version, std::string_view kind) {
    const std::size_t slash = api_version.find('/');
    const bool core = slash == std::string_view::npos;
    const Type* type = core ? find_object("", api_version, kind)
                            : find_object(api_version.substr(0, slash), api_version.substr(slash + 1), kind);
    if (!type) {
        throw Error(ErrorKind::invalid, "no protobuf form is known of apiVersion \"" + std::string(api_version) +
                                            "\", kind \"" + std::string(kind) + "\"; send JSON");
    }
    return *type;
}

}  // namespace

bool is_protobuf(std::string_view body) { return body.starts_with(magic); }

json::Value decode_protobuf(std::string_view body, std::string_view api_version, std::string_view kind) {
    const Envelope envelope = read_envelope(body);
    if (!envelope.api_version.empty()) api_version = envelope.api_version;
    if (!envelope.kind.empty()) kind = envelope.kind;
    json::Value out;
    if (envelope.content_type.starts_with("application/json"))
        out = json::parse(envelope.raw);
    else
        out = decode_protobuf_message(envelope.raw, type_of(api_version, kind));
    if (!out.is_object()) throw Error(ErrorKind::invalid, "expected an object in the protobuf body");
    if (!out.find("apiVersion")) out["apiVersion"] = api_version;
    if (!out.find("kind")) out["kind"] = kind;
    return out;
}

json::Value decode_protobuf_message(std::string_view message, const Type& type) {
    return detail::ProtobufDecoder().decode(message, type);
}

}  // namespace mizzen::kube::schema
