// SPDX-License-Identifier: Apache-2.0
// What kube-apiserver shows of a built-in object: it keeps Go structs, whose members without omitempty are there even
// if nobody set them, and whose empty members with omitempty are not.
#pragma once
#include "mizzen/json/value.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::kube::schema {

// Brings `value` into that form, all the way down: a Service gets `status: {loadBalancer: {}}`, a container
// `resources: {}`; nulls that stand for nothing go. What has the wrong shape stays as it is. Pure, and done twice it
// changes nothing more. Throws Error(invalid) if that would make over 100,000 values.
void show_like_go(json::Value& value, const Type& type);

}  // namespace mizzen::kube::schema
