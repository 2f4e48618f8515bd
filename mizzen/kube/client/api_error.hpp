// SPDX-License-Identifier: Apache-2.0
// ApiError: the API server said no, and how (metav1.Status).
// Source: Kubernetes API conventions, "Response Status Kind".
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/base/error.hpp"
#include "mizzen/kube/schema/kinds/meta.hpp"

namespace mizzen::kube {

// Reads the body of a failed response. A body that is no Status (a proxy's page) becomes the message, cut to one line;
// the reason follows `code`.
Status parse_status(int code, std::string_view body);

// kind() follows the code: 404 not_found, 409 and 410 conflict, 429 overloaded, 401 and 403 denied, other 4xx invalid,
// 5xx retry.
class ApiError : public Error {
  public:
    explicit ApiError(Status status);

    const Status& status() const { return status_; }
    int code() const { return status_.code; }
    const std::string& reason() const { return status_.reason; }
    // What is wrong with which field, of an invalid object or a conflict of field managers.
    std::vector<StatusCause> causes() const;

    bool is_not_found() const { return status_.reason == "NotFound"; }
    bool is_already_exists() const { return status_.reason == "AlreadyExists"; }
    // The object changed since it was read, or another field manager owns a field.
    bool is_conflict() const { return status_.reason == "Conflict"; }
    bool is_invalid() const { return status_.reason == "Invalid"; }
    bool is_forbidden() const { return status_.reason == "Forbidden"; }
    bool is_unauthorized() const { return status_.reason == "Unauthorized"; }
    bool is_too_many_requests() const { return status_.code == 429; }
    // The resourceVersion or continue token is older than the server's history: list again.
    bool is_expired() const { return status_.reason == "Expired" || status_.reason == "Gone" || status_.code == 410; }
    bool is_timeout() const { return status_.reason == "Timeout" || status_.reason == "ServerTimeout"; }
    // The server does not know the kind or the verb at all.
    bool is_method_not_allowed() const { return status_.code == 405; }

  private:
    Status status_;
};

}  // namespace mizzen::kube
