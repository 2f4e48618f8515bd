// SPDX-License-Identifier: Apache-2.0
// Implements authenticator.hpp.
#include "mizzen/apiserver/auth/authenticator.hpp"

#include "mizzen/apiserver/status.hpp"
#include "mizzen/base/digest.hpp"

namespace mizzen::apiserver {
namespace {

User parse_static_user(std::string_view text) {
    std::size_t colon = text.find(':');
    User user{.name = std::string(text.substr(0, colon)), .groups = {}};
    std::string_view groups = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    while (!groups.empty()) {
        std::size_t comma = groups.find(',');
        if (comma != 0) user.groups.emplace_back(groups.substr(0, comma));
        groups = comma == std::string_view::npos ? std::string_view() : groups.substr(comma + 1);
    }
    user.groups.emplace_back("system:authenticated");
    return user;
}

std::optional<std::string_view> bearer_token(const net::Request& request) {
    std::string_view header = request.headers.find("authorization").value_or("");
    constexpr std::string_view scheme = "bearer ";
    if (header.size() < scheme.size()) return std::nullopt;
    for (std::size_t i = 0; i < scheme.size(); ++i)
        if ((header[i] | 0x20) != (scheme[i] | 0x20)) return std::nullopt;
    return header.substr(scheme.size());
}

}  // namespace

Authenticator::Authenticator(const std::vector<std::pair<std::string, std::string>>& tokens,
                             ServiceAccountTokens& accounts)
    : accounts_(accounts) {
    for (const auto& [token, user] : tokens) by_digest_[sha256(token)] = parse_static_user(user);
}

User Authenticator::authenticate(const net::Request& request, WallTime now) {
    if (request.peer.has_certificate && !request.peer.common_name.empty()) {
        User user{.name = request.peer.common_name, .groups = request.peer.organizations};
        user.groups.emplace_back("system:authenticated");
        return user;
    }
    std::optional<std::string_view> token = bearer_token(request);
    if (!token) return {};
    std::optional<TokenUser> found = find_token(*token, {}, now);
    if (!found) throw unauthorized();
    return std::move(found->user);
}

std::optional<TokenUser> Authenticator::find_token(std::string_view token, const std::vector<std::string>& audiences,
                                                   WallTime now) {
    if (auto it = by_digest_.find(sha256(token)); it != by_digest_.end())
        return TokenUser{.user = it->second, .audiences = audiences};
    return accounts_.find(token, audiences, now);
}

}  // namespace mizzen::apiserver
