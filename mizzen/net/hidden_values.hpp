// SPDX-License-Identifier: Apache-2.0
// Keeping what was sent as a secret out of what people read.
#pragma once
#include <span>
#include <string>
#include <utility>

namespace mizzen::net {

// `text` with "***" in the place of each value of `headers`, with or without the scheme before it ("Bearer "): servers
// have been seen to repeat in an error what they were sent, a key among it. Values of less than four characters stay:
// they are no keys, and hiding them would hide half of what is said.
std::string with_hidden_values(std::string text, std::span<const std::pair<std::string, std::string>> headers);

}  // namespace mizzen::net
