// SPDX-License-Identifier: Apache-2.0
// Reads request bodies: JSON, YAML, Kubernetes protobuf.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/apiserver/catalog/served_resource.hpp"
#include "mizzen/json/value.hpp"
#include "mizzen/net/http.hpp"

namespace mizzen::apiserver {

// The bytes of a body. Throws StatusError 413 past `limit`.
Task<std::string> read_body(net::Body& body, std::size_t limit);

// "application/json" of "Application/JSON; charset=utf-8".
std::string media_type(std::string_view content_type);

// What a body holds, and what fieldValidation may complain about.
struct Decoded {
    json::Value object;
    std::vector<std::string> complaints;  // `unknown field "spec.replica"`, `duplicate field "spec.replicas"`
};

// What is expected in a body.
struct Expected {
    std::string_view group, version, kind;
    bool custom = false;  // custom resources must say what they are; others are taken for what is expected
};

// An object of the expected kind, not yet held against its schema. Throws StatusError 400 or 415.
Decoded decode_object(std::string_view bytes, std::string_view content_type, const Expected& expected);

// The same for a body in JSON or YAML whose kind does not matter (DeleteOptions, patches).
json::Value decode_value(std::string_view bytes, std::string_view content_type, std::string_view kind);

// Holds an object against the schema of its resource as Go's decoder would: throws StatusError 400 where a type is
// wrong, removes what is not known and adds that to the complaints.
void conform_to(const ServedResource& resource, Decoded& decoded);

}  // namespace mizzen::apiserver
