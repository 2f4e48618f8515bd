// SPDX-License-Identifier: Apache-2.0
// Three bytes are four characters of six bits.
#include "mizzen/base/base64.hpp"

#include <array>
#include <cstdint>

namespace mizzen {
namespace {

constexpr std::string_view standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::array<std::int8_t, 256> inverse(std::string_view alphabet) {
    std::array<std::int8_t, 256> out{};
    out.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        out[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
    return out;
}

std::string encode(std::string_view bytes, std::string_view alphabet, bool padded) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t n = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (k < n ? static_cast<unsigned char>(bytes[i + k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k) {
            if (k <= n)
                out += alphabet[group >> (18 - 6 * k) & 0x3f];
            else if (padded)
                out += '=';
        }
    }
    return out;
}

std::optional<std::string> decode(std::string_view text, const std::array<std::int8_t, 256>& values, bool padded) {
    std::string out;
    out.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t group = 0;
    std::size_t characters = 0, padding = 0;
    for (const char c : text) {
        if (c == '\n' || c == '\r') continue;
        if (c == '=' && padded) {
            ++padding;
            continue;
        }
        const int value = values[static_cast<unsigned char>(c)];
        if (value < 0 || padding > 0) return std::nullopt;
        group = group << 6 | static_cast<std::uint32_t>(value);
        if (++characters % 4 == 0)
            for (const int shift : {16, 8, 0}) out += static_cast<char>(group >> shift & 0xff);
    }
    const std::size_t rest = characters % 4;
    if (rest == 1 || (padded && (rest + padding) % 4 != 0) || padding > 2 || (rest == 0 && padding > 0))
        return std::nullopt;
    if (rest >= 2) out += static_cast<char>((rest == 2 ? group >> 4 : group >> 10) & 0xff);
    if (rest == 3) out += static_cast<char>(group >> 2 & 0xff);
    return out;
}

constexpr auto standard_values = inverse(standard), url_values = inverse(url);

}  // namespace

std::string to_base64(std::string_view bytes) { return encode(bytes, standard, true); }
std::optional<std::string> from_base64(std::string_view text) { return decode(text, standard_values, true); }
std::string to_base64_url(std::string_view bytes) { return encode(bytes, url, false); }
std::optional<std::string> from_base64_url(std::string_view text) { return decode(text, url_values, false); }

}  // namespace mizzen
