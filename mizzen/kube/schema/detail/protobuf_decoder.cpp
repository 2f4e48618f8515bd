// SPDX-License-Identifier: Apache-2.0
// Decoding a message, field by field.
#include "mizzen/kube/schema/detail/protobuf_decoder.hpp"

#include <bit>

#include "mizzen/base/base64.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/kube/schema/detail/protobuf_scalar.hpp"
#include "mizzen/kube/schema/generated/tables.hpp"

namespace mizzen::kube::schema::detail {
namespace {

constexpr int max_nesting = 200;
struct Nested {
    explicit Nested(int& count) : count_(count) {
        if (++count_ > max_nesting) malformed("nested too deeply");
    }
    ~Nested() { --count_; }
    int& count_;
};

const Field* find_number(const Type& type, std::array<std::uint8_t, 2> inside, std::uint32_t number) {
    for (const Field& f : type.fields)
        if (f.number == number && f.inside == inside) return &f;
    return nullptr;
}

bool is_embedded(const Type& type, std::array<std::uint8_t, 2> inside, std::size_t depth, std::uint32_t number) {
    for (const Field& f : type.fields) {
        if (f.inside[depth] != number) continue;
        if (depth == 0 || f.inside[0] == inside[0]) return true;
    }
    return false;
}

std::int64_t to_integer(std::uint64_t raw, const Type& type) {
    return type.format == Format::int32 ? static_cast<std::int32_t>(raw) : static_cast<std::int64_t>(raw);
}

json::Value scalar_of(std::uint64_t raw, const Type& type) {
    if (type.shape == Shape::boolean) return raw != 0;
    if (type.shape == Shape::integer) return to_integer(raw, type);
    return std::bit_cast<double>(raw);
}

}  // namespace

json::Value ProtobufDecoder::decode(std::string_view message, const Type& type) {
    json::Value out;
    read_message(out, message, type);
    return out;
}

void ProtobufDecoder::read_message(json::Value& into, std::string_view message, const Type& type) {
    Nested nested(nesting_);
    budget_.take();
    if (type.shape == Shape::object) {
        if (!into.is_object()) into = json::Object();
        read_object(into, message, type, {}, 0);
        show_like_go(into, type, budget_);
    } else if (type.shape == Shape::int_or_string) {
        into = decode_int_or_string(message);
    } else if (type.shape == Shape::string) {
        into = type.format == Format::quantity ? decode_quantity(message) : decode_time(message, type.format);
    } else {
        into = read_any(message, type);
    }
}

void ProtobufDecoder::read_object(json::Value& into, std::string_view message, const Type& type, Path inside,
                                  std::size_t depth) {
    WireReader in(message);
    while (!in.at_end()) {
        const Tag tag = in.tag();
        if (const Field* field = find_number(type, inside, tag.number)) {
            read_field(into[field->name], in, tag, *field->type);
        } else if (depth < inside.size() && tag.type == WireType::bytes &&
                   is_embedded(type, inside, depth, tag.number)) {
            Path deeper = inside;
            deeper[depth] = static_cast<std::uint8_t>(tag.number);
            read_object(into, in.bytes(), type, deeper, depth + 1);
        } else {
            in.skip(tag);
        }
    }
}

void ProtobufDecoder::read_field(json::Value& into, WireReader& in, Tag tag, const Type& type) {
    if (type.shape == Shape::list) {
        if (!into.is_array()) into = json::Array();
        const bool packed = tag.type == WireType::bytes &&
                            (type.element->shape == Shape::integer || type.element->shape == Shape::boolean);
        if (packed) return read_packed(into, in.bytes(), *type.element);
        json::Value element;
        read_field(element, in, tag, *type.element);
        into.as_array().push_back(std::move(element));
    } else if (type.shape == Shape::map) {
        if (tag.type != WireType::bytes) malformed("a map that is no message");
        if (!into.is_object()) into = json::Object();
        read_map_entry(into, in.bytes(), *type.element);
    } else if (is_go_struct(type)) {
        if (tag.type != WireType::bytes) malformed("a number where a message belongs");
        read_message(into, in.bytes(), type);
    } else {
        into = read_scalar(in, tag, type);
    }
}

void ProtobufDecoder::read_map_entry(json::Value& into, std::string_view entry, const Type& element) {
    std::string_view key;
    json::Value value;
    bool found = false;
    for (WireReader in(entry); !in.at_end();) {
        const Tag tag = in.tag();
        if (tag.number == 1 && tag.type == WireType::bytes) {
            key = in.bytes();
        } else if (tag.number == 2 && element.shape == Shape::list && tag.type == WireType::bytes) {
            // A map cannot hold lists; Kubernetes wraps them in a message with one field, `items`.
            value = json::Array();
            for (WireReader items(in.bytes()); !items.at_end();) {
                const Tag item = items.tag();
                if (item.number == 1)
                    read_field(value, items, item, element);
                else
                    items.skip(item);
            }
            found = true;
        } else if (tag.number == 2) {
            read_field(value, in, tag, element);
            found = true;
        } else {
            in.skip(tag);
        }
    }
    const json::Value name = decode_string(key);
    into[name.as_string()] = found ? std::move(value) : unset_in_go(element, budget_);
}

void ProtobufDecoder::read_packed(json::Value& into, std::string_view packed, const Type& element) {
    for (WireReader in(packed); !in.at_end();) {
        budget_.take();
        into.as_array().push_back(scalar_of(in.varint(), element));
    }
}

json::Value ProtobufDecoder::read_scalar(WireReader& in, Tag tag, const Type& type) {
    budget_.take();
    if (type.shape == Shape::string) {
        if (tag.type != WireType::bytes) malformed("a number where text belongs");
        return type.format == Format::byte ? json::Value(to_base64(in.bytes())) : decode_string(in.bytes());
    }
    const WireType expected = type.shape == Shape::number ? WireType::fixed64 : WireType::varint;
    if (tag.type != expected) malformed("the wrong wire type for a number");
    return scalar_of(tag.type == WireType::fixed64 ? in.fixed64() : in.varint(), type);
}

json::Value ProtobufDecoder::read_any(std::string_view message, const Type& type) {
    const bool or_bool = &type == &tables::apiextensions_v1_JSONSchemaPropsOrBool;
    const bool or_strings = &type == &tables::apiextensions_v1_JSONSchemaPropsOrStringArray;
    const bool or_list = &type == &tables::apiextensions_v1_JSONSchemaPropsOrArray;
    const bool raw = !or_bool && !or_strings && !or_list;
    json::Value schema, others;
    std::string_view text;
    bool allowed = false;
    for (WireReader in(message); !in.at_end();) {
        const Tag tag = in.tag();
        const std::uint32_t n = tag.number;
        if (raw && n == 1 && tag.type == WireType::bytes)
            text = in.bytes();
        else if (or_bool && n == 1 && tag.type == WireType::varint)
            allowed = in.varint() != 0;
        else if (!raw && n == (or_bool ? 2u : 1u))
            read_field(schema, in, tag, tables::apiextensions_v1_JSONSchemaProps);
        else if (or_strings && n == 2)
            read_field(others, in, tag, tables::list_of_string_atomic);
        else if (or_list && n == 2)
            read_field(others, in, tag, tables::list_of_apiextensions_v1_JSONSchemaProps_atomic);
        else
            in.skip(tag);
    }
    if (raw) return text.empty() ? json::Value() : json::parse(text);
    if (or_bool && schema.is_null()) return allowed;
    return others.is_null() ? schema : others;
}

}  // namespace mizzen::kube::schema::detail
