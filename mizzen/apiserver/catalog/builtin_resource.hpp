// SPDX-License-Identifier: Apache-2.0
// Turns an entry of the schema tables into what is served.
#pragma once
#include "mizzen/apiserver/catalog/served_resource.hpp"
#include "mizzen/apiserver/store/store.hpp"

namespace mizzen::apiserver {

// Makes the collection in `store` if the resource is one that is stored.
ServedPtr builtin_resource(const kube::schema::Resource&, Store& store);

}  // namespace mizzen::apiserver
