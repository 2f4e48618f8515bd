// SPDX-License-Identifier: Apache-2.0
// The names that Go types have in messages about members of the wrong type ("… of type v1.RestartPolicy").
#pragma once
#include <string>
#include <string_view>

#include "mizzen/kube/schema/type.hpp"

namespace mizzen::apiserver {

// "v1.RestartPolicy" for "PodSpec.restartPolicy"; "" where the Go type has no name of its own.
std::string_view go_scalar_name(std::string_view struct_field);

// "int32", "string", "[]v1.Container", "map[string]string", "v1.PodSpec". `field` is "Struct.field", the place it
// stands in.
std::string go_type_name(const kube::schema::Type& type, std::string_view field);
// "PodSpec" of io.k8s.api.core.v1.PodSpec.
std::string_view go_struct_name(const kube::schema::Type& type);

}  // namespace mizzen::apiserver
