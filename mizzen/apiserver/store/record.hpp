// SPDX-License-Identifier: Apache-2.0
// Record: one stored object as bytes, with the little that selectors need of it.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/base/bytes.hpp"
#include "mizzen/json/value.hpp"

namespace mizzen::apiserver {

// Immutable: a write makes a new one. The parsed form is not kept.
struct Record {
    std::string key;                  // "namespace/name", or "name" of what lives in no namespace
    std::uint64_t revision = 0;       // its metadata.resourceVersion
    Bytes json;                       // compact, keys sorted, in the version it is stored in
    json::Value labels;               // metadata.labels, or null
    std::vector<std::string> fields;  // the values of its collection's selectable fields, in their order
    std::uint32_t schema = 0;         // custom resources: which generation of the definition defaulted it

    std::string_view name() const;
    std::string_view ns() const;  // "" of what lives in no namespace
};
using RecordPtr = std::shared_ptr<const Record>;

// The key of an object; `ns` is "" for what lives in no namespace.
std::string record_key(std::string_view ns, std::string_view name);

}  // namespace mizzen::apiserver
