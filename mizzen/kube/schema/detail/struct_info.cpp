// SPDX-License-Identifier: Apache-2.0
// Quantities in structs.
#include "mizzen/kube/schema/detail/struct_info.hpp"

#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::json {
namespace {

void read_quantity(void* p, const Value& v) {
    if (!v.is_string() && !v.is_number())
        throw Error(ErrorKind::invalid, "expected a quantity, got " + std::string(to_string(v.kind())));
    *static_cast<std::string*>(p) = v.is_string() ? v.as_string() : to_json(v);
}

}  // namespace

const TypeInfo& quantity_info() {
    static constexpr TypeInfo info{
        .shape = Shape::custom,
        .name = "quantity",
        .to_value = [](const void* p) { return Value(*static_cast<const std::string*>(p)); },
        .from_value = read_quantity,
        .is_empty = [](const void* p) { return static_cast<const std::string*>(p)->empty(); }};
    return info;
}

const TypeInfo& quantity_map_info() {
    static const TypeInfo info = [] {
        TypeInfo map = type_of<std::map<std::string, std::string>>();
        map.element = &quantity_info;
        return map;
    }();
    return info;
}

}  // namespace mizzen::json
