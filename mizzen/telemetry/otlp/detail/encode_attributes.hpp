// SPDX-License-Identifier: Apache-2.0
// Attributes, resources and scopes as OTLP messages. Source: opentelemetry-proto 1.10, common/v1 and resource/v1.
#pragma once
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "mizzen/base/time.hpp"
#include "mizzen/telemetry/attribute.hpp"
#include "mizzen/telemetry/otlp/detail/wire.hpp"
#include "mizzen/telemetry/resource.hpp"
#include "mizzen/telemetry/trace/span_data.hpp"

namespace mizzen::telemetry::otlp {

// Nanoseconds since 1970; what was before is 0, which says "unknown".
inline std::uint64_t unix_nano(WallTime time) {
    const std::int64_t all = time.time_since_epoch().count();
    return all > 0 ? static_cast<std::uint64_t>(all) : 0;
}

// The members of AnyValue: of a text, a boolean, a number, a list of one of these, or an AttributeValue.
template <class Wire, class T>
void write_value(Wire& out, const T& value) {
    if constexpr (std::same_as<T, AttributeValue>) {
        if (const auto* text = value.template as<std::string>()) return write_value(out, *text);
        if (const auto* whole = value.template as<std::int64_t>()) return write_value(out, *whole);
        std::visit([&](const auto& other) { write_value(out, other); }, value.variant());
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
        out.put_text({1, "stringValue"}, value);
    } else if constexpr (std::same_as<T, bool>) {
        out.put_flag({2, "boolValue"}, value);
    } else if constexpr (std::same_as<T, std::int64_t>) {
        out.put_int64({3, "intValue"}, value);
    } else if constexpr (std::same_as<T, double>) {
        out.put_double({4, "doubleValue"}, value);
    } else {
        const auto write_one = [&](const typename T::value_type& one) { write_value(out, one); };
        out.message({5, "arrayValue"}, [&] { out.each({1, "values"}, value, write_one); });
    }
}

// The members of KeyValue.
template <class Wire, class Value>
void write_key_value(Wire& out, std::string_view key, const Value& value) {
    out.text({1, "key"}, key);
    out.message({2, "value"}, [&] { write_value(out, value); });
}

template <class Wire>
void write_attributes(Wire& out, Field field, const Attributes& all) {
    out.each(field, all, [&](const Attribute& one) { write_key_value(out, one.key.view(), one.value); });
}

template <class Wire>
void write_resource(Wire& out, const Resource& resource) {
    write_attributes(out, {1, "attributes"}, resource.attributes);
    out.uint32({2, "droppedAttributesCount"}, resource.attributes.dropped());
    out.each({3, "entityRefs"}, resource.entities, [&](const Entity& entity) {
        out.text({1, "schemaUrl"}, entity.schema_url);
        out.text({2, "type"}, entity.type);
        out.texts({3, "idKeys"}, entity.id_keys);
        out.texts({4, "descriptionKeys"}, entity.description_keys);
    });
}

template <class Wire>
void write_scope(Wire& out, const InstrumentationScope& scope) {
    out.text({1, "name"}, scope.name);
    out.text({2, "version"}, scope.version);
    write_attributes(out, {3, "attributes"}, scope.attributes);
    out.uint32({4, "droppedAttributesCount"}, scope.attributes.dropped());
}

}  // namespace mizzen::telemetry::otlp
