// SPDX-License-Identifier: Apache-2.0
// Structs to Values.
#include "mizzen/json/codec.hpp"
#include "mizzen/json/tables.hpp"

namespace mizzen::json {
namespace {

Value to_value(const TypeInfo& t, const void* p, const void* defaults);

Value object(const TypeInfo& t, const void* p, const void* defaults) {
    std::vector<Member> members;
    members.reserve(t.fields.size());
    for (const FieldInfo& f : t.fields) {
        const TypeInfo& type = f.type();
        const void* member = offset(p, f.offset);
        const void* otherwise = defaults ? offset(defaults, f.offset) : nullptr;
        if (is_left_out(f, type, member, otherwise)) continue;
        Value v = to_value(type, member, otherwise ? otherwise : type.defaults);
        if (type.shape == Shape::object && !f.always && v.as_object().empty()) continue;
        members.push_back({std::string(f.key), std::move(v)});
    }
    return Object(std::move(members));
}

Value list(const TypeInfo& t, const void* p) {
    const TypeInfo& element = t.element();
    Array items;
    items.reserve(t.count(p));
    for (std::size_t i = 0, n = t.count(p); i < n; ++i)
        items.push_back(to_value(element, t.at(p, i), element.defaults));
    return items;
}

Value map(const TypeInfo& t, const void* p) {
    struct Context {
        const TypeInfo& element;
        std::vector<Member> members;
    } context{t.element(), {}};
    context.members.reserve(t.count(p));
    t.each(
        p,
        [](void* c, std::string_view key, const void* v) {
            auto& [element, members] = *static_cast<Context*>(c);
            members.push_back({std::string(key), to_value(element, v, element.defaults)});
        },
        &context);
    return Object(std::move(context.members));
}

Value to_value(const TypeInfo& t, const void* p, const void* defaults) {
    switch (t.shape) {
        case Shape::boolean:
            return load<bool>(p);
        case Shape::integer:
            return load_integer(t, p);
        case Shape::number:
            return load_number(t, p);
        case Shape::string:
            return *static_cast<const std::string*>(p);
        case Shape::enumeration:
            return load_name(t, p);
        case Shape::object:
            return object(t, p, defaults);
        case Shape::list:
            return list(t, p);
        case Shape::map:
            return map(t, p);
        case Shape::optional:
            return t.count(p) == 0 ? Value() : to_value(t.element(), t.at(p, 0), t.element().defaults);
        case Shape::value:
            return *static_cast<const Value*>(p);
        case Shape::int_or_string:
        case Shape::custom:
            return t.to_value(p);
    }
    return nullptr;
}

}  // namespace

Value encode(const TypeInfo& t, const void* object) { return to_value(t, object, t.defaults); }

}  // namespace mizzen::json
