// SPDX-License-Identifier: Apache-2.0
// WriteOptions: the query parameters of creates, updates and patches (metav1.CreateOptions, UpdateOptions,
// PatchOptions).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

enum class FieldValidation { ignore, warn, strict };

struct WriteOptions {
    bool dry_run = false;
    bool force = false;  // apply only
    FieldValidation field_validation = FieldValidation::warn;
    std::string field_manager;  // as asked for, else the user agent up to its first '/'
};

// `kind` is "CreateOptions", "UpdateOptions" or "PatchOptions"; `apply` a patch that is an apply. Throws StatusError
// 422.
WriteOptions parse_write_options(const Call& call, std::string_view kind, bool apply = false);

// dryRun=All; anything else is complained about.
bool parse_dry_run(const std::vector<std::string_view>& values, std::vector<FieldError>& errors);
// All values of a query parameter.
std::vector<std::string_view> query_values(const net::Query& query, std::string_view name);

// Turns what a decoder complained about into warnings, or refuses it under Strict: 400.
void report_complaints(Call& call, const WriteOptions& options, const std::vector<std::string>& complaints);

}  // namespace mizzen::apiserver
