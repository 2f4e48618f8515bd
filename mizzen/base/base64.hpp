// SPDX-License-Identifier: Apache-2.0
// Base64 (RFC 4648): the standard alphabet with padding, and the URL alphabet without.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace mizzen {

std::string to_base64(std::string_view bytes);
// Line breaks are skipped, as in the data of Secrets and kubeconfigs; anything else that does not belong there gives
// nothing.
std::optional<std::string> from_base64(std::string_view text);

// As JSON Web Tokens are written: - and _ for + and /, no padding.
std::string to_base64_url(std::string_view bytes);
std::optional<std::string> from_base64_url(std::string_view text);

}  // namespace mizzen
