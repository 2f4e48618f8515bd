// SPDX-License-Identifier: Apache-2.0
// The reasons, codes and sentences of a Status, and its JSON form.
#include "mizzen/apiserver/status.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mizzen::apiserver {
namespace {

StatusError status(int code, std::string_view reason, std::string message) {
    StatusError e;
    e.code = code;
    e.reason = reason;
    e.message = std::move(message);
    return e;
}

StatusError about(StatusError e, std::string_view group, std::string_view kind, std::string_view name = {}) {
    e.group = group;
    e.kind = kind;
    e.name = name;
    e.empty_details = true;
    return e;
}

std::string qualified(std::string_view group, std::string_view word) {
    return group.empty() ? std::string(word) : fmt::format("{}.{}", word, group);
}

std::string join(const std::vector<std::string_view>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

// Messages that quote what the caller sent must not look like HTML.
std::string without_markup(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
    return out;
}

std::string with_reason(std::string message, std::string_view why) {
    return why.empty() ? message : fmt::format("{}: {}", message, why);
}

void put(json::Object& o, std::string_view key, const std::string& text) {
    if (!text.empty()) o.set(key, text);
}

json::Object details_of(const StatusError& e) {
    json::Object details;
    put(details, "group", e.group);
    put(details, "kind", e.kind);
    put(details, "name", e.name);
    put(details, "uid", e.uid);
    if (e.retry_after_seconds.value_or(0) != 0) details.set("retryAfterSeconds", *e.retry_after_seconds);
    json::Array causes;
    for (const auto& c : e.causes) {
        json::Object cause;
        put(cause, "reason", c.reason);
        put(cause, "field", c.field);
        put(cause, "message", c.message);
        causes.emplace_back(std::move(cause));
    }
    if (!causes.empty()) details.set("causes", std::move(causes));
    return details;
}

}  // namespace

json::Value StatusError::to_value() const {
    json::Object metadata;
    if (continue_token) put(metadata, "continue", *continue_token);
    json::Object out{{"apiVersion", "v1"},
                     {"kind", "Status"},
                     {"metadata", std::move(metadata)},
                     {"status", "Failure"},
                     {"code", code}};
    put(out, "message", message);
    put(out, "reason", reason);
    if (auto details = details_of(*this); empty_details || !details.empty()) out.set("details", std::move(details));
    return out;
}

StatusError not_found(std::string_view group, std::string_view plural, std::string_view name) {
    return about(status(404, "NotFound", fmt::format("{} {} not found", qualified(group, plural), quoted(name))), group,
                 plural, name);
}

StatusError already_exists(std::string_view group, std::string_view plural, std::string_view name) {
    return about(
        status(409, "AlreadyExists", fmt::format("{} {} already exists", qualified(group, plural), quoted(name))),
        group, plural, name);
}

StatusError generated_name_exists(std::string_view group, std::string_view plural, std::string_view name) {
    auto e = already_exists(group, plural, name);
    e.message += ", the server was not able to generate a unique name for the object";
    return e;
}

StatusError conflict(std::string_view group, std::string_view plural, std::string_view name, std::string_view why) {
    auto message =
        fmt::format("Operation cannot be fulfilled on {} {}: {}", qualified(group, plural), quoted(name), why);
    return about(status(409, "Conflict", std::move(message)), group, plural, name);
}

StatusError invalid(std::string_view group, std::string_view kind, std::string_view name,
                    const std::vector<FieldError>& errors) {
    std::vector<std::string> told;
    auto e = about(status(422, "Invalid", fmt::format("{} {} is invalid", qualified(group, kind), quoted(name))), group,
                   kind, name);
    for (const auto& error : errors) {
        e.causes.push_back({error.reason, error.field, error.message});
        auto line = fmt::format("{}: {}", error.field, error.message);
        if (std::find(told.begin(), told.end(), line) == told.end()) told.push_back(std::move(line));
    }
    if (told.size() == 1) e.message += ": " + told[0];
    if (told.size() > 1) e.message += fmt::format(": [{}]", fmt::join(told, ", "));
    return e;
}

StatusError bad_request(std::string_view message) { return status(400, "BadRequest", std::string(message)); }

StatusError access_denied(std::string_view user, std::string_view verb, std::string_view group, std::string_view plural,
                          std::string_view subresource, std::string_view name, std::string_view ns,
                          std::string_view why) {
    auto resource = subresource.empty() ? std::string(plural) : fmt::format("{}/{}", plural, subresource);
    auto message = fmt::format("User {} cannot {} resource {} in API group {}", quoted(user), verb, quoted(resource),
                               quoted(group));
    message += ns.empty() ? " at the cluster scope" : fmt::format(" in the namespace {}", quoted(ns));
    return refused(group, plural, name, with_reason(without_markup(message), why));
}

StatusError path_denied(std::string_view user, std::string_view verb, std::string_view path, std::string_view why) {
    auto message = fmt::format("User {} cannot {} path {}", quoted(user), verb, quoted(path));
    return refused("", "", "", with_reason(without_markup(message), why));
}

StatusError refused(std::string_view group, std::string_view plural, std::string_view name, std::string_view why) {
    std::string subject;
    if (!group.empty() || !plural.empty()) {
        subject = qualified(group, plural) + (name.empty() ? " is " : fmt::format(" {} is ", quoted(name)));
    }
    return about(status(403, "Forbidden", fmt::format("{}forbidden: {}", subject, why)), group, plural, name);
}

StatusError unauthorized() { return status(401, "Unauthorized", "Unauthorized"); }

StatusError expired(std::string_view message) { return status(410, "Expired", std::string(message)); }

StatusError gone(std::string_view message) { return status(410, "Gone", std::string(message)); }

StatusError resource_version_too_large(std::uint64_t wanted, std::uint64_t current) {
    auto e = timed_out(fmt::format("Too large resource version: {}, current: {}", wanted, current), 1);
    e.causes.push_back({"ResourceVersionTooLarge", "", "Too large resource version"});
    return e;
}

StatusError timed_out(std::string_view message, int retry_after_seconds) {
    auto e = status(504, "Timeout", fmt::format("Timeout: {}", message));
    e.retry_after_seconds = retry_after_seconds;
    e.empty_details = true;
    return e;
}

StatusError method_not_supported(std::string_view group, std::string_view plural, std::string_view verb) {
    auto message = fmt::format("{} is not supported on resources of kind {}", verb, quoted(qualified(group, plural)));
    return about(status(405, "MethodNotAllowed", std::move(message)), group, plural);
}

StatusError not_acceptable(const std::vector<std::string_view>& accepted) {
    return status(406, "NotAcceptable", "only the following media types are accepted: " + join(accepted));
}

StatusError unsupported_media_type(std::string_view, const std::vector<std::string_view>& accepted) {
    return status(415, "UnsupportedMediaType",
                  "the body of the request was in an unknown format - accepted media types include: " + join(accepted));
}

StatusError request_too_large(std::string_view message) {
    return status(413, "RequestEntityTooLarge", fmt::format("Request entity too large: {}", message));
}

StatusError too_many_requests(std::string_view message, int retry_after_seconds) {
    auto e = status(429, "TooManyRequests", std::string(message));
    e.retry_after_seconds = retry_after_seconds;
    e.empty_details = true;
    return e;
}

StatusError internal_error(std::string_view message) {
    auto e = status(500, "InternalError", fmt::format("Internal error occurred: {}", message));
    e.causes.push_back({"", "", std::string(message)});
    return e;
}

StatusError service_unavailable(std::string_view message) {
    return status(503, "ServiceUnavailable", std::string(message));
}

StatusError unprocessable() {
    auto e = status(422, "Invalid", "the server rejected our request due to an error in our request");
    e.empty_details = true;
    return e;
}

StatusError page_not_found() {
    auto e = status(404, "NotFound", "the server could not find the requested resource");
    e.empty_details = true;
    return e;
}

}  // namespace mizzen::apiserver
