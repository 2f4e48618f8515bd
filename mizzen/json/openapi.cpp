// SPDX-License-Identifier: Apache-2.0
// Tables and notes to OpenAPI schemas.
#include "mizzen/json/openapi.hpp"

#include <algorithm>

#include "mizzen/json/check.hpp"
#include "mizzen/json/codec.hpp"
#include "mizzen/json/tables.hpp"

namespace mizzen::json {
namespace {

// 5000 rather than 5000.0.
Value number(double d) { return is_whole(d) ? Value(static_cast<std::int64_t>(d)) : Value(d); }

Value rule_list(std::span<const Rule> rules) {
    Array out;
    for (const Rule& r : rules) {
        Object rule{{"rule", r.expression}};
        if (!r.message.empty()) rule.set("message", r.message);
        out.push_back(std::move(rule));
    }
    return out;
}

class Schema {
  public:
    explicit Schema(SchemaOptions options) : options_(options) {}

    Value of(const TypeInfo& t) {
        switch (t.shape) {
            case Shape::boolean:
                return Object{{"type", "boolean"}};
            case Shape::integer:
                return integer(t);
            case Shape::number:
                return Object{{"type", "number"}, {"format", t.size == sizeof(float) ? "float" : "double"}};
            case Shape::string:
                return Object{{"type", "string"}};
            case Shape::enumeration:
                return enumeration(t);
            case Shape::object:
                return object(t);
            case Shape::list:
                return Object{{"type", "array"}, {"items", of(t.element())}};
            case Shape::map:
                return Object{{"type", "object"}, {"additionalProperties", of(t.element())}};
            case Shape::optional:
                return of(t.element());
            case Shape::value:
                return Object{{"x-kubernetes-preserve-unknown-fields", true}};
            case Shape::int_or_string:
                return Object{{"x-kubernetes-int-or-string", true},
                              {"anyOf", Array{Object{{"type", "integer"}}, Object{{"type", "string"}}}}};
            case Shape::custom:
                return t.schema ? t.schema() : Object{{"type", "string"}};
        }
        return Object{};
    }

  private:
    static Value integer(const TypeInfo& t) {
        const bool narrow = t.size < 4 || (t.size == 4 && t.is_signed);
        Object out{{"type", "integer"}, {"format", narrow ? "int32" : "int64"}};
        if (!t.is_signed) out.set("minimum", 0);
        return out;
    }

    static Value enumeration(const TypeInfo& t) {
        Array names;
        for (const std::string_view n : t.names)
            if (!n.empty()) names.push_back(n);
        return Object{{"type", "string"}, {"enum", std::move(names)}};
    }

    Value object(const TypeInfo& t) {
        if (std::find(open_.begin(), open_.end(), &t) != open_.end())
            return Object{{"type", "object"}, {"x-kubernetes-preserve-unknown-fields", true}};
        open_.push_back(&t);
        std::vector<Member> properties;
        Array required;
        for (const FieldInfo& f : t.fields) {
            properties.push_back({std::string(f.key), field(f, t.defaults)});
            if (f.note && f.note->required) required.push_back(f.key);
        }
        open_.pop_back();
        Object out{{"type", "object"}, {"properties", Object(std::move(properties))}};
        if (!required.empty()) out.set("required", std::move(required));
        if (!t.rules.empty()) out.set("x-kubernetes-validations", rule_list(t.rules));
        return out;
    }

    Value field(const FieldInfo& f, const void* defaults) {
        const TypeInfo& type = f.type();
        Value schema = of(type);
        if (!f.note) return schema;
        const Note& note = *f.note;
        limits(schema, type, note);
        if (!note.doc.empty()) schema["description"] = note.doc;
        std::vector<Rule> rules(note.rules.begin(), note.rules.end());
        if (note.immutable) rules.push_back({"self == oldSelf", "cannot be changed"});
        if (!rules.empty()) add_rules(schema, rules);
        if (options_.defaults && defaults && !note.required) add_default(schema, type, offset(defaults, f.offset));
        return schema;
    }

    static void add_rules(Value& schema, std::span<const Rule> rules) {
        Value& list = schema["x-kubernetes-validations"];
        if (list.is_null()) list = Array{};
        for (Value& r : rule_list(rules).as_array()) list.as_array().push_back(std::move(r));
    }

    // min, max and pattern of a list or map are those of its elements; its lengths are its own.
    static void limits(Value& schema, const TypeInfo& type, const Note& note) {
        const TypeInfo& t = type.shape == Shape::optional ? type.element() : type;
        const bool is_list = t.shape == Shape::list, is_map = t.shape == Shape::map;
        Value& leaf = is_list ? schema["items"] : is_map ? schema["additionalProperties"] : schema;
        if (note.min) leaf["minimum"] = number(*note.min);
        if (note.max) leaf["maximum"] = number(*note.max);
        if (!note.pattern.empty()) leaf["pattern"] = note.pattern;
        if (note.min_length) schema[is_list ? "minItems" : is_map ? "minProperties" : "minLength"] = *note.min_length;
        if (note.max_length) schema[is_list ? "maxItems" : is_map ? "maxProperties" : "maxLength"] = *note.max_length;
        if (note.list_keys.empty()) return;
        schema["x-kubernetes-list-type"] = "map";
        schema["x-kubernetes-list-map-keys"] = Array(note.list_keys.begin(), note.list_keys.end());
    }

    // Of structs the members have their own; an empty text, list or map is what absence means anyhow.
    static void add_default(Value& schema, const TypeInfo& t, const void* p) {
        if (t.shape == Shape::object || t.shape == Shape::optional) return;
        Value v = encode(t, p);
        const bool is_empty = v.is_null() || (v.is_string() && v.as_string().empty()) ||
                              (v.is_array() && v.as_array().empty()) || (v.is_object() && v.as_object().empty());
        if (!is_empty) schema["default"] = std::move(v);
    }

    SchemaOptions options_;
    std::vector<const TypeInfo*> open_;
};

}  // namespace

Value openapi_schema(const TypeInfo& t, SchemaOptions options) { return Schema(options).of(t); }

Value printer_columns(std::span<const PrinterColumn> columns) {
    Array out;
    for (const PrinterColumn& c : columns) {
        Object column{{"name", c.name}, {"type", c.type}, {"jsonPath", c.json_path}};
        if (c.priority > 0) column.set("priority", c.priority);
        out.push_back(std::move(column));
    }
    return out;
}

}  // namespace mizzen::json
