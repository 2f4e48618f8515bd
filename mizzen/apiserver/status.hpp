// SPDX-License-Identifier: Apache-2.0
// Status: how the API server says no. Clients branch on reason, so reason, code and causes are exactly those of
// kube-apiserver. Source: Kubernetes API conventions, "Response Status Kind".
#pragma once
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/json/value.hpp"

namespace mizzen::apiserver {

// One thing wrong with one field; becomes a cause of an Invalid status.
struct FieldError {
    std::string reason;   // "FieldValueRequired", "FieldValueInvalid", "FieldValueNotSupported", "FieldValueDuplicate",
                          // "FieldValueForbidden", "FieldValueTooLong", "FieldValueTooMany", "FieldValueTypeInvalid"
    std::string field;    // "spec.template.spec.containers[0].image"
    std::string message;  // with the kind of complaint before it, as clients see it: "Required value", "Invalid value:
                          // \"x\": must be …"
};
FieldError required_value(std::string field, std::string detail = "");
FieldError invalid_value(std::string field, const json::Value& value, std::string detail);
FieldError forbidden(std::string field, std::string detail);
FieldError duplicate_value(std::string field, const json::Value& value);
FieldError not_supported(std::string field, const json::Value& value, const std::vector<std::string_view>& supported);
FieldError too_long(std::string field, std::size_t limit_bytes);
FieldError too_long_characters(std::string field, std::size_t limit);
FieldError too_short(std::string field, std::size_t least);
FieldError too_many(std::string field, std::size_t actual, std::size_t limit);
FieldError too_few(std::string field, std::size_t actual, std::size_t least);
FieldError value_not_found(std::string field, const json::Value& value);
FieldError type_invalid(std::string field, const json::Value& value, std::string detail);

// `text` between double quotes with Go's escapes, as names stand in messages.
std::string quoted(std::string_view text);

// What went wrong in a request; thrown by the verbs, written as a metav1.Status by the rim.
class StatusError : public std::exception {
  public:
    struct Cause {
        std::string reason, field, message;
    };
    int code = 500;
    std::string reason = "InternalError";
    std::string message;
    std::string group, kind, name, uid;  // details
    std::vector<Cause> causes;
    std::optional<int> retry_after_seconds;
    std::optional<std::string> continue_token;  // of an expired list
    bool empty_details = false;                 // write "details": {} even when there is nothing to say

    const char* what() const noexcept override { return message.c_str(); }
    json::Value to_value() const;
};

// Resource names in messages are written as "deployments.apps", kinds as "Deployment.apps".
StatusError not_found(std::string_view group, std::string_view plural, std::string_view name);
StatusError already_exists(std::string_view group, std::string_view plural, std::string_view name);
StatusError generated_name_exists(std::string_view group, std::string_view plural, std::string_view name);
StatusError conflict(std::string_view group, std::string_view plural, std::string_view name, std::string_view why);
StatusError invalid(std::string_view group, std::string_view kind, std::string_view name,
                    const std::vector<FieldError>& errors);
StatusError bad_request(std::string_view message);
StatusError access_denied(std::string_view user, std::string_view verb, std::string_view group, std::string_view plural,
                          std::string_view subresource, std::string_view name, std::string_view ns,
                          std::string_view why);
// The same for a path that is no resource, as /metrics.
StatusError path_denied(std::string_view user, std::string_view verb, std::string_view path, std::string_view why);
// Refused by something other than the authorizer, as an admission plug-in: `pods "x" is forbidden: <why>`.
StatusError refused(std::string_view group, std::string_view plural, std::string_view name, std::string_view why);
StatusError unauthorized();
StatusError expired(std::string_view message);
StatusError resource_version_too_large(std::uint64_t wanted, std::uint64_t current);
StatusError method_not_supported(std::string_view group, std::string_view plural, std::string_view verb);
StatusError not_acceptable(const std::vector<std::string_view>& accepted);
StatusError unsupported_media_type(std::string_view got, const std::vector<std::string_view>& accepted);
StatusError request_too_large(std::string_view message);
StatusError too_many_requests(std::string_view message, int retry_after_seconds);
StatusError internal_error(std::string_view message);
StatusError service_unavailable(std::string_view message);
StatusError timed_out(std::string_view message, int retry_after_seconds);  // 504
StatusError gone(std::string_view message);                                // 410 that a new list does not cure
StatusError
unprocessable();  // 422 without a field: a JSON patch that does not apply; kube-apiserver keeps the reason to itself
StatusError page_not_found();  // no such path: the generic 404

// What a conflict of a write with an old resourceVersion says.
inline constexpr std::string_view object_was_modified =
    "the object has been modified; please apply your changes to the latest version and try again";

}  // namespace mizzen::apiserver
