// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "mizzen/base/text.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/vault/client/detail/refusal.hpp"

namespace mizzen::vault::detail {
namespace {

constexpr std::size_t most_text = 2000;

// Go's multierror lists "1 error occurred:\n\t* permission denied\n\n"; people read one line.
std::string on_one_line(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, most_text)) {
        const bool is_space = c == '\n' || c == '\t' || c == '\r' || c == ' ';
        if (!is_space) out += c;
        if (is_space && !out.empty() && out.back() != ' ') out += ' ';
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::vector<std::string> errors_of(std::string_view body) {
    std::vector<std::string> out;
    try {
        const json::Value value = json::parse(body);
        const json::Value* errors = value.find("errors");
        if (errors && errors->is_array()) {
            for (const json::Value& e : errors->as_array()) {
                if (e.is_string()) out.push_back(on_one_line(e.as_string()));
            }
            return out;
        }
    } catch (const Error&) {
    }
    if (std::string text = on_one_line(body); !text.empty()) out.push_back(std::move(text));
    return out;
}

struct Phrase {
    int status;
    std::string_view text;
    Cause cause;
};
// As OpenBao 2.7 and Vault 1.15 say it.
constexpr Phrase phrases[] = {
    {400, "wrapping token is not valid", Cause::wrapping_token_spent},
    {400, "check-and-set parameter", Cause::check_and_set},
    {400, "lease not found", Cause::lease_gone},
    {400, "invalid lease", Cause::lease_gone},
    {400, "lease expired", Cause::lease_gone},
    {400, "lease is not renewable", Cause::not_renewable},
    {404, "no handler for route", Cause::no_such_endpoint},
    {404, "unsupported path", Cause::no_such_endpoint},
    {503, "namespace", Cause::namespace_locked},
};

Cause cause_of(int status, const std::vector<std::string>& errors) {
    for (const Phrase& phrase : phrases) {
        if (phrase.status == status && std::any_of(errors.begin(), errors.end(),
                                                   [&](const std::string& e) { return e.find(phrase.text) != e.npos; }))
            return phrase.cause;
    }
    switch (status) {
        case 403:
            return Cause::denied;
        case 404:
            return Cause::not_found;
        case 405:
            return Cause::no_such_endpoint;
        case 412:
            return Cause::behind;
        case 429:
            return Cause::quota;
        case 472:
        case 473:
            return Cause::standby;
        case 501:
            return Cause::not_initialized;
        case 502:
            return Cause::upstream;
        case 503:
            return Cause::sealed;
        default:
            return status >= 300 && status < 400 ? Cause::standby : Cause::other;
    }
}

std::string_view advice(Cause cause) {
    switch (cause) {
        case Cause::sealed:
            return "; it is sealed: unseal it (mizzen vault status shows how far that is)";
        case Cause::not_initialized:
            return "; initialise it first (mizzen vault ops init)";
        case Cause::namespace_locked:
            return "; the API of this namespace is locked: unlock it, or use another";
        case Cause::wrapping_token_spent:
            return "; it was used before or has expired: if nobody of yours used it, treat what it wrapped as stolen";
        case Cause::check_and_set:
            return "; read the current version and decide again";
        case Cause::no_such_endpoint:
            return "; is the engine mounted there, and in this namespace?";
        case Cause::quota:
            return "; a quota is used up: call less often, or raise it";
        default:
            return "";
    }
}

}  // namespace

std::string name_of(const Call& call) { return call.method + " " + call.path; }

std::string_view capability_of(const Call& call) {
    if (call.method == "GET") return "read";
    if (call.method == "LIST") return "list";
    if (call.method == "SCAN") return "scan";
    if (call.method == "DELETE") return "delete";
    if (call.method == "PATCH") return "patch";
    return "create or update";
}

VaultError refusal(const Call& call, int status, std::string_view body) {
    std::vector<std::string> errors = errors_of(body);
    const Cause cause = cause_of(status, errors);
    std::string message = name_of(call) + ": " + std::to_string(status);
    for (std::size_t i = 0; i < errors.size(); ++i) message += (i ? "; " : " ") + errors[i];
    message += advice(cause);
    return VaultError(cause, status, std::move(message), std::move(errors));
}

}  // namespace mizzen::vault::detail
