// SPDX-License-Identifier: Apache-2.0
// Walks an object by its type and applies what the tables in defaults/ know of each type on the way.
#include "mizzen/kube/schema/defaults.hpp"

#include "mizzen/base/quantity.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/kube/schema/defaults/rules.hpp"

namespace mizzen::kube::schema {
namespace {

const defaults::TypeDefaults* find_defaults(const Type& type) {
    using namespace defaults;
    for (auto table : {pods, volumes, core, workloads, networks, policies, extensions})
        for (const TypeDefaults& entry : table())
            if (entry.type == &type) return &entry;
    return nullptr;
}

bool is_unset(const json::Value* value, const Field& field) {
    if (!value || value->is_null()) return true;
    if (field.pointer) return false;
    return (value->is_string() && value->as_string().empty()) || (value->is_integer() && value->as_integer() == 0) ||
           (value->is_array() && value->as_array().empty());
}

void fill(json::Value& object, const Field& field, std::string_view text) {
    if (is_unset(object.find(field.name), field)) object[field.name] = json::parse(text);
}

// Core resource lists know no finer amounts than thousandths.
void round_up(json::Value& quantities) {
    for (json::Member& m : quantities.as_object()) {
        if (!m.value.is_string()) continue;
        const auto quantity = parse_quantity(m.value.as_string());
        if (!quantity) continue;
        const Quantity rounded = Quantity::of_milli(quantity->milli());
        // Where it does not fit 64 bits there is nothing to round.
        if (rounded > *quantity) m.value = to_string(rounded);
    }
}

void walk(json::Value& value, const Type& type);

void walk_members(json::Value& object, const Type& type) {
    for (const Field& field : type.fields) {
        json::Value* member = object.find(field.name);
        const bool absent = !member || member->is_null();
        if (absent) {
            // Go has a struct there in any case, which may have defaults of its own.
            if (field.type->shape != Shape::object || field.pointer || field.number == 0) continue;
            json::Value made = json::Object();
            walk(made, *field.type);
            if (!made.as_object().empty()) object[field.name] = std::move(made);
            continue;
        }
        const bool is_resource_list =
            field.type->shape == Shape::map && field.type->element->format == Format::quantity;
        if (is_resource_list && member->is_object() && type.name.starts_with("io.k8s.api.core."))
            round_up(*member);
        else
            walk(*member, *field.type);
    }
}

void walk(json::Value& value, const Type& type) {
    if (type.shape == Shape::object && value.is_object()) {
        if (const defaults::TypeDefaults* known = find_defaults(type)) {
            if (known->apply) known->apply(value);
            for (const defaults::Constant& c : known->constants)
                if (const Field* field = type.find(c.member)) fill(value, *field, c.json);
        }
        for (const Field& field : type.fields)
            if (!field.default_json.empty()) fill(value, field, field.default_json);
        walk_members(value, type);
    } else if (type.shape == Shape::list && value.is_array()) {
        for (json::Value& element : value.as_array()) walk(element, *type.element);
    } else if (type.shape == Shape::map && value.is_object()) {
        for (json::Member& member : value.as_object()) walk(member.value, *type.element);
    }
}

}  // namespace

void apply_defaults(std::string_view group, std::string_view version, std::string_view kind, json::Value& object) {
    if (const Type* type = find_object(group, version, kind)) walk(object, *type);
}

}  // namespace mizzen::kube::schema
