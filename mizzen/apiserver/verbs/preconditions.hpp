// SPDX-License-Identifier: Apache-2.0
// What a write demands of the state it replaces: the name, the uid, the resourceVersion.
#pragma once
#include "mizzen/apiserver/verbs/writer.hpp"

namespace mizzen::apiserver {

// 400 if the object names itself otherwise than the URL does.
void match_name(const Call& call, const json::Value& object);

// 409 if a whole object that was sent to replace `live` is another one, by its uid. A patch cannot be meant for another
// object: its uid is held against the live one in validation.
void check_uid(const Call& call, const json::Value& object, const Live& live);

// 409 if `object` has another resourceVersion than `live`; 422 if it has none and its kind demands one.
void check_resource_version(const Call& call, const json::Value& object, const Live& live);

}  // namespace mizzen::apiserver
