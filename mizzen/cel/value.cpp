// SPDX-License-Identifier: Apache-2.0
// Value: lists, maps, and reading JSON.
#include "mizzen/cel/value.hpp"

#include <fmt/format.h>

#include "mizzen/base/base64.hpp"
#include "mizzen/base/utf8.hpp"
#include "mizzen/cel/equality.hpp"
#include "mizzen/cel/times.hpp"

namespace mizzen::cel {
namespace {

Value wrong_data(std::string_view expected, const json::Value& data) {
    return failure(fmt::format("invalid data, expected {}, got {}", expected, json::to_string(data.kind())));
}

Value read_string(const std::string& text, const Shape& shape) {
    if (shape.kind == Shape::Kind::bytes) {
        auto bytes = from_base64(text);
        return bytes ? Value(Blob{Text::of(std::move(*bytes))})
                     : failure(fmt::format("Invalid byte formatted string {}: illegal base64 data", text));
    }
    if (shape.kind == Shape::Kind::duration) {
        auto span = parse_schema_duration(text);
        return span ? Value(*span)
                    : failure(fmt::format("Invalid duration {0}: unable to parse {0} as duration", text));
    }
    if (shape.kind == Shape::Kind::date) {
        auto time = parse_date(text);
        return time ? Value(*time) : failure(fmt::format("Invalid date formatted string {}: cannot parse it", text));
    }
    if (shape.kind == Shape::Kind::time) {
        auto time = parse_date_time(text);
        return time ? Value(*time)
                    : failure(fmt::format("Invalid date-time formatted string {}: cannot parse it", text));
    }
    return Text::borrowed(text);
}

Value read_number(const json::Value& data, const Shape& shape) {
    if (shape.kind == Shape::Kind::number) {
        return data.is_number() ? Value(data.as_number()) : wrong_data("float", data);
    }
    return data.is_integer() ? Value(data.as_integer()) : wrong_data("int", data);
}

std::size_t code_points(std::string_view text) {
    std::size_t n = 0;
    for (std::size_t i = 0; i < text.size(); ++n)
        i += static_cast<unsigned char>(text[i]) < 0x80 ? 1 : std::max<std::size_t>(utf8_length_at(text, i), 1);
    return n;
}

}  // namespace

Text Text::of(std::string text) {
    auto owner = std::make_shared<const std::string>(std::move(text));
    return {*owner, owner};
}

ListValue::ListValue() : ListValue(std::vector<Value>()) {}
ListValue::ListValue(std::vector<Value> items) : items_(std::make_shared<std::vector<Value>>(std::move(items))) {}

std::size_t ListValue::size() const { return array_ ? array_->size() : items_->size(); }
Value ListValue::at(std::size_t i) const { return array_ ? read((*array_)[i], *shape_->element) : (*items_)[i]; }

void ListValue::append(Value value) {
    if (array_ || items_.use_count() > 1) {
        auto copy = std::make_shared<std::vector<Value>>();
        for (std::size_t i = 0; i < size(); ++i) copy->push_back(at(i));
        *this = ListValue();
        items_ = std::move(copy);
    }
    items_->push_back(std::move(value));
}

MapValue::MapValue() : MapValue(Entries()) {}
MapValue::MapValue(Entries entries) : entries_(std::make_shared<Entries>(std::move(entries))) {}

std::size_t MapValue::size() const { return object_ ? object_->size() : entries_->size(); }

std::optional<Value> MapValue::find(const Value& key) const {
    if (!object_) {
        auto found = entries_->find(key);
        return found == entries_->end() ? std::nullopt : std::optional(found->second);
    }
    if (!key.is(Value::Kind::string)) return key.failed() ? key : no_such_overload();
    return find_member(key.string());
}

std::optional<Value> MapValue::find_member(std::string_view escaped, const std::string* plain) const {
    if (!object_) return find(Value(Text::borrowed(escaped)));
    if (!shape_->has_properties) return read_member(escaped);
    if (plain) return read_member(*plain);
    auto name = unescape_name(escaped);
    return name ? read_member(*name) : std::nullopt;
}

std::optional<Value> MapValue::read_member(std::string_view name) const {
    auto* data = object_->find(name);
    if (!data || (shape_->has_properties && data->is_null())) return std::nullopt;
    if (shape_->element) return read(*data, *shape_->element);
    auto* field = shape_->find(name);
    return field ? std::optional(read(*data, *field->shape)) : std::nullopt;
}

std::vector<Value> MapValue::keys() const {
    std::vector<Value> out;
    if (!object_) {
        for (auto& [key, value] : *entries_) out.push_back(key);
        return out;
    }
    for (auto& m : *object_) {
        if (shape_->element) {
            out.emplace_back(Text::borrowed(m.key));
        } else if (auto* field = shape_->find(m.key)) {
            out.emplace_back(Text::borrowed(field->escaped.empty() ? field->name : field->escaped));
        }
    }
    return out;
}

bool MapValue::insert(const Value& key, Value value) {
    if (object_ || entries_.use_count() > 1) {
        Entries copy;
        for (auto& k : keys()) copy.emplace(k, *find(k));
        *this = MapValue(std::move(copy));
    }
    return entries_->emplace(key, std::move(value)).second;
}

Value failure(std::string message) { return Failure{std::make_shared<const std::string>(std::move(message))}; }

Value text_too_large() { return failure(fmt::format("the text would be larger than {} bytes", largest_text)); }
Value list_too_long() { return failure(fmt::format("the list would have more than {} elements", longest_list)); }

Value no_such_overload() {
    static const auto message = std::make_shared<const std::string>("no such overload");
    return Failure{message};
}

Value some(Value value) { return OptionalValue{std::make_shared<const Value>(std::move(value))}; }
Value none() { return OptionalValue{}; }

Value read(const json::Value& data, const Shape& shape) {
    using K = Shape::Kind;
    if (shape.kind == K::hidden) return Hidden{&data};
    if (data.is_null())
        return shape.nullable ? Value() : failure("invalid data, got null for schema with nullable=false");
    switch (shape.kind) {
        case K::boolean:
            return data.is_bool() ? Value(data.as_bool()) : wrong_data("bool", data);
        case K::integer:
        case K::number:
            return read_number(data, shape);
        case K::integer_or_string:
            if (data.is_string()) return Text::borrowed(data.as_string());
            if (data.is_integer()) return data.as_integer();
            return failure("invalid data, expected XIntOrString value to be either a string or integer");
        case K::list:
            if (data.is_array()) return ListValue(data.as_array(), shape);
            return failure("invalid data, expected an array for the provided schema with type=array");
        case K::map:
        case K::object:
            if (data.is_object()) return MapValue(data.as_object(), shape);
            return failure("invalid data, expected a map for the provided schema with type=object");
        default:
            return data.is_string() ? read_string(data.as_string(), shape) : wrong_data("string", data);
    }
}

Type run_time_type(const Value& value) {
    using K = Type::Kind;
    switch (value.kind()) {
        case Value::Kind::null:
            return Type::simple(K::null);
        case Value::Kind::boolean:
            return Type::simple(K::boolean);
        case Value::Kind::integer:
            return Type::simple(K::integer);
        case Value::Kind::unsigned_integer:
            return Type::simple(K::unsigned_integer);
        case Value::Kind::number:
            return Type::simple(K::number);
        case Value::Kind::string:
            return Type::simple(K::string);
        case Value::Kind::bytes:
            return Type::simple(K::bytes);
        case Value::Kind::timestamp:
            return Type::simple(K::timestamp);
        case Value::Kind::duration:
            return Type::simple(K::duration);
        case Value::Kind::list:
            return Type::simple(K::list);
        case Value::Kind::map:
            return Type::simple(K::map);
        case Value::Kind::type:
            return Type::simple(K::type);
        case Value::Kind::optional:
            return Type::opaque("optional_type");
        case Value::Kind::named:
            return value.named().type();
        case Value::Kind::hidden:
        case Value::Kind::failure:
            break;
    }
    return Type::opaque("unknown");
}

std::uint64_t size_of(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::string:
            return code_points(value.string());
        case Value::Kind::bytes:
            return value.bytes().size();
        case Value::Kind::list:
            return value.list().size();
        case Value::Kind::map:
            return value.map().size();
        case Value::Kind::named:
            return value.named().size();
        case Value::Kind::optional:
            return value.optional() ? size_of(*value.optional()) : 1;
        default:
            return 1;
    }
}

}  // namespace mizzen::cel
