// SPDX-License-Identifier: Apache-2.0
// Hiding values.
#include "mizzen/net/hidden_values.hpp"

#include <string_view>

namespace mizzen::net {
namespace {

constexpr std::size_t least_secret = 4;

void hide(std::string& text, std::string_view secret) {
    if (secret.size() < least_secret) return;
    for (std::size_t at = 0; (at = text.find(secret, at)) != std::string::npos; at += 3)
        text.replace(at, secret.size(), "***");
}

}  // namespace

std::string with_hidden_values(std::string text, std::span<const std::pair<std::string, std::string>> headers) {
    for (const auto& [name, value] : headers) {
        hide(text, value);
        hide(text, std::string_view(value).substr(value.find(' ') + 1));  // without its "Bearer "
    }
    return text;
}

}  // namespace mizzen::net
