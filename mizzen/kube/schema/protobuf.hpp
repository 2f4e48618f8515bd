// SPDX-License-Identifier: Apache-2.0
// Kubernetes' protobuf encoding of the built-in kinds, read into JSON. client-go sends it for built-in kinds by
// default; answers may be JSON.
//
// The result is what Go's encoding/json would write for the same object: zero values are left out or kept as the Go
// declaration says, so an object means the same whichever way it came.
#pragma once
#include <string_view>

#include "mizzen/json/value.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::kube::schema {

// Whether `body` starts with the four bytes of the envelope, "k8s" and zero (application/vnd.kubernetes.protobuf).
bool is_protobuf(std::string_view body);

// Reads a body in its envelope (runtime.Unknown); apiVersion and kind of the result come from there, or from the
// arguments where it has none. Unknown fields are skipped. Throws Error(invalid) if it is malformed, or of a kind that
// find_object does not know.
json::Value decode_protobuf(std::string_view body, std::string_view api_version = {}, std::string_view kind = {});

// Reads a message without envelope. Throws Error(invalid).
json::Value decode_protobuf_message(std::string_view message, const Type&);

}  // namespace mizzen::kube::schema
