// SPDX-License-Identifier: Apache-2.0
// Implements write_options.hpp.
#include "mizzen/apiserver/verbs/write_options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace mizzen::apiserver {
namespace {

constexpr std::size_t longest_manager = 128;

FieldValidation parse_field_validation(std::string_view text, std::vector<FieldError>& errors) {
    if (text == "Ignore") return FieldValidation::ignore;
    if (text == "Strict") return FieldValidation::strict;
    if (!text.empty() && text != "Warn")
        errors.push_back(not_supported("fieldValidation", text, {"", "Ignore", "Strict", "Warn"}));
    return FieldValidation::warn;
}

bool is_printable(std::string_view text) {
    for (unsigned char c : text)
        if (c < 0x20 || c == 0x7f) return false;
    return true;
}

void check_field_manager(std::string_view manager, bool apply, std::vector<FieldError>& errors) {
    if (manager.empty() && apply) errors.push_back(required_value("fieldManager", "is required for apply patch"));
    if (manager.size() > longest_manager) errors.push_back(too_long("fieldManager", longest_manager));
    if (!is_printable(manager))
        errors.push_back(invalid_value("fieldManager", manager, "should only contain printable characters"));
}

}  // namespace

std::vector<std::string_view> query_values(const net::Query& query, std::string_view name) {
    std::vector<std::string_view> values;
    for (const auto& [key, value] : query)
        if (key == name) values.push_back(value);
    return values;
}

bool parse_dry_run(const std::vector<std::string_view>& values, std::vector<FieldError>& errors) {
    bool all = true;
    json::Array as_given;
    for (std::string_view v : values) {
        all = all && v == "All";
        as_given.emplace_back(v);
    }
    if (!all) errors.push_back(not_supported("dryRun", as_given, {"All"}));
    return !values.empty();
}

WriteOptions parse_write_options(const Call& call, std::string_view kind, bool apply) {
    WriteOptions options;
    std::vector<FieldError> errors;
    options.dry_run = parse_dry_run(query_values(call.query, "dryRun"), errors);
    options.field_validation = parse_field_validation(call.query.text("fieldValidation"), errors);
    options.force = call.query.flag("force");
    if (!apply && kind == "PatchOptions" && call.query.find("force"))
        errors.push_back(forbidden("force", "may not be specified for non-apply patch"));
    options.field_manager = call.query.text("fieldManager");
    check_field_manager(options.field_manager, apply, errors);
    if (!errors.empty()) throw invalid("meta.k8s.io", kind, "", errors);

    if (options.field_manager.empty()) {
        std::string_view agent = call.header("user-agent");
        options.field_manager = agent.substr(0, agent.find('/')).substr(0, longest_manager);
        if (options.field_manager.empty() || !is_printable(options.field_manager)) options.field_manager = "unknown";
    }
    return options;
}

void report_complaints(Call& call, const WriteOptions& options, const std::vector<std::string>& complaints) {
    if (complaints.empty() || options.field_validation == FieldValidation::ignore) return;
    if (options.field_validation == FieldValidation::strict)
        throw bad_request(fmt::format("{0} in version \"{1}\" cannot be handled as a {0}: strict decoding error: {2}",
                                      call.resource->kind, call.resource->version, fmt::join(complaints, ", ")));
    call.warnings.insert(call.warnings.end(), complaints.begin(), complaints.end());
}

}  // namespace mizzen::apiserver
