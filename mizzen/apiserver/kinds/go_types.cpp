// SPDX-License-Identifier: Apache-2.0
// The names of Go types, from the names that the published schema has for them.
#include "mizzen/apiserver/kinds/go_types.hpp"

#include <fmt/format.h>

namespace mizzen::apiserver {
namespace {

using kube::schema::Format;
using kube::schema::Shape;

// "v1.Container" of io.k8s.api.core.v1.Container.
std::string_view qualified_name(std::string_view name) {
    auto last = name.rfind('.');
    auto before = last == std::string_view::npos || last == 0 ? std::string_view::npos : name.rfind('.', last - 1);
    return before == std::string_view::npos ? name : name.substr(before + 1);
}

}  // namespace

std::string_view go_struct_name(const kube::schema::Type& type) {
    auto dot = type.name.rfind('.');
    return dot == std::string_view::npos ? type.name : type.name.substr(dot + 1);
}

std::string go_type_name(const kube::schema::Type& type, std::string_view field) {
    auto named = go_scalar_name(field);
    switch (type.shape) {
        case Shape::boolean:
            return named.empty() ? "bool" : std::string(named);
        case Shape::integer:
            return !named.empty() ? std::string(named) : type.format == Format::int32 ? "int32" : "int64";
        case Shape::number:
            return type.format == Format::float_ ? "float32" : "float64";
        case Shape::string:
            if (type.format == Format::byte) return "[]uint8";
            return named.empty() || type.format != Format::none ? "string" : std::string(named);
        case Shape::int_or_string:
            return "intstr.IntOrString";
        case Shape::list:
            return "[]" + go_type_name(*type.element, field);
        case Shape::map: {
            if (type.element->format == Format::quantity) return "v1.ResourceList";
            return "map[string]" + go_type_name(*type.element, field);
        }
        case Shape::object:
            return std::string(qualified_name(type.name));
        case Shape::any:
            break;
    }
    return "interface {}";
}

}  // namespace mizzen::apiserver
