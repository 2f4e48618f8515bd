// SPDX-License-Identifier: Apache-2.0
// The parts of validate_crd. Each adds what is wrong at its Place, in kube-apiserver's words.
#pragma once
#include <string_view>

#include "mizzen/apiserver/crd/json_schema.hpp"
#include "mizzen/apiserver/kinds/place.hpp"

namespace mizzen::apiserver {

// spec.names: forms of the names; with `all` they must all be there.
void check_crd_names(const Place& names, bool all);
// One additionalPrinterColumns entry.
void check_crd_column(const Place& column);
void check_crd_subresources(const Place& subresources);
// selectableFields against the schema they point into.
void check_crd_selectable_fields(const Place& fields, const json::Value* schema);
// spec.conversion, in the shape kube-apiserver's messages speak of: strategy, webhookClientConfig,
// conversionReviewVersions.
void check_crd_conversion(const Place& conversion);

// A version's schema (the Place of {openAPIV3Schema}): structural, well-formed, with defaults that hold.
void check_crd_schema(const Place& validation, bool has_status);

// The invariants of structural schemas. Source: Kubernetes documentation, "Specifying a structural schema".
void check_structural(const Place& schema);
// What a schema may say at all: forbidden keywords, list and map types, where defaults may stand.
void check_keywords(const Place& schema);
// Validation rules must compile and be affordable. Those of a part about which something is wrong from `first_error` on
// are passed over.
void check_rule_definitions(const Place& root, const JsonSchema& schema, std::size_t first_error);
// Defaults must be pruned and must validate. `schema` is the tree read from `at`, its patterns compiled.
void check_defaults(const Place& at, const JsonSchema& schema, bool is_root);

}  // namespace mizzen::apiserver
