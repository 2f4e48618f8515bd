// SPDX-License-Identifier: Apache-2.0
// Implements impersonation.hpp.
#include "mizzen/apiserver/auth/impersonation.hpp"

#include <optional>

#include "mizzen/apiserver/status.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::string_view extra_prefix = "impersonate-extra-";
constexpr std::string_view account_prefix = "system:serviceaccount:";

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

struct Account {
    std::string ns, name;
};

std::optional<Account> account_of(std::string_view user) {
    if (!user.starts_with(account_prefix)) return std::nullopt;
    user.remove_prefix(account_prefix.size());
    std::size_t colon = user.find(':');
    if (colon == std::string_view::npos || colon == 0 || user.find(':', colon + 1) != std::string_view::npos)
        return std::nullopt;
    return Account{std::string(user.substr(0, colon)), std::string(user.substr(colon + 1))};
}

void require(const User& user, Access& access, const Action& action) {
    if (access.allows(user, action)) return;
    throw access_denied(user.name, action.verb, action.group, action.resource, action.subresource, action.name,
                        action.ns, "");
}

void require_user(const User& user, Access& access, std::string_view wanted) {
    if (std::optional<Account> account = account_of(wanted))
        return require(
            user, access,
            {.verb = "impersonate", .resource = "serviceaccounts", .ns = account->ns, .name = account->name});
    require(user, access, {.verb = "impersonate", .resource = "users", .name = wanted});
}

}  // namespace

User impersonate(const User& user, const net::Headers& headers, Access& access) {
    std::string_view name = headers.find("impersonate-user").value_or("");
    User out{.name = std::string(name), .uid = {}, .groups = {}};
    for (std::string_view group : headers.all("impersonate-group")) out.groups.emplace_back(group);
    out.uid = headers.find("impersonate-uid").value_or("");
    for (const auto& [header, value] : headers)
        if (std::string key = lower(header); key.starts_with(extra_prefix))
            out.extra[net::percent_decode(key.substr(extra_prefix.size())).value_or("")].push_back(value);
    if (name.empty() && out.groups.empty() && out.uid.empty() && out.extra.empty()) return user;
    if (name.empty()) throw internal_error("requested groups, uid or extra to impersonate without a user");

    require_user(user, access, name);
    for (const std::string& group : out.groups)
        require(user, access, {.verb = "impersonate", .resource = "groups", .name = group});
    if (!out.uid.empty())
        require(user, access,
                {.verb = "impersonate", .group = "authentication.k8s.io", .resource = "uids", .name = out.uid});
    for (const auto& [key, values] : out.extra)
        for (const std::string& value : values)
            require(user, access,
                    {.verb = "impersonate",
                     .group = "authentication.k8s.io",
                     .resource = "userextras",
                     .subresource = key,
                     .name = value});

    if (std::optional<Account> account = account_of(name); account && out.groups.empty())
        out.groups = {"system:serviceaccounts", "system:serviceaccounts:" + account->ns};
    std::string_view last = name == "system:anonymous" ? "system:unauthenticated" : "system:authenticated";
    if (!out.in_group(last)) out.groups.emplace_back(last);
    return out;
}

}  // namespace mizzen::apiserver
