// SPDX-License-Identifier: Apache-2.0
// Digests of bytes: SHA-256 where nobody may forge one, FNV-1a where it only has to differ.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace mizzen {

std::string sha256(std::string_view bytes);  // 32 bytes
std::string sha256_hex(std::string_view bytes);
std::string to_hex(std::string_view bytes);  // lower case

// FNV-1a (RFC 9923).
std::uint32_t fnv32(std::string_view bytes);
std::uint64_t fnv64(std::string_view bytes);
std::string fnv32_hex(std::string_view bytes);  // 8 digits
std::string fnv64_hex(std::string_view bytes);  // 16 digits

}  // namespace mizzen
