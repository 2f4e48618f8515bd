// SPDX-License-Identifier: Apache-2.0
// SHA-256 by OpenSSL; FNV-1a by its two constants.
#include "mizzen/base/digest.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include "mizzen/base/error.hpp"

namespace mizzen {

std::string sha256(std::string_view bytes) {
    std::string out(32, '\0');
    auto* data = reinterpret_cast<unsigned char*>(out.data());
    if (EVP_Digest(bytes.data(), bytes.size(), data, nullptr, EVP_sha256(), nullptr) != 1)
        throw Error(ErrorKind::bug, "OpenSSL has no SHA-256");
    return out;
}

std::string to_hex(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) out.append({digits[(c >> 4) & 0xf], digits[c & 0xf]});
    return out;
}

std::string sha256_hex(std::string_view bytes) { return to_hex(sha256(bytes)); }

std::uint32_t fnv32(std::string_view bytes) {
    std::uint32_t h = 0x811c9dc5;
    for (const char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 0x01000193u;
    return h;
}

std::uint64_t fnv64(std::string_view bytes) {
    std::uint64_t h = 0xcbf29ce484222325;
    for (const char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 0x00000100000001b3u;
    return h;
}

std::string fnv32_hex(std::string_view bytes) { return fmt::format("{:08x}", fnv32(bytes)); }
std::string fnv64_hex(std::string_view bytes) { return fmt::format("{:016x}", fnv64(bytes)); }

}  // namespace mizzen
