// SPDX-License-Identifier: Apache-2.0
// Decoding a part of an object as Go would; conform (kind_rules.hpp) does it for whole objects.
#pragma once
#include <string>
#include <vector>

#include "mizzen/apiserver/status.hpp"
#include "mizzen/json/value.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::apiserver {

// Why a value cannot be decoded: "json: cannot unmarshal …". Caught by whoever knows the object it is in.
struct DecodeError {
    std::string text;
};

// As conform, for any value: throws DecodeError; returns the paths of what was not known and is removed.
std::vector<std::string> decode_as(json::Value& value, const kube::schema::Type& type);

// 400: `Deployment in version "v1" cannot be handled as a Deployment: …`. `otherwise` is the kind where the object does
// not say.
StatusError not_handled(const json::Value& object, std::string_view otherwise, std::string_view why);

}  // namespace mizzen::apiserver
