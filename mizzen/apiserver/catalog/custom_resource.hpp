// SPDX-License-Identifier: Apache-2.0
// Turns a CustomResourceDefinition into what is served.
#pragma once
#include "mizzen/apiserver/catalog/served_resource.hpp"
#include "mizzen/apiserver/store/store.hpp"

namespace mizzen::apiserver {

// One entry per served version. `generation` goes into the records that these write. Makes the collection, or its new
// field index.
std::vector<ServedPtr> custom_resources(const json::Value& crd, Store& store, std::uint32_t generation);

}  // namespace mizzen::apiserver
