// SPDX-License-Identifier: Apache-2.0
// Drift: does a live object still say what we applied? Pure functions over JSON.
#pragma once
#include <cstdint>

#include "mizzen/json/value.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::kube {

// `live` cut down to what `wanted` speaks of: members and list items that others added are left out. Items of keyed
// lists are found by their keys, those of sets by value, where `type` (may be nullptr) tells; other lists are compared
// as a whole.
json::Value project(const json::Value& live, const json::Value& wanted, const schema::Type* type);

// A hash of the document (64-bit FNV-1a over its bytes); the same on every machine.
std::uint64_t fingerprint(const json::Value& value);

// What must be merged into `before` (RFC 7386) to make it `after`; null if nothing. A null member removes.
json::Value merge_difference(const json::Value& before, const json::Value& after);

}  // namespace mizzen::kube
