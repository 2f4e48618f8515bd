// SPDX-License-Identifier: Apache-2.0
// The messages of Kubernetes that JSON writes as one scalar: times, quantities, int-or-string.
#pragma once
#include <cstdint>
#include <string_view>

#include "mizzen/base/protobuf.hpp"
#include "mizzen/json/value.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::kube::schema::detail {

using protobuf::Tag, protobuf::WireReader, protobuf::WireType, protobuf::malformed;

// What a message of this string type says; null is a time that was not set.
json::Value decode_time(std::string_view message, Format);
json::Value decode_quantity(std::string_view message);
json::Value decode_int_or_string(std::string_view message);
// The text of a string, checked to be UTF-8.
json::Value decode_string(std::string_view);

}  // namespace mizzen::kube::schema::detail
