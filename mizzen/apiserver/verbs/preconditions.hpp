// SPDX-License-Identifier: Apache-2.0
// What a write demands of the state it replaces: the name, the uid, the resourceVersion.
#pragma once
#include "mizzen/apiserver/verbs/writer.hpp"

namespace mizzen::apiserver {

// 400 if the object names itself otherwise than the URL does.
void match_name(const Call& call, const json::Value& object);

// 409 if `object` has another uid than `live`, or another resourceVersion; 422 if it has none and its kind demands one.
void check_preconditions(const Call& call, const json::Value& object, const Live& live);

}  // namespace mizzen::apiserver
