// SPDX-License-Identifier: Apache-2.0
// Between the version that is stored and the version that is asked for.
#pragma once
#include "mizzen/apiserver/catalog/served_resource.hpp"
#include "mizzen/apiserver/store/record.hpp"

namespace mizzen::apiserver {

// The stored object as `resource` shows it: in its version, of custom resources with the defaults of today.
json::Value read_record(const ServedResource& resource, const Record& record);
// The same as text; the stored bytes themselves where nothing has to change.
Bytes record_bytes(const ServedResource& resource, const Record& record);
// An object in the version of `resource`, made ready to be stored.
json::Value to_stored(const ServedResource& resource, json::Value object);

}  // namespace mizzen::apiserver
