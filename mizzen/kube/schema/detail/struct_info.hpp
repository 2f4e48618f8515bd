// SPDX-License-Identifier: Apache-2.0
// What the generated struct tables need besides json/type_of.hpp: List, Boxed and quantities.
#pragma once
#include <cstddef>

#include "mizzen/json/type_of.hpp"
#include "mizzen/kube/schema/detail/containers.hpp"

// The structs hold maps, for which C++ only promises offsetof conditionally; every supported compiler gives it.
#pragma clang diagnostic ignored "-Winvalid-offsetof"

namespace mizzen::json {

template <class E>
struct Describe<kube::Boxed<E>> {
    using T = kube::Boxed<E>;
    static const TypeInfo& table() {
        static constexpr TypeInfo t{
            .shape = Shape::optional,
            .name = "optional",
            .element = &type_of<E>,
            .count = [](const void* p) -> std::size_t { return static_cast<const T*>(p)->has_value() ? 1 : 0; },
            .at = [](const void* p, std::size_t) -> const void* { return &**static_cast<const T*>(p); },
            .append = [](void* p) -> void* { return &static_cast<T*>(p)->emplace(); },
            .clear = [](void* p) { static_cast<T*>(p)->reset(); }};
        return t;
    }
};

template <class E>
struct Describe<kube::List<E>> : Describe<std::vector<E>> {};

// Text, also where JSON has a number: cpu: 2.
const TypeInfo& quantity_info();
const TypeInfo& quantity_map_info();

}  // namespace mizzen::json
