// SPDX-License-Identifier: Apache-2.0
// Implements delete_options.hpp.
#include "mizzen/apiserver/verbs/delete_options.hpp"

#include <fmt/format.h>

#include <charconv>

#include "mizzen/apiserver/request/body.hpp"
#include "mizzen/apiserver/verbs/write_options.hpp"
#include "mizzen/base/error.hpp"

namespace mizzen::apiserver {
namespace {

std::optional<std::string> text_at(const json::Value& body, std::initializer_list<std::string_view> path) {
    const json::Value* value = body.find_path(path);
    if (!value || value->is_null()) return std::nullopt;
    return value->as_string();
}

DeleteOptions from_body(const Call& call, std::vector<FieldError>& errors) {
    json::Value body = decode_value(call.body, call.header("content-type"), "DeleteOptions");
    DeleteOptions options;
    try {
        if (std::string_view kind = body.text("kind"); !kind.empty() && kind != "DeleteOptions")
            throw bad_request(fmt::format("decoded object cannot be converted to DeleteOptions: it is a {}", kind));
        if (const json::Value* grace = body.find("gracePeriodSeconds"); grace && !grace->is_null())
            options.grace_seconds = grace->as_integer();
        if (const json::Value* orphan = body.find("orphanDependents"); orphan && !orphan->is_null())
            options.orphan_dependents = orphan->as_bool();
        options.propagation = text_at(body, {"propagationPolicy"});
        options.uid = text_at(body, {"preconditions", "uid"});
        options.resource_version = text_at(body, {"preconditions", "resourceVersion"});
        std::vector<std::string_view> dry_run;
        if (const json::Value* list = body.find("dryRun"); list && !list->is_null())
            for (const json::Value& v : list->as_array()) dry_run.push_back(v.as_string());
        options.dry_run = parse_dry_run(dry_run, errors);
    } catch (const Error& e) {
        throw bad_request(
            fmt::format("DeleteOptions in version \"v1\" cannot be handled as a DeleteOptions: {}", e.what()));
    }
    return options;
}

DeleteOptions from_query(const Call& call, std::vector<FieldError>& errors) {
    DeleteOptions options;
    if (std::string_view text = call.query.text("gracePeriodSeconds"); !text.empty()) {
        std::int64_t n = 0;
        auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
        if (error != std::errc() || end != text.data() + text.size())
            throw bad_request(fmt::format("strconv.ParseInt: parsing \"{}\": invalid syntax", text));
        options.grace_seconds = n;
    }
    if (std::string_view text = call.query.text("propagationPolicy"); !text.empty()) options.propagation = text;
    if (call.query.find("orphanDependents")) options.orphan_dependents = call.query.flag("orphanDependents");
    options.dry_run = parse_dry_run(query_values(call.query, "dryRun"), errors);
    return options;
}

bool is_policy(std::string_view text) { return text == "Foreground" || text == "Background" || text == "Orphan"; }

}  // namespace

DeleteOptions parse_delete_options(const Call& call) {
    std::vector<FieldError> errors;
    DeleteOptions options = call.body.empty() ? from_query(call, errors) : from_body(call, errors);
    if (options.propagation && options.orphan_dependents)
        errors.push_back(invalid_value("propagationPolicy", *options.propagation,
                                       "orphanDependents and deletionPropagation cannot be both set"));
    else if (options.propagation && !is_policy(*options.propagation))
        errors.push_back(
            not_supported("propagationPolicy", *options.propagation, {"Foreground", "Background", "Orphan", "nil"}));
    if (!errors.empty()) throw invalid("meta.k8s.io", "DeleteOptions", "", errors);
    if (options.grace_seconds && *options.grace_seconds < 0) options.grace_seconds = 1;
    return options;
}

}  // namespace mizzen::apiserver
