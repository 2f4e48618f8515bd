// SPDX-License-Identifier: Apache-2.0
// The protobuf form of the version 2 document. Field numbers are those of OpenAPIv2.proto.
#include "mizzen/apiserver/discovery/openapi_v2.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

void put_varint(std::string& out, std::uint64_t n) {
    for (; n >= 128; n >>= 7) out += static_cast<char>(n | 128);
    out += static_cast<char>(n);
}

// A length-delimited field: text or a message.
void put(std::string& out, unsigned field, std::string_view bytes) {
    put_varint(out, field << 3 | 2);
    put_varint(out, bytes.size());
    out.append(bytes);
}

// Any, as YAML: JSON is YAML.
std::string any(const json::Value& value) {
    std::string out;
    put(out, 2, json::to_json(value));
    return out;
}

std::string named(std::string_view name, std::string_view value) {
    std::string out;
    put(out, 1, name);
    put(out, 2, value);
    return out;
}

std::string schema_message(const json::Value& schema);

// Properties, ItemsItem, TypeItem and the like hold one field, number 1, over and over.
std::string wrap(std::string_view inner) {
    std::string out;
    put(out, 1, inner);
    return out;
}

std::string properties_message(const json::Value& properties) {
    std::string out;
    for (const json::Member& m : properties.as_object()) put(out, 1, named(m.key, schema_message(m.value)));
    return out;
}

std::string schema_message(const json::Value& schema) {
    std::string out;
    for (const json::Member& m : schema.as_object()) {
        if (m.key == "$ref")
            put(out, 1, m.value.as_string());
        else if (m.key == "format")
            put(out, 2, m.value.as_string());
        else if (m.key == "default")
            put(out, 5, any(m.value));
        else if (m.key == "required") {
            for (const json::Value& name : m.value.as_array()) put(out, 19, name.as_string());
        } else if (m.key == "additionalProperties")
            put(out, 21, wrap(schema_message(m.value)));
        else if (m.key == "type")
            put(out, 22, wrap(m.value.as_string()));
        else if (m.key == "items")
            put(out, 23, wrap(schema_message(m.value)));
        else if (m.key == "properties")
            put(out, 25, properties_message(m.value));
        else
            put(out, 31, named(m.key, any(m.value)));
    }
    return out;
}

}  // namespace

std::string openapi_v2_protobuf(const json::Value& document) {
    std::string out, info, definitions;
    put(out, 1, document.text("swagger"));
    put(info, 1, document.text({"info", "title"}));
    put(info, 2, document.text({"info", "version"}));
    put(out, 2, info);
    put(out, 8, "");
    for (const json::Member& m : document.find("definitions")->as_object())
        put(definitions, 1, named(m.key, schema_message(m.value)));
    put(out, 9, definitions);
    return out;
}

}  // namespace mizzen::apiserver
