// SPDX-License-Identifier: Apache-2.0
// shown: values in messages.
#include "mizzen/cel/go_text.hpp"
#include "mizzen/cel/times.hpp"
#include "mizzen/cel/value.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::cel {

std::string shown(const Value& value) {
    using Kind = Value::Kind;
    switch (value.kind()) {
        case Kind::null:
            return "null";
        case Kind::boolean:
            return value.boolean() ? "true" : "false";
        case Kind::integer:
            return std::to_string(value.integer());
        case Kind::unsigned_integer:
            return std::to_string(value.unsigned_integer());
        case Kind::number:
            return go_float(value.number());
        case Kind::string:
            return std::string(value.string());
        case Kind::bytes:
            return std::string(value.bytes());
        case Kind::timestamp:
            return to_string(value.timestamp());
        case Kind::duration:
            return seconds_text(value.duration());
        case Kind::type:
            return value.type().name();
        case Kind::optional:
            return value.optional() ? "optional(" + shown(*value.optional()) + ")" : "optional.none()";
        case Kind::named:
            return value.named().type().name();
        case Kind::hidden:
            return json::to_json(value.hidden());
        case Kind::failure:
            return value.message();
        case Kind::list:
        case Kind::map:
            break;
    }
    std::string out = value.is(Kind::list) ? "[" : "{";
    auto add = [&](const std::string& text) { out += (out.size() > 1 ? ", " : "") + text; };
    if (value.is(Kind::list)) {
        for (std::size_t i = 0; i < value.list().size(); ++i) add(shown(value.list().at(i)));
        return out + "]";
    }
    for (auto& key : value.map().keys()) add(shown(key) + ": " + shown(value.map().find(key).value_or(Value())));
    return out + "}";
}

}  // namespace mizzen::cel
