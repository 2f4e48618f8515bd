// SPDX-License-Identifier: Apache-2.0
// The lines of /etc/os-release.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace mizzen::telemetry::detail {

// The value of NAME= without its quotes and escapes, of the last such line; "" if there is none. Source: os-release(5).
std::string os_release_value(std::string_view text, std::string_view name);

// The name of a user in the text of /etc/passwd; "" if there is none of that number. Source: passwd(5).
std::string user_name(std::string_view passwd, std::uint32_t id);

}  // namespace mizzen::telemetry::detail
