// SPDX-License-Identifier: Apache-2.0
// Reviews: questions about identity and access that are asked by creating an object which is not stored.
#pragma once
#include <optional>

#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

// TokenReview, SelfSubjectReview, SubjectAccessReview and its Local and Self forms, SelfSubjectRulesReview: the object
// with its status. Nothing if the resource is none of them.
std::optional<json::Value> answer_review(Call& call, json::Value review);

}  // namespace mizzen::apiserver
