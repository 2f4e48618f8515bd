// SPDX-License-Identifier: Apache-2.0
// What a refusal means to who catches it.
#include "mizzen/kube/client/api_error.hpp"

#include "mizzen/json/codec.hpp"
#include "mizzen/net/http.hpp"

namespace mizzen::kube {
namespace {

ErrorKind kind_of(int code) {
    switch (code) {
        case 401:
        case 403:
            return ErrorKind::denied;
        case 404:
            return ErrorKind::not_found;
        case 409:
        case 410:
            return ErrorKind::conflict;
        case 408:
            return ErrorKind::retry;
        case 429:
            return ErrorKind::overloaded;
        default:
            return code >= 500 ? ErrorKind::retry : ErrorKind::invalid;
    }
}

std::string reason_of(int code) {
    switch (code) {
        case 400:
            return "BadRequest";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "NotFound";
        case 405:
            return "MethodNotAllowed";
        case 406:
            return "NotAcceptable";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 413:
            return "RequestEntityTooLarge";
        case 415:
            return "UnsupportedMediaType";
        case 422:
            return "Invalid";
        case 429:
            return "TooManyRequests";
        case 500:
            return "InternalError";
        case 503:
            return "ServiceUnavailable";
        case 504:
            return "Timeout";
        default:
            return "Unknown";
    }
}

std::string first_line(std::string_view body) {
    body = body.substr(0, std::min<std::size_t>(body.find_first_of("\r\n"), 200));
    return std::string(body);
}

std::string message_of(const Status& status) {
    return status.message.empty() ? "the API server answered " + std::to_string(status.code) : status.message;
}

}  // namespace

Status parse_status(int code, std::string_view body) {
    Status status;
    if (body.starts_with('{')) {
        try {
            json::decode(body, json::type_of<Status>(), &status);
        } catch (const Error&) {
            status = {};
            status.message = first_line(body);
        }
    } else {
        status.message = first_line(body);
    }
    if (status.code == 0) status.code = code;
    if (status.reason.empty()) status.reason = reason_of(status.code);
    if (status.message.empty())
        status.message = "the API server answered " + std::to_string(status.code) + " " +
                         std::string(net::reason_phrase(status.code));
    return status;
}

ApiError::ApiError(Status status) : Error(kind_of(status.code), message_of(status)), status_(std::move(status)) {
    if (status_.details && status_.details->retry_after_seconds > 0)
        set_retry_after(std::chrono::seconds(status_.details->retry_after_seconds));
}

std::vector<StatusCause> ApiError::causes() const {
    if (!status_.details) return {};
    return status_.details->causes;
}

}  // namespace mizzen::kube
