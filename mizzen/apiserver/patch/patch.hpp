// SPDX-License-Identifier: Apache-2.0
// The three patches that need no field ownership: JSON Patch, JSON Merge Patch, strategic merge patch. Pure functions.
#pragma once
#include <cstddef>

#include "mizzen/json/value.hpp"
#include "mizzen/kube/schema/type.hpp"

namespace mizzen::apiserver {

// RFC 6902. All operations or none. Throws StatusError: 400 for a malformed patch, 413 for more than 10000 operations,
// 422 for one that does not apply ("the server rejected our request due to an error in our request") or whose copies
// exceed `copy_limit` bytes. As in kube-apiserver, and unlike in the RFC, a negative index counts from the end and
// `replace` may create a member.
json::Value json_patch(const json::Value& document, const json::Value& operations, std::size_t copy_limit = 3u << 20);

// RFC 7396. Throws StatusError 400 if the patch is no object.
json::Value merge_patch(json::Value target, const json::Value& patch);

// Kubernetes' strategic merge patch: lists merge by patchMergeKey; directives $patch (replace, delete, merge),
// $deleteFromPrimitiveList, $setElementOrder, $retainKeys. `type` says which lists merge. Throws StatusError 400 on a
// malformed directive, 422 on a list element without its merge key. Null members of what the patch brings are left out
// of the result. Source: Kubernetes documentation "Update API Objects in Place Using kubectl patch"; the directives as
// kubectl apply writes them.
json::Value strategic_merge_patch(json::Value original, const json::Value& patch, const kube::schema::Type& type);

}  // namespace mizzen::apiserver
